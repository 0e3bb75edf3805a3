"""The report: its facts against rosters written by hand, and that both forms carry them and nothing else."""

import base64
import re
import zlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from roster.calendar import Horizon
from roster.compliance import audit
from roster.errors import InputError
from roster.exports.report.chart import chart, scale
from roster.exports.report.coverage import QueueCover, QueueDay, Slot
from roster.exports.report.facts import LevelFigures, Report, ServiceFigures, Solved, gather
from roster.exports.report.html import report_html
from roster.exports.report.markup import Markup, tag
from roster.exports.report.pdf import report_pdf
from roster.exports.report.pdf_font import VARIABLE, installed_font
from roster.exports.report.telling import service_lines
from roster.loading.scenario import Scenario, load_scenario
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.words import Words
from tests.small_scenario import CONTRACT, small_scenario

FRIDAY, SATURDAY, MONDAY = date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 10)
EVIL = "小<script>alert(1)</script>&'线"
SECOND_CLAUSE = """
[[clause]]
id = "SM-02"
title = { zh = "再说一遍", en = "Said again" }
document = "tender <2>"
where = "2"
quote = ["到岗不少于一人 & 不得缺岗"]
kind = "hard"
demand = { zh = "同上。", en = "The same." }
evidence = { zh = "签到记录", en = "attendance sheet" }

[[rule]]
kind = "enrolled"
clauses = ["SM-01"]
reading = "enrolled"
team = "hotline"
role = "agent"
people = 9

[[rule]]
"""
TOLD = (
    CONTRACT.replace('title = { zh = "小热线"', f'title = {{ zh = "{EVIL}"', 1)
    .replace("\n[[rule]]\n", SECOND_CLAUSE, 1)
    .replace('"present"\nclauses = ["SM-01"]', '"present"\nclauses = ["SM-01", "SM-02"]', 1)
)
STAFF = """\
staff_id,name,team,role,fte,phone,arrival_hours
P1,王一,hotline,agent,1,138-0000-0001,
P2,李<i>二</i>,hotline,agent,1,,1.5
P3,张三,hotline,agent,1,138-0000-0003,
"""
SOLVED = Solved(
    made_at=datetime(2025, 3, 1, 20, 30, tzinfo=UTC),
    status="FEASIBLE",
    seed=7,
    wall_s=1.25,
    levels=(LevelFigures(3, "service", "expected contacts lost", 1234.5, 1000, 0.19),),
    service=(ServiceFigures("hotline", 50, 0.875, 0.9, "answered / offered"),),
    warnings=(Words("注意<甲>", "mind <a>"),),
)
NO_NEED = pd.DataFrame(columns=["start", "queue", "required"])


def row(day: date, who: str, hours: str, **fields: object) -> Stretch:
    """A row of `who` on a day; `hours` such as '9-12', above 24 for the next morning."""
    at = Horizon(day, 1, "Asia/Shanghai").at
    start, end = (at(day, round(float(hour) * 60)) for hour in hours.split("-"))
    plain = Stretch(day, who, "hotline", "agent", "D1", "", "duty", start, end, "centre", "work", paid=True)
    return replace(plain, **fields)


LUNCH = {"activity": "lunch", "paid": False}
ON_CALL = {"shift": "N", "kind": "oncall", "activity": "on-call", "paid": False}
BACKUP = {"shift": "B", "kind": "backup", "activity": "stand-by", "paid": False}
ROWS = (
    row(FRIDAY, "P1", "9-12"),
    row(FRIDAY, "P1", "12-13", **LUNCH),
    row(FRIDAY, "P1", "13-17"),
    row(FRIDAY, "P2", "9-12.2"),  # does not answer throughout 12:00-12:15
    row(FRIDAY, "P3", "17.5-33", **ON_CALL),
    row(SATURDAY, "P2", "9-17", **BACKUP),
    row(SATURDAY, "P1", "22-30", shift="E"),
)
"""Friday is manned, Monday is not; on Saturday night P1 works."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load_scenario(small_scenario(tmp_path_factory.mktemp("small"), contract=TOLD, staff=STAFF))


def told(scenario: Scenario, rows: tuple[Stretch, ...] = ROWS, need: pd.DataFrame = NO_NEED, **fields) -> Report:
    horizon = Horizon(FRIDAY, 4, "Asia/Shanghai")
    problem = Problem(contract=scenario.contract, people=scenario.people, horizon=horizon, **fields)
    roster = Roster(problem, rows)
    return gather(roster, audit(roster), need, SOLVED)


def needed(people: dict[str, int]) -> pd.DataFrame:
    starts = [pd.Timestamp(f"2025-03-07T{clock}", tz="Asia/Shanghai").tz_convert("UTC") for clock in people]
    return pd.DataFrame({"start": starts, "queue": "hotline", "required": list(people.values())})


@pytest.fixture(scope="module")
def report(scenario: Scenario) -> Report:
    return told(scenario, need=needed({"09:00": 2, "09:15": 3, "12:00": 1, "16:45": 0}))


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return report_html(report)


# ---------------------------------------------------------------- facts


def test_people_who_answer_throughout_an_interval_stand_against_the_need(report):
    [queue] = report.coverage
    assert [day.day for day in queue.days] == [FRIDAY, MONDAY]
    slots = {slot.start: slot for slot in queue.days[0].slots}
    assert len(slots) == 32
    told_at = {start: (slots[start].needed, slots[start].rostered) for start in (540, 555, 570, 720, 780, 1005)}
    assert told_at == {540: (2, 2), 555: (3, 2), 570: (None, 2), 720: (1, 0), 780: (None, 1), 1005: (0, 1)}
    assert [(slot.start, slot.missing) for slot in queue.days[0].short] == [(555, 1), (720, 1)]


def test_people_of_other_queues_and_other_work_answer_nothing(scenario):
    rows = (row(FRIDAY, "P1", "9-17", activity="report"), row(FRIDAY, "P2", "9-17", role="lead"))
    [queue] = told(scenario, rows).coverage
    assert {slot.rostered for slot in queue.days[0].slots} == {0}


def test_a_night_shift_that_began_the_day_before_counts(scenario):
    rows = (row(date(2025, 3, 6), "P1", "20-34"),)
    [queue] = told(scenario, previous=rows, rows=()).coverage
    assert [slot.rostered for slot in queue.days[0].slots][:5] == [1, 1, 1, 1, 0]


def test_every_night_names_who_is_there(report):
    nights = [(night.day, [(c.staff_id, c.duty.en, c.phone) for c in night.people]) for night in report.nights]
    assert nights == [
        (FRIDAY, [("P3", "on call", "138-0000-0003")]),
        (SATURDAY, [("P1", "work", "138-0000-0001")]),
        (date(2025, 3, 9), []),
        (MONDAY, []),
    ]
    assert f"{report.nights[0].people[0].end:%m-%d %H:%M}" == "03-08 09:00"


def test_a_day_shift_before_the_evening_and_an_early_one_are_no_night(scenario):
    rows = (row(FRIDAY, "P1", "9-18"), row(SATURDAY, "P2", "6-14"))
    assert [len(night.people) for night in told(scenario, rows).nights] == [0] * 4
    rows = (row(FRIDAY, "P1", "9-18.25"), row(SATURDAY, "P2", "5.75-14"))
    assert [len(night.people) for night in told(scenario, rows).nights] == [2, 0, 0, 0]


def test_the_night_before_is_told_where_somebody_is_there(scenario):
    nights = told(scenario, rows=(), previous=(row(date(2025, 3, 6), "P1", "22-30"),)).nights
    assert [night.day for night in nights][:2] == [date(2025, 3, 6), FRIDAY]


def test_backups_of_days_off_with_the_time_they_need(report):
    [saturday] = report.backups
    assert saturday.day == SATURDAY
    assert [(c.staff_id, c.arrival_hours, c.phone) for c in saturday.people] == [("P2", 1.5, "")]


def test_a_hard_breach_of_two_clauses_is_one_shortage(report):
    [shortage] = report.shortages
    assert shortage.clauses == ("SM-01", "SM-02")
    assert (shortage.finding.when, shortage.finding.found, shortage.finding.limit) == ("2025-03-10", 0, 1)
    assert shortage.who == Words("热线 / 话务员", "Hotline / Agent")
    assert report.hard_breaches == 1


def test_verdicts_are_counted_by_status(report):
    judged = Counter(rule.status for clause in report.clauses for rule in clause.rules if not rule.other_reading)
    assert dict(report.verdicts) == {status: judged[status] for status, _ in report.verdicts}
    assert judged["breached"] == 2
    others = [rule for clause in report.clauses for rule in clause.rules if rule.other_reading]
    assert [(rule.other_reading, rule.status) for rule in others] == [("enrolled", "breached")]


def test_all_readings_are_listed_with_the_verdict_of_their_own_rules(report, page):
    found = {(reading.clause, reading.name): (reading.chosen, reading.status) for reading in report.readings}
    assert found["SM-01", "enrolled"] == (False, "breached")
    assert [name for (clause, name), (chosen, _) in found.items() if clause == "SM-01" and chosen] == ["present"]
    assert ["未采用" in part for part in page.split('id="assumptions"')[1].split("<tr")[2:4]] == [False, True]


def test_hours_and_people(report):
    assert (report.people_on_file, report.people_rostered) == (3, 3)
    assert report.paid_minutes == (7 + 3.2 + 8) * 60
    people = {line.staff_id: line for _, lines in report.table.groups for line in lines}
    assert people["P1"].paid_hours == 15
    assert [[mark.code.zh for mark in cell] for cell in people["P1"].cells] == [["D1*"], ["E*"], [], []]


def test_the_time_of_making_is_aware_and_told_in_local_time(report):
    assert f"{report.made_at:%Y-%m-%d %H:%M}" == "2025-03-02 04:30"
    with pytest.raises(ValueError, match="aware"):
        Solved(made_at=datetime(2025, 3, 1))


# ---------------------------------------------------------------- the chart


def test_bars_and_steps_stand_where_the_figures_say():
    slots = (Slot(540, 570, 2, 1), Slot(570, 600, 1, 1), Slot(630, 660, 1, 4), Slot(660, 720, None, 2))
    axes = scale(QueueCover("q", Words("队", "q"), (QueueDay(FRIDAY, slots),)), 224, 120)
    assert (axes.opens, axes.closes, axes.most) == (540, 720, 4)
    drawn = chart(QueueDay(FRIDAY, slots), axes)
    assert [(bar.x, bar.y, bar.height) for bar in drawn.bars] == [
        (20, 81, 25), (50, 81, 25), (110, 6, 100), (140, 56, 50),
    ]  # fmt: skip
    assert [(bar.x, bar.y, bar.height) for bar in drawn.missing] == [(20, 56, 25)]
    assert drawn.steps == (((20, 56), (50, 56), (50, 81), (80, 81)), ((110, 81), (140, 81)))
    assert drawn.shares == ()


def test_simulated_service_has_a_scale_of_its_own():
    day = QueueDay(FRIDAY, (Slot(540, 600, 2, 8, offered=5.0, served=0.75),))
    drawn = chart(day, scale(QueueCover("q", Words("队", "q"), (day,)), 224, 120))
    assert drawn.shares == ((106, 0), (56, 50), (6, 100))
    assert drawn.served == (((20, 31), (200, 31)),)


@pytest.mark.parametrize(("offered", "said"), [((5.0, 1234.5, None), ["1,234.5"]), ((0.0, None), [])])
def test_the_height_of_the_line_of_contacts_is_told(report, offered, said):
    slots = tuple(Slot(60 * k, 60 * k + 60, 2, 8, offered=contacts) for k, contacts in enumerate(offered))
    cover = QueueCover("q", Words("队", "q"), (QueueDay(FRIDAY, slots),))
    lines = [line.en for line in service_lines(report, cover)]
    assert lines == [f"Dashed line of contacts, full height: {contacts} an interval" for contacts in said]


def test_a_queue_without_an_open_day_has_axes():
    assert scale(QueueCover("q", Words("队", "q"), ()), 300, 100).most == 1


# ---------------------------------------------------------------- HTML


class Reader(HTMLParser):
    """What a browser would make of a page: tags, what they point to, and the text between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)
        for name, value in attrs:
            self.links += [value or ""] if name in ("src", "href", "xlink:href", "srcset", "action", "data") else []
            self.ids += [value or ""] if name == "id" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""


def test_the_page_asks_nobody_for_anything(page):
    read = Reader(page)
    assert read.open == []
    assert all(link.startswith("#") or link == "data:," for link in read.links)
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert not {"script", "img", "iframe", "object", "embed", "base", "form"} & set(read.tags)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", page)
    assert "default-src &#x27;none&#x27;" in page


def test_text_is_text_whatever_it_holds(page):
    assert EVIL in Reader(page).text
    assert "<script" not in page
    assert "<i>二" not in page
    assert "李<i>二</i>" in Reader(page).text
    assert tag("p", "a<b\x00", Markup("<br>"), title='"x"') == '<p title="&quot;x&quot;">a&lt;b\ufffd<br></p>'


def test_every_section_says_its_facts(page):
    text = Reader(page).text
    for said in (
        "2025-03-07 至 2025-03-10，共 4 天", "名册 3 人，排入 3 人", "可行，尚未全部证明最优", "2025-03-02 04:30",
        "注意<甲>", "mind <a>",
        "1,234.5", "1,000", "19.00%", "预期未接起的咨询（件）",
        "预计 50 件，87.5% 得到服务（目标 90%）", "2 个时段不足，最多差 1 人", "09:15-09:30 需 3 人，在岗 2 人",
        "138-0000-0003", "17:30 – 次日09:00", "无人值守或待命", "1.5 小时内", "未登记",
        "实际 0，要求 1 人", "found 0, limit 1 persons", "到岗不少于一人 & 不得缺岗", "签到记录", "tender <2>", "到岗",
        "22:00 – 次日06:00", "15.0",
    ):  # fmt: skip
        assert said in text, said


def test_equal_facts_give_equal_files(scenario, report, page):
    again = told(scenario, need=needed({"09:00": 2, "09:15": 3, "12:00": 1, "16:45": 0}))
    assert report_html(again) == page
    assert report_pdf(again) == report_pdf(report)


def test_a_roster_that_was_only_judged_has_a_report(scenario):
    roster = Roster(
        Problem(contract=scenario.contract, people=scenario.people, horizon=Horizon(SATURDAY, 1, "Asia/Shanghai")), ()
    )
    bare = gather(roster, audit(roster), NO_NEED, Solved(made_at=SOLVED.made_at))
    text = Reader(report_html(bare)).text
    assert "未经求解" in text
    assert "没有短缺" in text
    assert report_pdf(bare).startswith(b"%PDF")


# ---------------------------------------------------------------- PDF


PAINTED = re.compile(rb"/(F\d+) [\d.]+ Tf|\b([qQ])\b|\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
"""Fonts chosen, states saved and restored, strings shown."""


def pdf_text(content: bytes) -> str:
    """The strings on the pages of a PDF: font F1 is Helvetica, the viewer's Chinese font takes UTF-16."""
    found, font, saved = [], b"F1", []
    for stream in re.findall(rb"(?<!end)stream\r?\n(.*?)~>", content, re.DOTALL):
        drawn = zlib.decompress(base64.a85decode(stream))
        for chosen, state, part in PAINTED.findall(drawn):
            font = chosen or font
            if state == b"q":
                saved.append(font)
            elif state == b"Q":
                font = saved.pop()
            raw = re.sub(rb"\\([0-7]{3}|.)", lambda match: plain_byte(match[1]), part, flags=re.DOTALL)
            found.append(raw.decode("cp1252" if font == b"F1" else "utf-16-be"))
    return "".join(found)


def plain_byte(escaped: bytes) -> bytes:
    if escaped.isdigit():
        return bytes([int(escaped, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(escaped, escaped)


def test_the_pdf_carries_chinese_text(report):
    content = report_pdf(report)
    assert b"STSong-Light" in content
    text = pdf_text(content)
    for said in ("排班报告", "短缺", "张三", "138-0000-0003", "热线", "话务员", "1,234.5", "<script>", "2025-03-10"):
        assert said in text, said
    assert "到岗不少于一人" not in text  # quotes are left to the page
    assert text.index("not chosen") > text.index("in use")  # the readings stand at the end


def test_a_font_that_cannot_be_embedded_is_refused(tmp_path, monkeypatch):
    (tmp_path / "font.ttf").write_bytes(b"no font at all")
    for named in (tmp_path / "font.ttf", tmp_path / "missing.ttf"):
        monkeypatch.setenv(VARIABLE, str(named))
        with pytest.raises(InputError, match=VARIABLE):
            installed_font()


def test_a_font_file_is_embedded(report, monkeypatch):
    vera = Path(pytest.importorskip("reportlab").__file__).parent / "fonts" / "Vera.ttf"
    monkeypatch.setenv(VARIABLE, str(vera))
    assert installed_font() == vera
    content = report_pdf(report, font=vera)
    assert b"BitstreamVeraSans" in content
    assert b"STSong-Light" not in content
