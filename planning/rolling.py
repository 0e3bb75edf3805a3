"""Spans planned one after the other: each is told the rosters of those before it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from planning.plan import Plan
from roster.errors import Fault, InputError
from roster.loading.scenario import Scenario, load_roster
from roster.roster import Stretch

Span = tuple[date, int]
"""First day and number of days."""


def months_from(first: date, count: int) -> tuple[Span, ...]:
    """So many calendar months, the one that begins on `first` included."""
    begins = [first]
    for _ in range(count):
        begins.append((begins[-1] + timedelta(days=31)).replace(day=1))
    return tuple((begin, (begins[k + 1] - begin).days) for k, begin in enumerate(begins[:-1]))


def rolled(scenario: Scenario, spans: Iterable[Span], make: Callable[[Scenario, date, int], Plan]) -> Iterator[Plan]:
    """Plans span after span; ends after one without a roster."""
    for first, days in spans:
        made = make(scenario, first, days)
        yield made
        if made.roster is None:
            return
        scenario = after(scenario, made.roster.rows)


def after(scenario: Scenario, rows: Sequence[Stretch]) -> Scenario:
    """The scenario with the rows on record; on days that they tell, its own earlier rows give way."""
    told = {row.date for row in rows}
    return replace(scenario, previous=(*(row for row in scenario.previous if row.date not in told), *rows))


def with_earlier(scenario: Scenario, files: Iterable[Path]) -> Scenario:
    """The scenario with the rosters of files on record.

    Raises InputError where one cannot be read, or a day stands in two of them.
    """
    rows: list[Stretch] = []
    places: dict[date, str] = {}
    for file in files:
        found = load_roster(file, scenario)
        for day in sorted({row.date for row in found}):
            if day in places:
                raise InputError([Fault(str(file), str(day), f"{places[day]} has this day too: keep it in one file")])
            places[day] = str(file)
        rows += found
    return after(scenario, rows)
