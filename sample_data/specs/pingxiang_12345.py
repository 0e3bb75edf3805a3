"""Pingxiang's 12345 hotline: 20 agents and 3 managers round the clock, five reserve people, one queue.

From the tender are the posts and their numbers, the levels of education, 7x24 and the reserve that arrives in 2 or
48 hours. The queue's size is chosen so that 20 agents under comprehensive hours are busy by day but sufficient:
about 260 calls a day, thin at night, more on Mondays, in the middle and at the end of the month. The two events
are made up.
"""

from datetime import date

import numpy as np

from roster.people import LabourFlag
from sample_data.spec import HistorySpec, Hump, LeavePolicy, Lift, Opening, QueueShape, ScenarioSpec, StaffSpec

_AGENT, _LEAD = ("hotline", "agent"), ("management", "project-manager")
_SUPERVISOR, _ANALYST = ("management", "operations-supervisor"), ("management", "data-analyst")
_CERTIFICATE = "12345热线岗前培训合格证"
_COLLEGE, _BACHELOR = f"大专，{_CERTIFICATE}", f"本科，{_CERTIFICATE}"
_HEAD = f"本科，政务热线管理经验，{_CERTIFICATE}"


def _seat(cost: int, study: str = _COLLEGE, flag: LabourFlag | None = None) -> Opening:
    return Opening(_AGENT, cost, study, "centre", flag=flag, hours_system="month")


def _stand_in(arrival_hours: int) -> Opening:
    return Opening(_AGENT, 3000, _COLLEGE, "centre", arrival_hours=arrival_hours, hours_system="month")


_DEPUTY = Opening(_AGENT, 3600, _BACHELOR, "centre", (_LEAD, _SUPERVISOR, _ANALYST), hours_system="month")
_ENROLLED = (
    *[_DEPUTY] * 2,
    *[_seat(3200, _BACHELOR)] * 4,
    *[_seat(3000)] * 12,
    _seat(3000, flag=LabourFlag.PREGNANT_7M),
    _seat(3000, flag=LabourFlag.NURSING),
    Opening(_LEAD, 5600, _HEAD, "centre", (_SUPERVISOR, _ANALYST)),
    Opening(_SUPERVISOR, 4800, _HEAD, "centre", (_LEAD, _ANALYST)),
    Opening(_ANALYST, 4600, f"本科，统计学，{_CERTIFICATE}", "centre", (_SUPERVISOR,)),
)
_RESERVE = (
    *[_stand_in(2)] * 3,
    _stand_in(48),
    Opening(_SUPERVISOR, 4200, _HEAD, "centre", (_LEAD, _ANALYST, _AGENT), arrival_hours=48, hours_system="month"),
)

_STAFF = StaffSpec(
    prefix="PX",
    enrolled=_ENROLLED,
    reserve=_RESERVE,
    shift_wishes={"hotline": ("E1", "D2", "L1", "N")},
    leave=LeavePolicy(may_miss={_AGENT: 2}),
    costs_fen=(2600, 6500),
)


def _month(day: date) -> float:
    """Busier from the 10th to the 16th and on the last days of a month."""
    middle, end = float(np.exp(-(((day.day - 13) / 3) ** 2))), float(day.day >= 27)
    return 1 + 0.07 * middle + 0.06 * end


_EVENTS = (
    ("2026-05-20", "2026-05-22", "城市文化旅游节"),
    ("2026-09-15", "2026-09-17", "全省创新创业大会"),
)
_LIFTS = (
    Lift(date(2025, 7, 1), date(2025, 8, 31), 1.08),
    Lift(date(2025, 12, 15), date(2026, 2, 13), 1.05),
    Lift(date(2026, 6, 15), date(2026, 8, 31), 1.08),
    Lift(date(2026, 12, 15), date(2026, 12, 31), 1.05),
    *[Lift(date.fromisoformat(first), date.fromisoformat(last), 1.15) for first, last, _ in _EVENTS],
)
_BY_NIGHT, _BY_DAY = (2,) * 7, (4, 5, 5, 5, 4, 4, 5, 5, 5, 5, 5, 4, 4, 3, 3)
_HOTLINE = QueueShape(
    name="hotline",
    hours=((0, 24),),
    peak_load=2.2,
    aht_s=280,
    acw_share=0.25,
    people=(*_BY_NIGHT, *_BY_DAY, 2, 2),
    patience_s=120,
    day_cv=0.07,
    interval_cv=0.06,
    month=_month,
    lifts=_LIFTS,
    weekday=(1.12, 1.05, 1.0, 0.98, 0.97, 0.94, 0.9),
    day_off=0.78,
    base=0.09,
    humps=(Hump(9.8, 1.4, 1.0), Hump(12.6, 0.6, -0.15), Hump(15.3, 1.8, 0.85), Hump(19.8, 1.3, 0.35)),
)

SPEC = ScenarioSpec(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    staff=_STAFF,
    history=HistorySpec(date(2025, 7, 1), date(2026, 12, 31), 30, (_HOTLINE,)),
    events=tuple(
        row
        for first, last, name in _EVENTS
        for row in ((first, last, "major-event", "", "", name), (first, last, "load", "hotline", 1.15, name))
    ),
)
