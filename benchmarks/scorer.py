"""Judges a roster of a staff rostering instance: `python -m benchmarks.scorer INSTANCE.txt SOLUTION.csv`.

Reads the instance's text and the roster's rows by itself; it shares no code with the solver, the product's rules or the
reader beside it. Prints the cost and every broken rule; exit code 1 where one is broken.
"""

import csv
import sys
from pathlib import Path


def lines(text: str, section: str) -> list[list[str]]:
    """The fields of the lines of one section."""
    after = text.split(section + "\n", 1)[1] if section + "\n" in text else ""
    rows = []
    for line in after.split("\n"):
        if line.startswith("SECTION_"):
            break
        if line.strip() and line[0] != "#":
            rows.append(line.strip().split(","))
    return rows


def judge(text: str, given: dict[tuple[str, int], str]) -> tuple[int, list[str]]:
    """The cost of a roster {(employee, day): shift}, and what it breaks."""
    text = text.replace("\r", "")
    horizon = int(lines(text, "SECTION_HORIZON")[0][0])
    minutes = {row[0]: int(row[1]) for row in lines(text, "SECTION_SHIFTS")}
    barred = {row[0]: set(row[2].split("|")) if len(row) > 2 else set() for row in lines(text, "SECTION_SHIFTS")}
    off = {row[0]: {int(day) for day in row[1:]} for row in lines(text, "SECTION_DAYS_OFF")}
    staff = lines(text, "SECTION_STAFF")
    broken = [f"{who} is nobody" for who in {who for who, _ in given} - {row[0] for row in staff}]
    for row in staff:
        plan = [given.get((row[0], day), "") for day in range(horizon)]
        for fault in faults(row, plan, minutes, barred, off.get(row[0], set())):
            broken.append(f"{row[0]}: {fault}")
    return cost(text, given), broken


def faults(
    row: list[str], plan: list[str], minutes: dict[str, int], barred: dict[str, set[str]], off: set[int]
) -> list[str]:
    """The rules that one person's days break."""
    _, most_of, most, least, run, short, rest, weekends = row
    found = [f"day {day} is off" for day in off if plan[day]]
    for entry in most_of.split("|"):
        shift, times = entry.split("=")
        if plan.count(shift) > int(times):
            found.append(f"{plan.count(shift)} x {shift} > {times}")
    total = sum(minutes[shift] for shift in plan if shift)
    if not int(least) <= total <= int(most):
        found.append(f"{total} minutes not in {least}..{most}")
    for day in range(1, len(plan)):
        if plan[day] and plan[day - 1] and plan[day] in barred[plan[day - 1]]:
            found.append(f"{plan[day]} after {plan[day - 1]} on day {day}")
    begin = 0
    for day in range(1, len(plan) + 1):
        if day < len(plan) and bool(plan[day]) == bool(plan[begin]):
            continue
        length, inside = day - begin, begin > 0 and day < len(plan)
        if plan[begin] and length > int(run):
            found.append(f"{length} days in a row from day {begin}")
        if plan[begin] and inside and length < int(short):
            found.append(f"only {length} days in a row from day {begin}")
        if not plan[begin] and inside and length < int(rest):
            found.append(f"only {length} days off from day {begin}")
        begin = day
    worked = sum(bool(plan[k] or plan[k + 1 : k + 2] not in ([], [""])) for k in range(5, len(plan), 7))
    if worked > int(weekends):
        found.append(f"{worked} weekends > {weekends}")
    return found


def cost(text: str, given: dict[tuple[str, int], str]) -> int:
    """Wishes not granted, and people short or too many."""
    total = 0
    for who, day, shift, weight in lines(text, "SECTION_SHIFT_ON_REQUESTS"):
        total += int(weight) * (given.get((who, int(day))) != shift)
    for who, day, shift, weight in lines(text, "SECTION_SHIFT_OFF_REQUESTS"):
        total += int(weight) * (given.get((who, int(day))) == shift)
    for day, shift, wanted, under, over in lines(text, "SECTION_COVER"):
        here = sum(1 for (_, when), what in given.items() if when == int(day) and what == shift)
        total += max(int(wanted) - here, 0) * int(under) + max(here - int(wanted), 0) * int(over)
    return total


def read_roster(path: Path) -> tuple[dict[tuple[str, int], str], list[str]]:
    """The rows of a solution file, and the days on which somebody has two shifts."""
    given: dict[tuple[str, int], str] = {}
    twice = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["employee"], int(row["day"]))
            if key in given:
                twice.append(f"{key[0]}: two shifts on day {key[1]}")
            given[key] = row["shift"]
    return given, twice


def main(arguments: list[str]) -> int:
    """Prints the cost and what is broken."""
    instance, solution = map(Path, arguments)
    given, twice = read_roster(solution)
    value, broken = judge(instance.read_text(encoding="utf-8"), given)
    print(value, "legal" if not broken + twice else "ILLEGAL")
    for fault in (*twice, *broken):
        print(fault)
    return 1 if broken or twice else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
