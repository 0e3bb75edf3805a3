"""Outages and one-off days: found, listed, and kept out of what is learnt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import DayKind, day_kind
from roster.forecast.day_level import DayLevel, Mask
from roster.forecast.day_matrix import DayMatrix, Floats

_FAR = 6.0
_TOLD_DAYS = 4
"""Days of a kind from which its own profile is told; fewer take that of their pool."""
_MIN_EXPECTED = 3.0
_SILENT_IF = 5.0
"""Contacts usual in an interval whose silence says nothing of the day's volume."""


@dataclass(frozen=True)
class Unusual:
    """A stretch of one day whose contacts no rhythm explains, left out of what is learnt.

    `first_minute`, `end_minute`: minutes after local midnight, half-open. `found`, `usual`: contacts in it.
    """

    queue: str
    day: date
    first_minute: int
    end_minute: int
    found: float
    usual: float


def repaired(matrix: DayMatrix, calendar: DayCalendar, interval_minutes: int) -> tuple[DayMatrix, tuple[Unusual, ...]]:
    """The matrix with usual contacts in place of unusual ones, and those stretches.

    Usual is the median profile of the kind of day times the day's median volume; an interval is unusual where it
    lies more than six standard deviations (Poisson and the queue's own spread) from it, by square roots, which
    have the same spread whatever the mean.

    Source: Anscombe (1948), doi:10.1093/biomet/35.3-4.246.
    """
    usual = _usual(matrix, calendar)
    told = usual >= _MIN_EXPECTED
    if not told.any():
        return matrix, ()
    apart = 2 * np.abs(np.sqrt(matrix.offered + 0.375) - np.sqrt(usual + 0.375))
    typical = 1.4826 * float(np.median(apart[told]))
    spread = max(typical**2 - 1, 0.0) / float(np.median(usual[told]))
    wrong = told & (apart > _FAR * np.sqrt(1 + spread * usual))
    found = tuple(_stretches(matrix, usual, wrong, interval_minutes))
    return replace(matrix, offered=np.where(wrong, usual, matrix.offered)), found


def without_far_days(
    matrix: DayMatrix, level: DayLevel, interval_minutes: int
) -> tuple[DayMatrix, tuple[Unusual, ...]]:
    """The matrix without the days that the level model left out, and those days."""
    out = [day for day, kept in zip(level.matrix.days, level.kept, strict=True) if not kept]
    usual = level.volume(out) if out else np.zeros(0)
    volume = dict(zip(matrix.days, matrix.offered.sum(axis=1), strict=True))
    begin, end = int(matrix.minutes[0]), int(matrix.minutes[-1]) + interval_minutes
    found = tuple(
        Unusual(matrix.queue, day, begin, end, float(volume[day]), float(expected))
        for day, expected in zip(out, usual, strict=True)
    )
    return matrix.only([day not in set(out) for day in matrix.days]), found


def _usual(matrix: DayMatrix, calendar: DayCalendar) -> Floats:
    """Median profile of each day's kind times the day's volume, told by the middle of its intervals."""
    kinds = [day_kind(calendar, day) for day in matrix.days]
    share = matrix.offered / np.maximum(matrix.offered.sum(axis=1, keepdims=True), 1e-9)
    profile = np.array([_profile(kinds, share, kind) for kind in kinds])
    busy = profile > 0.25 * profile.mean(axis=1, keepdims=True)
    typical = profile * float(np.median(matrix.offered.sum(axis=1)))
    silent = (matrix.offered == 0) & (typical >= _SILENT_IF)
    ratio = np.where(busy & ~silent, matrix.offered / np.maximum(profile, 1e-12), np.nan)
    volume = np.array([np.nanmedian(row) if np.isfinite(row).any() else 0.0 for row in ratio])
    return profile * volume[:, None]


def _profile(kinds: list[DayKind], share: Floats, wanted: DayKind) -> Floats:
    own = [i for i, kind in enumerate(kinds) if kind == wanted]
    if len(own) < _TOLD_DAYS:
        own = [i for i, kind in enumerate(kinds) if kind.pool == wanted.pool]
    return np.median(share[own], axis=0)


def _stretches(matrix: DayMatrix, usual: Floats, wrong: Mask, minutes: int) -> Iterator[Unusual]:
    for row in np.flatnonzero(wrong.any(axis=1)):
        columns = np.flatnonzero(wrong[row])
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
            yield Unusual(
                matrix.queue,
                matrix.days[row],
                int(matrix.minutes[run[0]]),
                int(matrix.minutes[run[-1]]) + minutes,
                float(matrix.offered[row, run].sum()),
                float(usual[row, run].sum()),
            )
