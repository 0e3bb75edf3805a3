"""A year of Pingxiang planned month by month: `python -m benchmarks.pingxiang_year [--months 12] [--time-limit 200]`.

Protocol: each calendar month is planned from the sample scenario with the rows of the months before it as history,
nothing else running. Printed for each month: status, hard breaches, gap of the service level, seconds. At the end, for
nights, weekends and statutory holidays: the greatest distance of an agent's count from the availability-weighted share.
Counts are taken here from the rows alone. Night: work that touches 22:00-6:00. Weekend: work that starts on a Saturday
or Sunday. Availability: days employed and not on approved leave, and for people whom law keeps from nights none.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import as_file, files

from planning.plan import Plan, plan
from planning.summary import summary
from roster.calendar import Calendar
from roster.loading.scenario import Scenario, load_scenario
from roster.people import Person
from roster.roster import Stretch

YEAR = 2026
HOME = ("hotline", "agent")


def months(count: int) -> Iterator[tuple[date, int]]:
    """First day and length of each month."""
    for month in range(1, count + 1):
        first = date(YEAR, month, 1)
        yield first, ((first + timedelta(days=31)).replace(day=1) - first).days


def at_night(row: Stretch) -> bool:
    """Whether the row touches 22:00-6:00."""
    midnight = row.start.replace(hour=0, minute=0)
    return row.start < midnight + timedelta(hours=6) or row.end > midnight + timedelta(hours=22)


def marks() -> dict[str, Callable[[Stretch], bool]]:
    """The burdens, by name."""
    calendar = Calendar(())
    return {
        "night": at_night,
        "weekend": lambda row: row.date.weekday() >= 5,
        "statutory": lambda row: calendar.is_statutory(row.date),
    }


def availability(scenario: Scenario, person: Person, burden: str, until: date) -> int:
    """Days of the year so far on which the person could have the burden."""
    if person.labour_flags and burden == "night":
        return 0
    leave = [entry for entry in scenario.leave if entry.staff_id == person.staff_id and entry.approved]
    days = (date(YEAR, 1, 1) + timedelta(days=k) for k in range((until - date(YEAR, 1, 1)).days + 1))
    away = {day for entry in leave for day in _days(entry.start.date(), entry.end.date())}
    return sum(person.employed_on(day) and day not in away for day in days)


def _days(first: date, after: date) -> Iterator[date]:
    for k in range(max((after - first).days, 1)):
        yield first + timedelta(days=k)


def spread(scenario: Scenario, rows: tuple[Stretch, ...], until: date) -> Iterator[str]:
    """One line a burden: total, least and greatest count, and the greatest distance from the share."""
    group = [person for person in scenario.people if person.home == HOME and not person.reserve]
    for name, holds in marks().items():
        counts = {
            person.staff_id: len(
                {row.date for row in rows if row.staff_id == person.staff_id and row.works and holds(row)}
            )
            for person in group
        }
        free = {person.staff_id: availability(scenario, person, name, until) for person in group}
        total, room = sum(counts.values()), sum(free.values())
        off = {who: counts[who] - total * free[who] / room for who in counts}
        worst = max(off, key=lambda who: abs(off[who]))
        yield (
            f"{name:<10} total {total:>5}  {min(counts.values())}..{max(counts.values())}  "
            f"farthest from the share: {worst} by {off[worst]:+.2f}"
        )


def line(made: Plan, seconds: float) -> str:
    """A month in one line."""
    levels = summary(made)["levels"]
    assert isinstance(levels, list)
    gaps = "  ".join(f"{level['name']} {level['objective']:g} ({level['gap']:.1%})" for level in levels[1:])
    return f"{made.outcome.status:<9} hard breaches {made.hard_breaches}  {seconds:6.1f} s  {gaps}"


def main() -> None:
    """Plans the year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--time-limit", type=float, default=200)
    given = parser.parse_args()
    with as_file(files("sample_data").joinpath("pingxiang-12345")) as folder:
        scenario = load_scenario(folder)
    rows: tuple[Stretch, ...] = ()
    begun = time.monotonic()
    for first, days in months(given.months):
        started = time.monotonic()
        made = plan(replace(scenario, previous=rows), first, days, time_limit=given.time_limit)
        print(f"{first:%Y-%m} {line(made, time.monotonic() - started)}", flush=True)
        for judgement in made.judgements:
            for breach in judgement.breaches if judgement.hard else ():
                print(f"    {judgement.clause.id} {breach.day} {breach.staff_ids} {breach.found} of {breach.limit}")
        if made.roster is None:
            return
        rows = (*rows, *made.roster.rows)
        for text in spread(scenario, rows, first + timedelta(days=days - 1)):
            print("   ", text, flush=True)
    print(f"in all {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
