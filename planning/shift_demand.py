"""Which shifts answer when, and what it costs to be short: the question a shift catalogue answers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from planning.shift_candidates import answering, paid_minutes
from roster.base import CONTACT_POINTS
from roster.calendar import DayType
from roster.problem import Problem
from roster.rules.seats import Seats
from roster.rules.service_hours import ServiceHours
from roster.shifts import DAY_MINUTES, RELIEF, Segment, Shift
from solver.shift_question import Ceiling, Cover, Floor, Question, Use

WEEK_MINUTES = 40 * 60
MISSED_MINUTE = CONTACT_POINTS
"""A person missing for a minute below a floor, or beyond a ceiling, weighs as much as one contact."""


@dataclass(frozen=True)
class DayKind:
    """Dates that get the same shifts: one weekday, or one type of special day; `day_type` of ordinary days is ''."""

    weekday: int
    day_type: str
    dates: tuple[date, ...]


def day_kinds(problem: Problem, shifts: Sequence[Shift], floors: Sequence[ServiceHours]) -> tuple[DayKind, ...]:
    """The kinds of day of a horizon: alike in weekday or type, in the shifts that may start and the floors in force."""
    found: dict[tuple[object, ...], list[date]] = defaultdict(list)
    for day in problem.horizon.dates:
        kind = problem.calendar.day_type(day)
        special = "" if kind in (DayType.WORKDAY, DayType.WEEKEND) else str(kind)
        runs = tuple(_runs(problem, shift, day) for shift in shifts)
        asked = tuple(_asked(problem, rule, day) for rule in floors)
        found[special, 0 if special else day.weekday(), runs, asked].append(day)
    kinds = [DayKind(days[0].weekday(), str(key[0]), tuple(days)) for key, days in found.items()]
    return tuple(sorted(kinds, key=lambda kind: (kind.day_type, kind.weekday)))


def floors_of(problem: Problem, team: str, role: str) -> tuple[ServiceHours, ...]:
    """The service hours in force that the role has to hold."""
    rules = (rule for rule in problem.contract.in_force() if isinstance(rule, ServiceHours))
    return tuple(rule for rule in rules if rule.team == team and (not rule.roles or role in rule.roles))


def working_minutes(problem: Problem, team: str, role: str) -> int:
    """What the people of a role may work in the horizon: 40 h for every 7 days employed and not on leave, by FTE."""
    ends = [(day, problem.horizon.at(day, 0), problem.horizon.at(day, DAY_MINUTES)) for day in problem.horizon.dates]
    days = sum(
        person.fte
        for person in problem.people
        if person.home == (team, role) and not person.reserve
        for day, start, end in ends
        if person.employed_on(day) and not problem.on_leave(person.staff_id, start, end)
    )
    return int(days * WEEK_MINUTES / 7)


def question(
    problem: Problem, kinds: Sequence[DayKind], shifts: Sequence[Shift], counted: int, team: str, role: str
) -> Question:
    """The question of a role's catalogue: the first `counted` shifts may be left out, the others stay.

    The horizon is taken to repeat itself: what runs past its last midnight serves its first morning.
    """
    desk = _Desk(problem, tuple(kinds), tuple(shifts))
    return Question(
        paid=tuple(paid_minutes(shift) for shift in shifts),
        counted=frozenset(range(counted)),
        dates=tuple(len(kind.dates) for kind in kinds),
        people=tuple(min(_employed(problem, day, team, role) for day in kind.dates) for kind in kinds),
        uses=frozenset(desk.starts()),
        covers=tuple(desk.covers(team, role)),
        floors=tuple(desk.floors(floors_of(problem, team, role))),
        ceilings=tuple(desk.ceilings(_seats(problem, team))),
    )


def _runs(problem: Problem, shift: Shift, day: date) -> bool:
    inside = (shift.since is None or shift.since <= day) and (shift.until is None or day <= shift.until)
    return inside and problem.matches(shift.days, day)


def _asked(problem: Problem, rule: ServiceHours, day: date) -> bool:
    return (rule.since or day) <= day <= (rule.until or day) and problem.matches(rule.days, day)


def _employed(problem: Problem, day: date, team: str, role: str) -> int:
    there = (p for p in problem.people if p.home == (team, role) and not p.reserve and p.employed_on(day))
    return sum(1 for _ in there)


@dataclass(frozen=True)
class _Desk:
    """Looks up who serves in an interval of a date: shifts of that day and those of the day before."""

    problem: Problem
    kinds: tuple[DayKind, ...]
    shifts: tuple[Shift, ...]

    def starts(self) -> Iterator[Use]:
        for index, shift in enumerate(self.shifts):
            for kind, days in enumerate(self.kinds):
                if _runs(self.problem, shift, days.dates[0]):
                    yield index, kind

    def covers(self, team: str, role: str) -> Iterator[Cover]:
        """Intervals with the same uses, their losses added up."""
        queues = {q.id for q in self.problem.contract.queues if q.team == team and role in q.roles}
        zone, lost = self.problem.horizon.zone, dict[frozenset[Use], list[int]]()
        find = self._finder(lambda shift, segment: answering(shift, segment))
        for curve in self.problem.curves:
            if curve.queue in queues:
                start = curve.start.astimezone(zone)
                begins = start.hour * 60 + start.minute
                uses = find(start.date(), begins, begins + (curve.end - curve.start) // timedelta(minutes=1))
                summed = lost.setdefault(uses, [0] * len(curve.lost))
                lost[uses] = [a + b for a, b in zip(summed, curve.lost, strict=True)]
        return (Cover(uses, tuple(values)) for uses, values in lost.items())

    def floors(self, rules: Sequence[ServiceHours]) -> Iterator[Floor]:
        """What the service hours ask; nothing where no shift can be there."""
        prices: Counter[tuple[frozenset[Use], int]] = Counter()
        for rule in rules:
            find = self._finder(lambda shift, segment, rule=rule: _holds(rule, shift, segment))
            for day in self.problem.horizon.dates:
                for window in rule.windows if _asked(self.problem, rule, day) else ():
                    for start, end in self._moments(window.start, window.end):
                        prices[find(day, start, end), rule.people] += (end - start) * MISSED_MINUTE
        return (Floor(uses, people, price) for (uses, people), price in prices.items() if uses)

    def ceilings(self, rules: Sequence[Seats]) -> Iterator[Ceiling]:
        """What the seats allow."""
        prices: Counter[tuple[frozenset[Use], int]] = Counter()
        for rule in rules:
            find = self._finder(lambda shift, segment, rule=rule: _sits(rule, shift, segment))
            for day in self.problem.horizon.dates:
                for start, end in self._moments(0, DAY_MINUTES):
                    prices[find(day, start, end), rule.people] += (end - start) * MISSED_MINUTE
        return (Ceiling(uses, people, price) for (uses, people), price in prices.items() if uses)

    def _moments(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """[start, end) minutes of a day, cut where a stretch of any shift begins or ends."""
        marks = {
            m + late for s in self.shifts for g in s.segments for m in (g.start, g.end) for late in (0, -DAY_MINUTES)
        }
        return pairwise(sorted({start, end, *(mark for mark in marks if start < mark < end)}))

    def _finder(self, serves: Callable[[Shift, Segment], bool]) -> Callable[[date, int, int], frozenset[Use]]:
        """The uses that serve throughout [start, end) minutes of a date, each pair of days looked up once."""
        spans = [
            [(g.start, g.end) for g in shift.segments if g.activity not in RELIEF and serves(shift, g)]
            for shift in self.shifts
        ]
        known: dict[tuple[int, int, int, int], frozenset[Use]] = {}
        kind_on = {day: kind for kind, days in enumerate(self.kinds) for day in days.dates}
        dates, starts = self.problem.horizon.dates, frozenset(self.starts())

        def find(day: date, start: int, end: int) -> frozenset[Use]:
            before = dates[self.problem.horizon.index(day) - 1]
            key = (kind_on[day], kind_on[before], start, end)
            if key not in known:
                known[key] = frozenset(
                    (index, kind)
                    for kind, later in ((key[0], 0), (key[1], DAY_MINUTES))
                    for index, stretches in enumerate(spans)
                    if (index, kind) in starts
                    and any(first <= start + later and end + later <= last for first, last in stretches)
                )
            return known[key]

        return find


def _seats(problem: Problem, team: str) -> tuple[Seats, ...]:
    """The seats in force that the team shares with nobody else."""
    rules = (rule for rule in problem.contract.in_force() if isinstance(rule, Seats))
    return tuple(rule for rule in rules if rule.teams == (team,))


def _holds(rule: ServiceHours, shift: Shift, segment: Segment) -> bool:
    """Whether a stretch of a shift counts for the service hours."""
    does = answering(shift, segment) if rule.activity == "answering" else _works(shift, segment)
    return does and (not rule.posts or bool(_posts(shift, segment) & set(rule.posts)))


def _sits(rule: Seats, shift: Shift, segment: Segment) -> bool:
    """Whether a stretch of a shift takes a seat wherever it may be held."""
    takes = _works(shift, segment) and segment.activity in rule.activities
    return takes and (not rule.posts or _posts(shift, segment) <= set(rule.posts))


def _works(shift: Shift, segment: Segment) -> bool:
    return (segment.kind or shift.kind) == "work"


def _posts(shift: Shift, segment: Segment) -> set[str]:
    return set(shift.posts) if segment.post is None else {segment.post}
