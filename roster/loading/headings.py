"""The tables of a scenario: their columns, what each means, and the Chinese headings accepted for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from roster.exports.catalogue import leave_kinds
from roster.loading.cells import (
    DATE,
    INSTANT,
    LIST,
    MOMENT,
    NUMBER,
    SKILLS,
    STAFF_ID,
    TEXT,
    YES_NO,
    CellKind,
    choice,
)
from roster.people import LabourFlag


@dataclass(frozen=True)
class Column:
    """One column. The first of `zh` is the Chinese heading shown, all of them are accepted.

    `needed`: the column has to be there with a value in every row; `may_be_blank`: it has to be there, its
    cells may be empty.
    """

    name: str
    zh: tuple[str, ...]
    kind: CellKind
    meaning: str
    needed: bool = False
    may_be_blank: bool = False

    @property
    def expected(self) -> bool:
        """Whether the column has to be there."""
        return self.needed or self.may_be_blank


@dataclass(frozen=True)
class Table:
    """One table: its name (the file's name without ending) and its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows_needed: bool = False

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Columns by English name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        """Columns by every heading accepted, English ones in lower case."""
        return {heading: column for column in self.columns for heading in (column.name, *column.zh)}


def _who(meaning: str = "who, as in staff.csv") -> Column:
    return Column("staff_id", ("工号", "员工编号", "人员编号"), STAFF_ID, meaning, needed=True)


def _from(meaning: str) -> Column:
    return Column("start", ("开始", "开始时间", "起始", "开始日期"), MOMENT, meaning, needed=True)


def _to(meaning: str) -> Column:
    return Column("end", ("结束", "结束时间", "截止", "结束日期"), MOMENT, meaning, needed=True)


_FLAGS = ", ".join(LabourFlag)
_LEAVE = ", ".join(dict.fromkeys(leave_kinds().values()))
_QUEUE = ("队列", "业务队列", "渠道")

STAFF = Table(
    "staff",
    "the people, one row each",
    (
        _who("id of the person, unique"),
        Column("name", ("姓名",), TEXT, "name as shown on rosters", needed=True),
        Column("team", ("团队", "班组", "部门"), TEXT, "home team, an id of the contract", needed=True),
        Column("role", ("岗位", "角色", "岗位角色"), TEXT, "home role in that team", needed=True),
        Column("skills", ("技能", "兼岗", "可顶岗"), SKILLS, "team/role served beside the home one, ;-separated"),
        Column("fte", ("工时比例", "在岗比例", "人力系数"), NUMBER, "share of a full post", needed=True),
        Column("employed_from", ("入职日期", "入职"), DATE, "first day of employment; empty: always"),
        Column("employed_to", ("离职日期", "离职"), DATE, "last day of employment; empty: open"),
        Column("reserve", ("后备", "储备", "储备人员"), YES_NO, "kept ready beside the contract's headcount"),
        Column("arrival_hours", ("到岗小时", "到岗时间"), NUMBER, "hours from a call to being at work"),
        Column("home_site", ("常驻地点", "工作地点", "地点"), TEXT, "usual site, an id of the contract"),
        Column("labour_flags", ("劳动保护", "保护标志"), LIST, f"protected by law, ;-separated: {_FLAGS}"),
        Column("certified_on", ("上岗认证日期", "认证日期"), DATE, "first day with the certificate to start"),
        Column("qualification", ("资质", "学历资质"), TEXT, "degrees and certificates"),
        Column("vendor", ("供应商", "用工单位"), TEXT, "employer"),
        Column("hours_system", ("工时制度", "工时制"), TEXT, "standard hours, or the averaging period approved"),
        Column("hourly_cost", ("小时成本", "时薪"), NUMBER, "yuan for a paid hour"),
        Column("seniority_years", ("工龄", "累计工龄"), NUMBER, "years of service in all, for annual leave"),
        Column("phone", ("电话", "联系电话", "手机"), TEXT, "where the person is reached"),
    ),
    rows_needed=True,
)

LEAVE = Table(
    "leave",
    "absences known in advance; dates cover whole days, the end date included; date-times are half-open",
    (
        _who(),
        _from("first day, or the moment it starts"),
        _to("last day, or the moment it ends"),
        Column("kind", ("类型", "请假类型", "假别"), TEXT, f"one of {_LEAVE}, or another that is paid; empty: annual"),
        Column("approved", ("批准", "已批准", "是否批准"), YES_NO, "only approved leave binds; empty: yes"),
    ),
)

REQUESTS = Table(
    "requests",
    "wishes of the people for single days",
    (
        _who(),
        Column("date", ("日期",), DATE, "the day", needed=True),
        Column("kind", ("类型", "意愿"), TEXT, "on, off, or shift with the code beside it", needed=True),
        Column("shift", ("班次", "班次代码"), TEXT, "shift of the catalogue, with kind shift only"),
        Column("weight", ("权重", "重要程度"), NUMBER, "1 (mild) to 10 (strong); empty: 5"),
    ),
)

EVENTS = Table(
    "events",
    "times of unusual load; dates cover whole days, the end date included; date-times are half-open",
    (
        _from("first day, or the moment it starts"),
        _to("last day, or the moment it ends"),
        Column(
            "kind",
            ("类型", "事件类型"),
            TEXT,
            "load, or major-event where a clause asks for more people",
            needed=True,
        ),
        Column("queue", _QUEUE, TEXT, "queue of the contract; empty: all"),
        Column("factor", ("倍数", "系数", "负荷系数"), NUMBER, "usual load times this; empty: 1"),
        Column("name", ("名称", "事件"), TEXT, "what it is"),
    ),
)

BOOKINGS = Table(
    "bookings",
    "booked windows",
    (
        _from("start of the window"),
        _to("end of the window, not included"),
        Column("queue", _QUEUE, TEXT, "queue of the contract", needed=True),
        Column("sessions", ("预约数", "场次", "预约量"), NUMBER, "sessions booked in the window", needed=True),
    ),
)

HISTORY = Table(
    "history",
    "what came in, by interval; any interval length that divides an hour, local time",
    (
        Column(
            "start",
            ("开始", "开始时间", "时间", "时段"),
            MOMENT,
            "start of the interval, local time",
            needed=True,
        ),
        Column("queue", _QUEUE, TEXT, "queue of the contract", needed=True),
        Column("offered", ("来电量", "呼入量", "进线量", "请求量"), NUMBER, "contacts that came in", needed=True),
        Column("answered", ("接通量", "接听量", "接起量"), NUMBER, "contacts answered"),
        Column("abandoned", ("放弃量", "呼损量"), NUMBER, "contacts given up before the answer"),
        Column("aht_s", ("平均处理时长", "平均处理时长秒"), NUMBER, "mean handling time with wrap-up, s"),
        Column("acw_s", ("平均话后时长", "话后处理时长", "平均话后时长秒"), NUMBER, "mean wrap-up time, s"),
    ),
    rows_needed=True,
)

ROSTER = Table(
    "roster",
    "a roster: one row for each person and each stretch, half-open, at most 24 h (also locks and previous)",
    (
        Column("date", ("日期",), DATE, "day the shift starts, for all rows of that shift", needed=True),
        _who(),
        Column("team", ("团队", "班组", "部门"), TEXT, "team served; empty for leave only", may_be_blank=True),
        Column("role", ("岗位", "角色", "岗位角色"), TEXT, "role served; empty for leave only", may_be_blank=True),
        Column("shift", ("班次", "班次代码"), TEXT, "shift code; codes outside the catalogue are allowed"),
        Column("post", ("席位", "岗点", "职责"), TEXT, "post held"),
        Column(
            "activity",
            ("活动", "工作内容"),
            TEXT,
            "duty, break, lunch, quality, ...; empty: duty for work, else the kind",
        ),
        Column("start", ("开始", "开始时间"), INSTANT, "start; without offset the contract's clock", needed=True),
        Column(
            "end", ("结束", "结束时间"), INSTANT, "end, not included; without offset the contract's clock", needed=True
        ),
        Column("site", ("地点", "工作地点"), TEXT, "site, an id of the contract"),
        Column(
            "kind",
            ("类型",),
            choice("work", "training", "backup", "oncall", "leave"),
            "what the person does",
            needed=True,
        ),
        Column("paid", ("计薪", "带薪"), YES_NO, "whether it is paid; empty: yes, but no for lunch, backup and oncall"),
        Column("locked", ("锁定",), YES_NO, "whether it has to stay; empty: no"),
    ),
)

TABLES = (STAFF, HISTORY, LEAVE, REQUESTS, EVENTS, BOOKINGS, ROSTER)
