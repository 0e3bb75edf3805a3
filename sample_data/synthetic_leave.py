"""The approval process behind the synthetic leave.csv: a contractor who can just cope.

- Annual, personal and marriage leave is approved only while, on each workday of the State Council calendar,
  every absent enrolled person whom the role cannot spare has a distinct reserve person who serves the same team
  and role, the extra needs of a season have theirs, `spare` reserve people are left over for sickness, and no
  more than a third of a role (at least one person) is away. Reserve people take leave too.
- Annual leave is planned in full, in one to three blocks, and is wished for around the long holidays and in
  summer. A few wishes that could not be granted stay in the file with `approved` no.
- Sick leave is drawn freely, about three workdays a person, and redrawn where a day would be left uncovered.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from roster.calendar import Calendar
from roster.people import Person
from sample_data.spec import LeavePolicy, Post


@dataclass(frozen=True)
class Absence:
    """One row of leave.csv: local dates, the end included."""

    staff_id: str
    start: date
    end: date
    kind: str
    approved: bool


def entitlement(seniority_years: float) -> int:
    """Workdays of annual leave: 5, 10, 15 from 1, 10, 20 years of service, 0 before.

    Source: 职工带薪年休假条例 (State Council order 514) art. 3.
    """
    return 5 * sum(seniority_years >= years for years in (1, 10, 20))


def all_covered(needs: Sequence[Post], reserve: Sequence[Person]) -> bool:
    """Whether each need gets a reserve person of its own who serves it: a matching by augmenting paths."""
    taken: dict[int, int] = {}

    def place(need: int, seen: set[int]) -> bool:
        for k, person in enumerate(reserve):
            if k not in seen and person.serves(*needs[need]):
                seen.add(k)
                if k not in taken or place(taken[k], seen):
                    taken[k] = need
                    return True
        return False

    return all(place(need, set()) for need in range(len(needs)))


class Approval:
    """Who is away on which workday of the year, and whether one more absence can be coped with."""

    def __init__(self, people: Sequence[Person], year: int, policy: LeavePolicy) -> None:
        self.policy = policy
        self.people = {person.staff_id: person for person in people}
        self.workdays = Calendar().workdays(date(year, 1, 1), date(year + 1, 1, 1))
        self.away: dict[date, list[str]] = {day: [] for day in self.workdays}

    def is_free(self, person: Person, days: Sequence[date]) -> bool:
        """Whether the person has no leave yet on any of the days."""
        return all(person.staff_id not in self.away[day] for day in days)

    def copes(self, person: Person, days: Sequence[date], *, spare: int) -> bool:
        """Whether each of the days stays covered without the person, with `spare` reserve people over."""
        return all(self._covers(day, [*self.away[day], person.staff_id], spare) for day in days)

    def leaves_team(self, person: Person, days: Sequence[date]) -> bool:
        """Whether no more than a third of the person's role, at least one person, is away on each day."""
        peers = {other.staff_id for other in self.people.values() if _group(other) == _group(person)}
        most = max(1, len(peers) // 3)
        return all(len(peers.intersection(self.away[day])) < most for day in days)

    def book(self, person: Person, days: Sequence[date]) -> None:
        """Enters the absence."""
        for day in days:
            self.away[day].append(person.staff_id)

    def _covers(self, day: date, away: Sequence[str], spare: int) -> bool:
        reserve = [p for p in self.people.values() if p.reserve and p.staff_id not in away]
        missed = Counter(self.people[who].home for who in away if not self.people[who].reserve)
        missed.subtract(self.policy.may_miss)
        needs = list(missed.elements())
        needs += [x.post for x in self.policy.extra if x.first <= day <= x.last for _ in range(x.people)]
        return len(needs) + spare <= len(reserve) and all_covered(needs, reserve)


def _group(person: Person) -> Post:
    return ("reserve", "") if person.reserve else person.home


def popularity(workdays: Sequence[date]) -> list[int]:
    """How much each workday is wished for.

    8 within four workdays of five or more days off, 4 of three or four days off, 3 in summer, else 1.
    """
    gaps = [(later - earlier).days - 1 for earlier, later in pairwise(workdays)]
    wish = [3 if day.month in (7, 8) else 1 for day in workdays]
    for k, gap in enumerate(gaps):
        for near in range(max(0, k - 3), min(len(wish), k + 5)):
            wish[near] = max(wish[near], 8 if gap >= 5 else 4 if gap >= 3 else 1)
    return wish


def plan_leave(rng: Random, people: Sequence[Person], year: int, policy: LeavePolicy) -> list[Absence]:
    """Everybody's leave of the year, by person and date. The approval process is that of the module."""
    desk = Approval(people, year, policy)
    wish = popularity(desk.workdays)
    rows: list[Absence] = []
    for person in rng.sample(people, len(people)):
        for length in _blocks(rng, entitlement(person.seniority_years)):
            rows += _ask(rng, desk, wish, person, length, "annual")
    newlyweds = [person for person in people if 2 <= person.seniority_years <= 8]
    for person in rng.sample(newlyweds, min(1, len(newlyweds))):
        rows += _ask(rng, desk, [1] * len(wish), person, 7, "marriage")
    for person in rng.sample(people, len(people) // 2):
        rows += _ask(rng, desk, [1] * len(wish), person, 1, "personal")
    rows += [row for person in people for row in _fall_ill(rng, desk, person)]
    return sorted(_without_stale_refusals(rows), key=lambda row: (row.staff_id, row.start))


def _blocks(rng: Random, days: int) -> list[int]:
    """The entitlement cut into one to three blocks, the longest ones first."""
    if not days:
        return []
    cuts = sorted(rng.sample(range(2, days), rng.choice((0, 1, 1, 2)) if days > 3 else 0))
    return sorted((b - a for a, b in zip([0, *cuts], [*cuts, days], strict=True)), reverse=True)


def _ask(rng: Random, desk: Approval, wish: Sequence[int], person: Person, length: int, kind: str) -> Iterator[Absence]:
    """Asks for `length` workdays in a row until granted: yields the refusals, then the absence booked."""
    starts = range(len(wish) - length + 1)
    weights = [sum(wish[k : k + length]) ** 2 for k in starts]
    # the weighted wishes first; then every date of the year in turn, so that the right is never lost
    for k in [*rng.choices(starts, weights=weights, k=30), *rng.sample(starts, len(starts))]:
        days = desk.workdays[k : k + length]
        if not desk.is_free(person, days):
            continue
        granted = desk.copes(person, days, spare=desk.policy.spare) and desk.leaves_team(person, days)
        yield Absence(person.staff_id, days[0], days[-1], kind, granted)
        if granted:
            desk.book(person, days)
            return
    raise ValueError(f"no {length} workdays of {kind} leave for {person.staff_id} can be covered; try another seed")


def _fall_ill(rng: Random, desk: Approval, person: Person) -> Iterator[Absence]:
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 3))):
        length = rng.choice((1, 1, 2, 2, 3))
        for k in rng.sample(range(len(desk.workdays) - length + 1), 60):
            days = desk.workdays[k : k + length]
            across_holiday = (days[-1] - days[0]).days > length + 1
            if not across_holiday and desk.is_free(person, days) and desk.copes(person, days, spare=0):
                desk.book(person, days)
                yield Absence(person.staff_id, days[0], days[-1], "sick", approved=True)
                break


def _without_stale_refusals(rows: Sequence[Absence], *, keep: int = 6) -> list[Absence]:
    """The granted rows and at most `keep` refusals, one a person, none on dates granted after all."""
    granted = [row for row in rows if row.approved]
    refused: dict[str, Absence] = {}
    for row in rows:
        clear = all(r.staff_id != row.staff_id or r.end < row.start or row.end < r.start for r in granted)
        if not row.approved and clear and len(refused) < keep:
            refused.setdefault(row.staff_id, row)
    return granted + list(refused.values())
