"""Colours of shifts and activities: the same in every week of a contract, light enough to print text on."""

from collections.abc import Iterable
from colorsys import hls_to_rgb

from roster.contract import Contract

ON_CALL, BACKUP, LEAVE = "#DCCBF2", "#FFF0B3", "#D9D9D9"
DAY_OFF, STATUTORY, MAKE_UP = "#F4F0F0", "#F9DEDC", "#DDEBF7"
TEAM, GRID = "#E4E8EE", "#BFBFBF"
STATUS = {
    "met": "#D5EBD3",
    "breached": "#F4B6B0",
    "at_risk": "#FCE0B5",
    "unknown": "#E4E4E4",
    "not_applicable": "#FFFFFF",
}
"""Colours by verdict."""

STANDING_BY = {"oncall": ON_CALL, "backup": BACKUP, "leave": LEAVE}
"""Colours of the kinds that are not work, whatever the shift."""

INK = {"oncall": "#5B2C9D", "backup": "#7F6000", "leave": "#595959"}
"""Text colours of the same kinds, where they stand below work in one cell."""

_HUES = ((0.58, 0.62), (0.36, 0.55), (0.08, 0.75), (0.93, 0.6), (0.48, 0.5), (0.22, 0.6), (0.09, 0.2), (0.66, 0.6))
"""Hue and saturation of the families, from blue over green and orange to tan and indigo."""

_TINTS = (0.84, 0.75, 0.90, 0.71, 0.80)
_ACTIVITIES = {
    "duty": "#9CC9EE",
    "serving": "#9CC9EE",
    "lunch": "#F2F2F2",
    "break": "#F2F2F2",
    "training": "#F8CBAD",
}


def shift_colours(contract: Contract, codes: Iterable[str]) -> dict[str, str]:
    """A colour for each working shift: one hue for codes with the same first letter, tints inside it.

    Codes of the catalogue come first and in its order, so that a code keeps its colour; `codes` adds others.
    """
    known = [shift.id for shift in contract.shifts if shift.kind not in STANDING_BY]
    families: dict[str, list[str]] = {}
    for code in dict.fromkeys([*known, *sorted(codes)]):
        families.setdefault(code[:1], []).append(code)
    return {
        code: _colour(*_HUES[family % len(_HUES)], _TINTS[tint % len(_TINTS)])
        for family, members in enumerate(families.values())
        for tint, code in enumerate(members)
    }


def activity_colours(activities: Iterable[str]) -> dict[str, str]:
    """A colour for each activity of work; unknown ones take hues in alphabetical order."""
    others = [name for name in sorted(set(activities)) if name not in _ACTIVITIES]
    hues = _HUES[1:]
    return _ACTIVITIES | {
        name: _colour(*hues[k % len(hues)], _TINTS[(k // len(hues)) % len(_TINTS)]) for k, name in enumerate(others)
    }


def _colour(hue: float, saturation: float, lightness: float) -> str:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, lightness, saturation))
    return f"#{red:02X}{green:02X}{blue:02X}"
