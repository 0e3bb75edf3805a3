"""How long the files of a month take: `python -m benchmarks.exports`.

Protocol: May 2025 of the Shanghai sample (42 people, 31 days) is planned within 40 s of solving; then each export is
made five times in this process and the shortest and the longest time are printed, nothing else running.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from benchmarks.shanghai_weeks import SAMPLE_SEED, scenario
from planning.plan import plan
from roster.compliance import audit
from roster.exports.calendars import calendars
from roster.exports.roster_xlsx import roster_xlsx

REPEATS = 5


def seconds(make: Callable[[], object]) -> str:
    """Shortest and longest time of the repeats."""
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        make()
        taken.append(time.perf_counter() - begun)
    return f"{min(taken):6.2f} {max(taken):6.2f}"


def main() -> None:
    """Prints the table."""
    made = plan(scenario(SAMPLE_SEED), date(2025, 5, 1), 31, time_limit=40)
    roster = made.roster
    assert roster is not None
    now = datetime(2025, 4, 25, 12, tzinfo=UTC)
    first = calendars(roster, published=now, earlier={})
    print(f"{len(made.problem.people)} people, 31 days, {len(roster.rows)} rows; seconds, best and worst of {REPEATS}")
    print("roster.xlsx          ", seconds(lambda: roster_xlsx(roster, made.judgements)))
    print("calendars, first     ", seconds(lambda: calendars(roster, published=now, earlier={})))
    print("calendars, again     ", seconds(lambda: calendars(roster, published=now, earlier=first)))
    print("judging the month    ", seconds(lambda: audit(roster)))


if __name__ == "__main__":
    main()
