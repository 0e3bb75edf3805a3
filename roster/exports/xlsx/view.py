"""A roster as the sheets look at it: people in groups, their duties by day, words in one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from roster.compliance import Judgement
from roster.exports.catalogue import Language, said, text
from roster.exports.duties import AssignedDuty, duties_of
from roster.exports.names import Names
from roster.exports.xlsx.palette import activity_colours
from roster.people import Person
from roster.roster import Roster
from roster.words import Words

_PLAIN = re.compile("休息日|Day off|调休上班|Make-up workday")
"""How the calendar's names of exchanged days begin."""


@dataclass(frozen=True)
class View:
    """What every sheet is written from."""

    roster: Roster
    judgements: tuple[Judgement, ...]
    language: Language

    @cached_property
    def names(self) -> Names:
        """The contract's names."""
        return Names(self.roster.problem.contract)

    @cached_property
    def groups(self) -> Mapping[str, tuple[Person, ...]]:
        """Those employed in the horizon or with a row in it, by home team; the reserve last in each."""
        problem = self.roster.problem
        rostered = {row.staff_id for row in self.roster.rows}
        days = problem.horizon.dates
        shown = [p for p in problem.people if p.staff_id in rostered or any(map(p.employed_on, days))]
        teams = dict.fromkeys([*(team.id for team in problem.contract.teams), *(person.team for person in shown)])
        ordered = sorted(shown, key=lambda person: person.reserve)
        groups = {team: tuple(person for person in ordered if person.team == team) for team in teams}
        return {team: people for team, people in groups.items() if people}

    @cached_property
    def duties(self) -> Mapping[tuple[str, date], tuple[AssignedDuty, ...]]:
        """The duties of the horizon by person and day, work first."""
        order = ("work", "training", "oncall", "backup", "leave")
        found: dict[tuple[str, date], tuple[AssignedDuty, ...]] = {}
        for duty in sorted(
            duties_of(self.roster.rows, self.roster.problem.horizon.zone),
            key=lambda duty: (order.index(duty.kind), duty.start),
        ):
            key = (duty.staff_id, duty.date)
            found[key] = (*found.get(key, ()), duty)
        return found

    @cached_property
    def activity_colours(self) -> Mapping[str, str]:
        """Colours of the activities of work."""
        return activity_colours(row.activity for row in self.roster.with_history if row.works)

    def word(self, key: str, **values: object) -> str:
        """An entry of the catalogue."""
        return text(key, self.language, **values)

    def say(self, pair: Words) -> str:
        """Words in the language of the view."""
        return said(pair, self.language)

    def shown_name(self, person: Person) -> str:
        """A person's name, marked where it is a reserve."""
        return self.word("roster.reserve", name=person.name) if person.reserve else person.name

    def day_name(self, day: date) -> str:
        """What the day is called on a narrow heading: its name, shorter where the name says no more than its type."""
        calendar = self.roster.problem.calendar
        name, kind = calendar.name(day, self.language), calendar.day_type(day).value
        return self.word(f"day.{kind}") if _PLAIN.match(name) else name
