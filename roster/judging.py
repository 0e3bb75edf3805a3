"""Judges a roster again after an edit: a rule is asked only about the people and days that the edit can concern.

There is no second reading of any rule: the same `check` sees the same roster, narrowed to these people or days, and
what the rule found about the others stays. `Rule.judged_by` says which rules may be asked so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roster.base import Breach, Rule
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.shifts import DaySelector

Findings = tuple[Breach, ...]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Found:
    """What each rule of a problem's contract found in a roster, by the rule's place in the contract."""

    by_rule: Mapping[int, Findings]


@dataclass(frozen=True)
class Part(Roster):
    """The `whole` roster as rules judged by person or day see it, narrowed to some people and days."""

    whole: Roster
    people: frozenset[str]
    dates: frozenset[date]

    def by_person(self) -> Iterator[tuple[Person, list[Stretch]]]:
        """Those people who have a row, with all their rows."""
        return (pair for pair in self.whole.by_person() if pair[0].staff_id in self.people)

    def days(self, selector: DaySelector = "every-day") -> tuple[date, ...]:
        """Those days of the horizon that the selector names."""
        return tuple(day for day in self.whole.days(selector) if day in self.dates)

    def on(self, day: date) -> Sequence[Stretch]:
        """All rows of a day."""
        return self.whole.on(day)

    def serving(self, day: date, team: str) -> Sequence[Stretch]:
        """All rows that serve a team on a day."""
        return self.whole.serving(day, team)

    def main_team(self, staff_id: str, day: date) -> str:
        """The team that a person serves longest on a day."""
        return self.whole.main_team(staff_id, day)


def found_in(roster: Roster) -> Found:
    """What every rule finds."""
    rules = roster.problem.contract.rules
    return Found({at: tuple(rule.check(roster)) for at, rule in enumerate(rules)})


def found_again(earlier: Found, roster: Roster, changed: Collection[Stretch]) -> Found:
    """As `found_in(roster)`; `changed` are the rows that have come or gone since `earlier`."""
    rules = enumerate(roster.problem.contract.rules)
    return Found({at: check_again(rule, earlier.by_rule[at], roster, changed) for at, rule in rules})


def check_again(rule: Rule, before: Findings, roster: Roster, changed: Collection[Stretch]) -> Findings:
    """What the rule finds in the roster, `before` being what it found before the rows `changed` came or went."""
    if not any(map(rule.minds, changed)):
        return before
    if rule.judged_by == "roster":
        return tuple(rule.check(roster))
    part = _part(roster, changed)
    if rule.judged_by == "person":
        kept = [finding for finding in before if part.people.isdisjoint(finding.staff_ids)]
        new = [finding for finding in rule.check(part) if finding.staff_ids]
        return tuple(sorted((*kept, *new), key=lambda finding: finding.staff_ids))
    kept = [finding for finding in before if finding.day not in part.dates]
    return tuple(sorted((*kept, *rule.check(part)), key=lambda finding: finding.day or date.min))


def _part(roster: Roster, changed: Collection[Stretch]) -> Part:
    """The roster for the people of the rows, and for the days that the rows may reach into."""
    people, dates = {row.staff_id for row in changed}, {row.date for row in changed}
    reached = {day + more for day in dates for more in (timedelta(), ONE_DAY)}
    return Part(roster.problem, roster.rows, roster, frozenset(people), frozenset(reached))
