"""Shifts that could be in a catalogue: the given one's shapes, moved along the day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roster.contract import Queue
from roster.shifts import RELIEF, DaySelector, Segment, Shift, clock

STEP_MINUTES = 30
MORNING, NIGHT = 6 * 60, 22 * 60
"""Between them lies the day; what touches the night stays as it is given."""


def given_shifts(shifts: Iterable[Shift], team: str, role: str) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """The shifts of a role that only answer, which a catalogue can be rid of, and those with other work, which stay.

    Shifts for people under protection and for the first morning of a horizon take no part.
    """
    work = [s for s in shifts if (team, role) in s.served and s.kind == "work" and not s.flags and s.days != "carry-in"]
    return tuple(s for s in work if only_answers(s)), tuple(s for s in work if not only_answers(s))


def only_answers(shift: Shift) -> bool:
    """Whether all but meals and breaks is answering contacts."""
    return all(answering(shift, segment) for segment in shift.segments if segment.activity not in RELIEF)


def answering(shift: Shift, segment: Segment) -> bool:
    """Whether a stretch of a shift answers contacts."""
    return segment.activity == "duty" and (segment.kind or shift.kind) == "work"


def paid_minutes(shift: Shift) -> int:
    """Paid time of a shift."""
    return sum(segment.end - segment.start for segment in shift.segments if segment.paid)


@dataclass(frozen=True)
class _Meal:
    """The one pause of a shift; 0 minutes where it has none."""

    minutes: int
    activity: str = ""
    paid: bool = True


def candidates(given: Sequence[Shift], queues: Sequence[Queue], serves: str) -> tuple[Shift, ...]:
    """New shifts beside the given ones, `given` being those that only answer; in order of start.

    They start every STEP_MINUTES of the day, between the first and the last minute that a given shift or a queue is
    open; they have a meal as one of the given shifts has, are as long as those with this meal, and nobody works
    longer or shorter stretches than there.
    """
    days = [shift for shift in given if _by_day(shift)]
    if not days:
        return ()
    opens = min(*(w.start for q in queues for w in q.windows), *(s.segments[0].start for s in days), NIGHT)
    closes = max(*(w.end for q in queues for w in q.windows), *(s.segments[-1].end for s in days), MORNING)
    window = max(opens, MORNING), min(closes, NIGHT)
    known = {_segments_key(shift.segments) for shift in given}
    shapes = {
        _segments_key(made): made for meal, shifts in _by_meal(days).items() for made in _placed(meal, shifts, window)
    }
    common = _Common.of(given, serves, queues)
    return tuple(common.shift(made) for key, made in sorted(shapes.items()) if key not in known)


def _by_day(shift: Shift) -> bool:
    return shift.segments[0].start >= MORNING and shift.segments[-1].end <= NIGHT


def _by_meal(shifts: Sequence[Shift]) -> dict[_Meal, list[tuple[int, ...]]]:
    """The lengths of the stretches of work, by the pause between them; shifts with several pauses move nowhere."""
    found: dict[_Meal, list[tuple[int, ...]]] = defaultdict(list)
    for shift in shifts:
        pauses = [s for s in shift.segments if s.activity in RELIEF]
        gaps = any(earlier.end < later.start for earlier, later in pairwise(shift.segments))
        if gaps or len(pauses) > 1 or (pauses and pauses[0] in (shift.segments[0], shift.segments[-1])):
            continue
        first, last = shift.segments[0].start, shift.segments[-1].end
        if not pauses:
            found[_Meal(0)].append((last - first,))
        else:
            meal = pauses[0]
            kind = _Meal(meal.end - meal.start, meal.activity, meal.paid)
            found[kind].append((meal.start - first, last - meal.end))
    return found


def _placed(meal: _Meal, worked: list[tuple[int, ...]], window: tuple[int, int]) -> Iterator[tuple[Segment, ...]]:
    """Every place of such a shift in the window of the day."""
    lengths = [sum(stretches) for stretches in worked]
    single = [minutes for stretches in worked for minutes in stretches]
    for length in range(min(lengths), max(lengths) + 1, STEP_MINUTES):
        for start in range(window[0], window[1] - length - meal.minutes + 1, STEP_MINUTES):
            end = start + length + meal.minutes
            if not meal.minutes:
                yield (Segment(start=start, end=end),)
                continue
            shortest = max(min(single), length - max(single))
            for before in range(shortest, length - shortest + 1, STEP_MINUTES):
                yield _with_meal(start, start + before, meal, end)


def _with_meal(start: int, pause: int, meal: _Meal, end: int) -> tuple[Segment, ...]:
    back = pause + meal.minutes
    return (
        Segment(start=start, end=pause),
        Segment(start=pause, end=back, activity=meal.activity, paid=meal.paid),
        Segment(start=back, end=end),
    )


def _segments_key(segments: Sequence[Segment]) -> tuple[tuple[int, int, str, bool], ...]:
    return tuple((s.start, s.end, s.activity, s.paid) for s in segments)


@dataclass(frozen=True)
class _Common:
    """What all new shifts have from the given ones: places and posts of any of them, the exclusions of all."""

    serves: str
    days: DaySelector
    sites: tuple[str, ...]
    posts: tuple[str, ...]
    not_flags: frozenset[str]
    reserve: bool

    @classmethod
    def of(cls, given: Sequence[Shift], serves: str, queues: Sequence[Queue]) -> "_Common":
        days = {queue.days for queue in queues}
        return cls(
            serves,
            next(iter(days)) if len(days) == 1 else "every-day",
            tuple(dict.fromkeys(site for shift in given for site in shift.sites)),
            tuple(dict.fromkeys(post for shift in given for post in shift.posts)),
            frozenset().union(*(shift.not_flags for shift in given if _by_day(shift))),
            all(shift.reserve for shift in given),
        )

    def shift(self, segments: tuple[Segment, ...]) -> Shift:
        """The shift of these stretches; its id is its hours and its meal."""
        hours = f"{clock(segments[0].start)}-{clock(segments[-1].end)}"
        meal = next((f"{clock(s.start)}-{clock(s.end)}" for s in segments if s.activity in RELIEF), "")
        return Shift(
            id=f"{hours}/{meal}",
            zh=hours + (f"（{meal}用餐）" if meal else ""),
            en=hours + (f", meal {meal}" if meal else ""),
            serves=(self.serves,),
            sites=self.sites,
            posts=self.posts,
            days=self.days,
            not_flags=self.not_flags,
            reserve=self.reserve,
            segments=segments,
        )
