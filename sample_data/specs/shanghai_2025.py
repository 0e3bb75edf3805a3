"""Shanghai housing fund internet services: 33.7 full-time equivalents, eight reserve people, three queues.

From the tender are the teams, roles and sizes, the season of the base adjustment and the opening hours. The
sizes of the queues are chosen so that 12 operations, 6 reception and 3 window agents are busy but sufficient.
"""

from datetime import date

import numpy as np

from roster.people import LabourFlag
from sample_data.spec import (
    ExtraNeed,
    HistorySpec,
    LeavePolicy,
    Lift,
    Opening,
    Post,
    QueueShape,
    ScenarioSpec,
    StaffSpec,
)

_LINK, _TECH = ("direct-link", "operations"), ("direct-link", "technical")
_CHAT, _DESIGN, _WEIBO = ("wechat", "operations"), ("wechat", "designer"), ("weibo", "operations")
_DESK, _DESK_BASE = ("online-helper", "reception"), ("online-helper", "knowledge-base")
_DESK_HEAD, _WINDOW_HEAD = ("online-helper", "manager"), ("virtual-window", "manager")
_WINDOW, _WINDOW_BASE = ("virtual-window", "agent"), ("virtual-window", "knowledge-base")

_CERTIFICATE = "公积金业务上岗证"
_CLERK, _CODER, _EDITOR = f"本科，{_CERTIFICATE}", "本科，软件设计师（中级）", f"本科，新媒体运营，{_CERTIFICATE}"
_AGENT, _HEAD = f"大专，{_CERTIFICATE}", f"硕士，项目管理，{_CERTIFICATE}"

_ENROLLED = (
    Opening(_LINK, 6200, _HEAD, "onsite"),
    *[Opening(_LINK, 5600, _CLERK, "onsite")] * 3,
    *[Opening(_LINK, 5500, _CLERK)] * 7,
    Opening(_LINK, 5600, _CLERK, flag=LabourFlag.PREGNANT_7M),
    Opening(_TECH, 6900, _CODER, "onsite", skills=(_LINK,)),
    Opening(_TECH, 6700, _CODER, skills=(_LINK,)),
    *[Opening(_TECH, 6600, _CODER)] * 2,
    Opening(_CHAT, 6000, _EDITOR, "onsite", skills=(_WEIBO,)),
    *[Opening(_CHAT, 5800, _EDITOR)] * 2,
    Opening(_DESIGN, 6400, "本科，数字媒体艺术", "onsite", skills=(_CHAT,)),
    Opening(_WEIBO, 5800, _EDITOR, "remote", skills=(_CHAT,), fte=0.7),
    Opening(_DESK, 5000, _AGENT, skills=(_DESK_BASE,)),
    *[Opening(_DESK, 4800, _AGENT)] * 4,
    Opening(_DESK, 4900, _AGENT, flag=LabourFlag.NURSING),
    Opening(_DESK_BASE, 5400, _CLERK, skills=(_DESK,)),
    Opening(_DESK_HEAD, 6200, _HEAD, skills=(_DESK_BASE, _DESK)),
    Opening(_WINDOW, 5100, _AGENT, skills=(_WINDOW_BASE,)),
    *[Opening(_WINDOW, 4900, _AGENT)] * 2,
    Opening(_WINDOW_BASE, 5400, _CLERK, skills=(_WINDOW,)),
    Opening(_WINDOW_HEAD, 6100, _HEAD, skills=(_WINDOW_BASE, _WINDOW)),
)


def _stand_in(arrival_hours: int, post: Post, *skills: Post) -> Opening:
    return Opening(post, 5600, _CLERK, skills=skills, arrival_hours=arrival_hours)


_RESERVE = (
    _stand_in(2, _LINK, _DESK),
    _stand_in(2, _LINK, _WINDOW, _DESK),
    _stand_in(48, _LINK, _TECH),
    _stand_in(2, _TECH, _LINK),
    _stand_in(2, _CHAT, _WEIBO, _DESIGN),
    _stand_in(48, _DESIGN, _CHAT, _WEIBO),
    _stand_in(2, _DESK, _WINDOW, _DESK_BASE, _WINDOW_BASE),
    _stand_in(48, _DESK_HEAD, _WINDOW_HEAD, _DESK_BASE, _WINDOW_BASE, _DESK, _WINDOW),
)

_STAFF = StaffSpec(
    prefix="SH",
    enrolled=_ENROLLED,
    reserve=_RESERVE,
    shift_wishes={"direct-link": ("D1", "D2", "D3"), "online-helper": ("F", "S"), "virtual-window": ("F", "S")},
    leave=LeavePolicy(extra=(ExtraNeed(date(2025, 7, 1), date(2025, 8, 31), _LINK, 2),)),
)


def _month(day: date) -> float:
    """Busy on the first days of a month, quiet after the 25th."""
    return 1 + 0.12 * float(np.exp(-(day.day - 1) / 4)) - 0.04 * (day.day > 25)


def _season(factor: float) -> tuple[Lift, ...]:
    return (Lift(date(2024, 7, 1), date(2024, 8, 31), factor),)


_WINDOWS = ((9.0, 11.5), (13.5, 16.5))
_HISTORY = HistorySpec(
    first=date(2024, 7, 1),
    last=date(2024, 12, 29),
    interval_minutes=15,
    queues=(
        QueueShape("direct-link", ((9.0, 17.5),), 6.2, 300, 0.2, 12, 180, 0.07, 0.06, _month, _season(1.4)),
        QueueShape("online-help", _WINDOWS, 3.3, 420, 0.12, 6, 240, 0.08, 0.06, _month, _season(1.15)),
        QueueShape("virtual-window", _WINDOWS, 1.1, 900, 0.15, 3, 600, 0.1, 0.08, _month, _season(1.1)),
    ),
)

SPEC = ScenarioSpec(
    first=date(2025, 1, 1),
    last=date(2025, 12, 31),
    staff=_STAFF,
    history=_HISTORY,
    events=(
        ("2024-07-01", "2024-08-31", "load", "direct-link", 1.4, "base-adjustment"),
        ("2025-07-01", "2025-08-31", "load", "direct-link", 1.4, "base-adjustment"),
    ),
)
