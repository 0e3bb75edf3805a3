"""Xi'an social-insurance hotline: 40 enrolled people, a reserve of four, one queue.

From the tender are the 40 people, the service hours and the target of 99 %. The size of the queue is chosen so
that the 25 to 30 who answer at once can just hold it on an ordinary day. The tender leaves at most 4,270 yuan a
head and month for everything; hourly costs are therefore low, about 86 % of the ceiling in a year.
"""

from datetime import date

import numpy as np

from roster.people import LabourFlag
from sample_data.spec import (
    HistorySpec,
    Hump,
    LeavePolicy,
    Lift,
    Opening,
    Post,
    QueueShape,
    ScenarioSpec,
    StaffSpec,
)

_CALL, _CHAT, _HALL = ("phone", "agent"), ("wechat", "operations"), ("hall", "liaison")
_AGENT, _GRADUATE = "大专，社保业务上岗证", "本科，社保业务上岗证"
_EDITOR = "本科，新媒体运营，社保业务上岗证"

_ENROLLED = (
    *[Opening(_CALL, 2050, _GRADUATE, "centre", skills=(_HALL, _CHAT))] * 2,
    *[Opening(_CALL, 2000, _GRADUATE, "centre", skills=(_HALL,))] * 4,
    *[Opening(_CALL, 2000, _GRADUATE, "centre", skills=(_CHAT,))] * 3,
    *[Opening(_CALL, 1950, _AGENT, "centre")] * 24,
    Opening(_CALL, 1950, _AGENT, "centre", flag=LabourFlag.PREGNANT_7M),
    Opening(_CALL, 1950, _AGENT, "centre", flag=LabourFlag.NURSING),
    *[Opening(_CHAT, 2350, _EDITOR, "centre", hours_system="quarter")] * 2,
    *[Opening(_HALL, 2200, _GRADUATE, "hall", skills=(_CALL,))] * 3,
)


def _stand_in(arrival_hours: int, *skills: Post) -> Opening:
    return Opening(_CALL, 2000, _GRADUATE, "centre", skills=skills, arrival_hours=arrival_hours)


_STAFF = StaffSpec(
    prefix="XA",
    enrolled=_ENROLLED,
    reserve=(_stand_in(2, _HALL), _stand_in(2, _CHAT), _stand_in(4, _HALL, _CHAT), _stand_in(4)),
    shift_wishes={"phone": ("E1", "E3", "L1", "L3", "W1"), "wechat": ("WE1", "WL2"), "hall": ("HE1", "HL1")},
    leave=LeavePolicy(may_miss={_CALL: 3}),
    costs_fen=(1850, 2800),
)


def _month(day: date) -> float:
    """Busy around the 15th, when contributions are due, and at both ends of a month."""
    middle = 0.1 * float(np.exp(-0.5 * ((day.day - 15) / 2.5) ** 2))
    return 1 + middle + 0.05 * (day.day <= 3) + 0.04 * (day.day >= 28)


_LIFTS = (
    Lift(date(2023, 7, 1), date(2023, 7, 31), 1.1),
    Lift(date(2023, 10, 9), date(2023, 12, 29), 1.06),
    Lift(date(2024, 7, 1), date(2024, 7, 31), 1.1),
)
_NAMES = ("缴费基数调整", "居民医保集中缴费", "缴费基数调整")

_HISTORY = HistorySpec(
    first=date(2023, 1, 3),
    last=date(2024, 7, 31),
    interval_minutes=15,
    queues=(
        QueueShape(
            "phone",
            ((8.5, 18.0),),
            peak_load=26.5,
            aht_s=240,
            acw_share=0.12,
            people=27,
            patience_s=150,
            day_cv=0.05,
            interval_cv=0.05,
            month=_month,
            lifts=_LIFTS,
            weekday=(1.1, 1.04, 1.0, 0.97, 0.94, 0.85, 0.85),
            base=0.5,
            humps=(Hump(10.0, 0.9, 0.5), Hump(12.8, 0.7, -0.2), Hump(15.2, 1.1, 0.4)),
        ),
    ),
)

SPEC = ScenarioSpec(
    first=date(2023, 8, 1),
    last=date(2024, 7, 31),
    staff=_STAFF,
    history=_HISTORY,
    events=(
        *(
            (f"{lift.first}", f"{lift.last}", "load", "phone", lift.factor, name)
            for lift, name in zip(_LIFTS, _NAMES, strict=True)
        ),
        ("2023-11-25", "2023-11-25", "major-event", "", "", "居民医保缴费截止前应急值班"),
        ("2024-06-29", "2024-06-29", "major-event", "", "", "缴费基数调整前应急值班"),
    ),
)
