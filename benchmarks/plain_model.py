"""A plain CP-SAT model of rosters A and F: `python -m benchmarks.plain_model CASE.json --time-limit 60 --out X.csv`.

The pattern of most open projects, stated as the best of them states it (j3soon/nurse-scheduling, by its source of 2026;
no code in common): a Boolean for each person, day and shift and one for the day off, of which exactly one holds; exact
demand; a forbidden pattern as a sum of at most one less than its length; an indicator both ways for too few shifts;
distances by an absolute value and its product with itself; one weighted sum; CP-SAT as it comes, on all cores unless
said otherwise. Prints `objective bound seconds` of building and solving, as `benchmarks.roster_a` does; shares nothing
with the product but the case.
"""

import argparse
import time
from math import ceil
from pathlib import Path

from ortools.sat.python import cp_model

from benchmarks.rotation import START, Duties, Size, write
from benchmarks.rotation_case import Case, read

FORBIDDEN = {"N": ("M", "A"), "A": ("M",)}
SATURDAY = 5
Shifts = dict[tuple[int, int, str], cp_model.IntVar]


def solved(case: Case, seconds: float, workers: int, seed: int) -> tuple[int | None, int, Duties]:
    """The objective, None without a roster, its bound, and the duties; building counts in the time."""
    begun = time.monotonic()
    cp, solver = cp_model.CpModel(), cp_model.CpSolver()
    x = hard(cp, case.size)
    if case.days_a_week:
        fair_weeks(cp, case.size, x, case.days_a_week)
    cp.minimize(objective(cp, case, x))
    solver.parameters.num_workers, solver.parameters.random_seed = workers, seed
    solver.parameters.max_time_in_seconds = max(seconds - (time.monotonic() - begun), 0.1)
    found = solver.solve(cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = ceil(solver.best_objective_bound - 1e-6) if found else 0
    if not found:
        return None, bound, {}
    return round(solver.objective_value), bound, {(p, d): s for (p, d, s), v in x.items() if s and solver.value(v)}


def hard(cp: cp_model.CpModel, size: Size) -> Shifts:
    """The shared rules. Returns a Boolean by (person, day, shift), the day off being the shift ''."""
    people, days = range(size.agents), range(size.days)
    x = {(p, d, s): cp.new_bool_var("") for p in people for d in days for s in (*size.demand, "")}
    for d in days:
        for s, wanted in size.demand.items():
            cp.add(sum(x[p, d, s] for p in people) == wanted)
        for p in people:
            cp.add_exactly_one(x[p, d, s] for s in (*size.demand, ""))
            if d + 1 < size.days:
                for before, after in FORBIDDEN.items():
                    cp.add(x[p, d, before] + sum(x[p, d + 1, s] for s in after) <= 1)
            if d + 7 <= size.days:
                cp.add(sum(1 - x[p, d + k, ""] for k in range(7)) <= 6)
    return x


def objective(cp: cp_model.CpModel, case: Case, x: Shifts) -> cp_model.LinearExprT:
    """What the goals cost, one sum: too few shifts outweigh all wishes together."""
    size, cost = case.size, []
    worked = [size.days - sum(x[p, d, ""] for d in range(size.days)) for p in range(size.agents)]
    outweigh = 1 + sum(wish.weight for wish in size.wishes)
    for p in range(size.agents if case.fewest else 0):
        short = cp.new_bool_var("")
        cp.add(worked[p] >= case.fewest).only_enforce_if(~short)
        cp.add(worked[p] < case.fewest).only_enforce_if(short)
        cost.append(outweigh * short)
    for wish in size.wishes:
        p, d = int(wish.staff_id), (wish.date - START).days
        had = 1 - x[p, d, ""] if wish.kind == "on" else x[p, d, wish.shift]
        cost.append(wish.weight * (1 - had))
    for counts, own in case.targets.items():
        for p, target in enumerate(own):
            cost.append(case.weights[counts] * _squared(cp, _count(case.size, x, counts, p) - target, size.days))
    return sum(cost)


def _count(size: Size, x: Shifts, counts: str, p: int) -> cp_model.LinearExprT:
    days = [d for d in range(size.days) if counts != "weekend-days" or d % 7 >= SATURDAY]
    return sum(x[p, d, s] for d in days for s in size.demand if counts != "nights" or s == "N")


def _squared(cp: cp_model.CpModel, off: cp_model.LinearExprT, most: int) -> cp_model.IntVar:
    distance, square = cp.new_int_var(0, most, ""), cp.new_int_var(0, most * most, "")
    cp.add_abs_equality(distance, off)
    cp.add_multiplication_equality(square, distance, distance)
    return square


def fair_weeks(cp: cp_model.CpModel, size: Size, x: Shifts, at_most: int) -> None:
    """At most so many days in each calendar week."""
    for p in range(size.agents):
        for monday in range(0, size.days, 7):
            week = range(monday, min(monday + 7, size.days))
            cp.add(sum(1 - x[p, d, ""] for d in week) <= at_most)


def main() -> None:
    """Reads the case, builds, solves, writes and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--workers", type=int, default=0, help="0: all cores")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    case, begun = read(given.case), time.monotonic()
    cost, bound, duties = solved(case, given.time_limit, given.workers, given.seed)
    seconds = time.monotonic() - begun
    write(duties, given.out)
    print(f"{'-' if cost is None else cost} {bound} {seconds:.2f}")


if __name__ == "__main__":
    main()
