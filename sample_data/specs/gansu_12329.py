"""Gansu 12329 housing fund hotline: eight seats on workdays, text messages, a voice system that never closes.

From the tender are the eight seats, the four teams, the hours and the 90 % and 30 s of the queue. The tender names no
headcounts: thirteen agents hold eight seats, their lunch relief and a floor leader on every workday; the other
teams are as small as on call and leave allow. The queue is sized so that eight seats keep 30 s on a busy Monday.
"""

from calendar import monthrange
from datetime import date

import numpy as np

from roster.people import LabourFlag
from sample_data.spec import HistorySpec, Hump, LeavePolicy, Lift, Opening, QueueShape, ScenarioSpec, StaffSpec

_AGENT, _LEAD = ("hotline", "agent"), ("project", "project-manager")
_CODER, _TECH = ("development", "developer"), ("maintenance", "technician")

_TRAINED = "住房公积金业务培训合格"
_SPEAKER, _HEAD = f"大专，{_TRAINED}", f"本科，项目管理，{_TRAINED}"
_ENGINEER, _KEEPER = "本科，软件设计师（中级）", "本科，网络工程师（中级）"
_CENTRE = "centre"


def _stand_in(arrival_hours: int, cost: int, study: str, *posts: tuple[str, str]) -> Opening:
    return Opening(posts[0], cost, study, _CENTRE, skills=posts[1:], arrival_hours=arrival_hours)


_STAFF = StaffSpec(
    prefix="GS",
    enrolled=(
        *[Opening(_AGENT, 2900, _SPEAKER, _CENTRE)] * 12,
        Opening(_AGENT, 2900, _SPEAKER, _CENTRE, flag=LabourFlag.PREGNANT_7M),
        Opening(_LEAD, 5200, _HEAD, _CENTRE),
        *[Opening(_CODER, 5400, _ENGINEER, _CENTRE)] * 2,
        Opening(_CODER, 5400, _ENGINEER, _CENTRE, flag=LabourFlag.NURSING),
        *[Opening(_TECH, 4200, _KEEPER, _CENTRE)] * 4,
    ),
    reserve=(
        _stand_in(2, 2900, _SPEAKER, _AGENT),
        _stand_in(2, 2900, _SPEAKER, _AGENT),
        _stand_in(48, 2900, _SPEAKER, _AGENT),
        _stand_in(48, 4800, _HEAD, _LEAD, _AGENT),
        _stand_in(2, 4600, _KEEPER, _TECH, _CODER),
    ),
    shift_wishes={"hotline": ("D1", "D2", "D3"), "maintenance": ("T1", "T2"), "development": ("T1", "T2")},
    leave=LeavePolicy(may_miss={_AGENT: 1, _CODER: 2, _TECH: 2}),
    costs_fen=(2600, 7000),
)


def _month(day: date) -> float:
    """Busy about the mid-month transfer and towards the repayments at the month's end."""
    to_end = monthrange(day.year, day.month)[1] - day.day
    return 1 + 0.06 * float(np.exp(-(((day.day - 15) / 2.5) ** 2))) + 0.1 * float(np.exp(-to_end / 2))


_HOTLINE = QueueShape(
    name="hotline",
    hours=((9.0, 17.0),),
    peak_load=4.9,
    aht_s=210,
    acw_share=0.1,
    people=8,
    patience_s=150,
    day_cv=0.07,
    interval_cv=0.06,
    month=_month,
    lifts=(
        Lift(date(2024, 7, 1), date(2024, 7, 31), 1.15),
        Lift(date(2025, 1, 6), date(2025, 1, 26), 1.06),
        Lift(date(2025, 7, 1), date(2025, 7, 31), 1.15),
    ),
    weekday=(1.12, 1.06, 1.0, 0.97, 0.93, 0.9, 0.9),
    base=1.0,
    humps=(Hump(10.0, 0.9, 1.0), Hump(12.6, 0.7, -0.3), Hump(15.2, 1.0, 0.8)),
)

SPEC = ScenarioSpec(
    first=date(2025, 1, 1),
    last=date(2025, 12, 31),
    staff=_STAFF,
    history=HistorySpec(date(2024, 7, 1), date(2025, 12, 31), interval_minutes=15, queues=(_HOTLINE,)),
    events=(
        ("2024-07-01", "2024-07-31", "load", "hotline", 1.15, "interest-settlement-and-base-adjustment"),
        ("2025-07-01", "2025-07-31", "load", "hotline", 1.15, "interest-settlement-and-base-adjustment"),
    ),
)
