"""Shifts that could be in a catalogue: the given ones, moved along the day and with their meals at other times."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from roster.contract import Queue
from roster.shifts import RELIEF, DaySelector, Segment, Shift, clock

STEP_MINUTES = 30
MORNING, NIGHT = 6 * 60, 22 * 60
"""Between them lies the day; what touches the night stays as it is given."""


def given_shifts(shifts: Iterable[Shift], team: str, role: str) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """The shifts of a role that mainly answer, which a catalogue may do without, and those with other work, which stay.

    Shifts for people under protection and for the first morning of a horizon take no part.
    """
    work = [s for s in shifts if (team, role) in s.served and s.kind == "work" and not s.flags and s.days != "carry-in"]
    return tuple(s for s in work if mainly_answers(s)), tuple(s for s in work if not mainly_answers(s))


def mainly_answers(shift: Shift) -> bool:
    """Whether more than half of the work is answering contacts."""
    answers = sum(s.end - s.start for s in shift.segments if answering(shift, s))
    return 2 * answers > sum(s.end - s.start for s in shift.segments if s.activity not in RELIEF)


def answering(shift: Shift, segment: Segment) -> bool:
    """Whether a stretch of a shift answers contacts."""
    return segment.activity == "duty" and (segment.kind or shift.kind) == "work"


def paid_minutes(shift: Shift) -> int:
    """Paid time of a shift."""
    return sum(segment.end - segment.start for segment in shift.segments if segment.paid)


def candidates(given: Sequence[Shift], queues: Sequence[Queue], serves: str) -> tuple[Shift, ...]:
    """New shifts beside the given ones, `given` being those that mainly answer; in order of start.

    Each is built like a given shift by day: the same work in the same order around the same pause. It starts on a grid
    of STEP_MINUTES from the first to the last minute that a queue is open or a given shift lasts, is as long as
    shifts of that build, and nobody works longer or shorter without a pause than there.
    """
    days = [shift for shift in given if _by_day(shift)]
    if not days:
        return ()
    opens = min(*(w.start for q in queues for w in q.windows), *(s.segments[0].start for s in days))
    closes = max(*(w.end for q in queues for w in q.windows), *(s.segments[-1].end for s in days))
    window = max(opens, MORNING), min(closes, NIGHT)
    built = {_key(made): made for build, worked in _builds(days).items() for made in _placed(build, worked, window)}
    known = {_key(shift.segments) for shift in given}
    common = _Common.of(given, serves, queues)
    return tuple(common.shift(made) for key, made in sorted(built.items()) if key not in known)


@dataclass(frozen=True)
class _Piece:
    """Work without its place in the day; 0 minutes where the length varies."""

    minutes: int
    activity: str
    paid: bool
    post: str
    kind: str

    @classmethod
    def of(cls, segment: Segment) -> "_Piece":
        return cls(segment.end - segment.start, segment.activity, segment.paid, segment.post or "", segment.kind or "")

    def at(self, start: int, end: int) -> Segment:
        return Segment.model_validate({
            "start": start, "end": end, "activity": self.activity, "paid": self.paid,
            "post": self.post or None, "kind": self.kind or None,
        })  # fmt: skip


@dataclass(frozen=True)
class _Build:
    """What a shift is made of: its work in order and its pause, None where it has none."""

    work: tuple[_Piece, ...]
    pause: _Piece | None


def _by_day(shift: Shift) -> bool:
    return shift.segments[0].start >= MORNING and shift.segments[-1].end <= NIGHT


def _builds(shifts: Iterable[Shift]) -> dict[_Build, list[tuple[int, int]]]:
    """Minutes of work before and after the pause, by build; shifts with several pauses are built like no other."""
    found: dict[_Build, list[tuple[int, int]]] = defaultdict(list)
    for shift in shifts:
        pauses = list(_pauses(shift))
        work = _merged([_Piece.of(s) for s in shift.segments if s.activity not in RELIEF])
        if len(pauses) > 1 or not work:
            continue
        total = sum(piece.minutes for piece in work)
        first = shift.segments[0].start
        longest = max(range(len(work)), key=lambda at: work[at].minutes)
        loose = tuple(replace(piece, minutes=0) if at == longest else piece for at, piece in enumerate(work))
        before = pauses[0][0] - first if pauses else total
        found[_Build(loose, pauses[0][1] if pauses else None)].append((before, total - before))
    return found


def _pauses(shift: Shift) -> Iterator[tuple[int, _Piece]]:
    """Start and nature of the meals, breaks and gaps of a shift."""
    yield from ((s.start, _Piece.of(s)) for s in shift.segments if s.activity in RELIEF)
    for earlier, later in pairwise(shift.segments):
        if earlier.end < later.start:
            yield earlier.end, _Piece(later.start - earlier.end, "", paid=False, post="", kind="")


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbours of one nature as one piece."""
    merged: list[_Piece] = []
    for piece in pieces:
        if merged and replace(merged[-1], minutes=0) == replace(piece, minutes=0):
            merged[-1] = replace(piece, minutes=merged[-1].minutes + piece.minutes)
        else:
            merged.append(piece)
    return merged


def _placed(build: _Build, worked: list[tuple[int, int]], window: tuple[int, int]) -> Iterator[tuple[Segment, ...]]:
    """Every place of such a shift in the window of the day."""
    totals = [before + after for before, after in worked]
    stretches = [minutes for pair in worked for minutes in pair if minutes]
    pause = build.pause.minutes if build.pause else 0
    for total in range(min(totals), max(totals) + 1, STEP_MINUTES):
        least = max(min(stretches), total - max(stretches))
        befores = range(least, total - least + 1, STEP_MINUTES) if pause else (total,)
        for start in range(window[0], window[1] - total - pause + 1, STEP_MINUTES):
            for before in befores:
                yield tuple(_laid(build, total, start, before))


def _laid(build: _Build, total: int, start: int, before: int) -> Iterator[Segment]:
    """The build in its place: `total` minutes of work from `start`, the pause after `before` of them."""
    loose = total - sum(piece.minutes for piece in build.work)
    clock_now, done = start, 0
    for piece in build.work:
        left = piece.minutes or loose
        if build.pause and done <= before < done + left:
            if before > done:
                yield piece.at(clock_now, clock_now + before - done)
            clock_now, left, done = clock_now + before - done, left - (before - done), before
            if build.pause.activity:
                yield build.pause.at(clock_now, clock_now + build.pause.minutes)
            clock_now += build.pause.minutes
        yield piece.at(clock_now, clock_now + left)
        clock_now, done = clock_now + left, done + left


def _key(segments: Sequence[Segment]) -> tuple[tuple[int, int, str, bool, str, str], ...]:
    return tuple((s.start, s.end, s.activity, s.paid, s.post or "", s.kind or "") for s in segments)


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
