"""The variants of the generated rosters beside a peer: what a peer is given, and how a program is judged."""

import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks import roster_a, roster_f
from benchmarks.plain_model import solved
from benchmarks.rotation import SHIFTS, START, Size, denied, duties_of, hard_faults, problem
from benchmarks.rotation_case import case_a, case_f, read, save
from benchmarks.rotation_variants import Drawn, measured
from roster.people import Request
from solver.build import build
from solver.levels import Settings
from solver.solving import solve_recorded
from tests.conftest import AMPLE_S

WEEK = Size(12, 7, {"M": 4, "A": 3, "N": 1})
A, F = Drawn("a", roster_a, WEEK, case_a), Drawn("f", roster_f, WEEK, case_f)


@pytest.mark.parametrize("drawn", [A, F], ids=["enough", "fair"])
def test_a_case_is_read_as_it_was_written(drawn, tmp_path):
    case = drawn.case(drawn.roster.drawn(WEEK, 3))
    save(case, tmp_path / "case.json")
    assert read(tmp_path / "case.json") == case
    assert case != drawn.case(drawn.roster.drawn(WEEK, 4))


def asked(who, kind, weight, days, shift=""):
    """A person's wishes on some days after the first."""
    return [
        Request(staff_id=str(who), date=START + timedelta(days=day), kind=kind, weight=weight, shift=shift)
        for day in days
    ]


KEEN = replace(WEEK, wishes=(*asked(3, "on", 9, range(7)), *asked(5, "off", 9, range(7)), *asked(7, "on", 1, range(2))))
"""One who wants to work seven days in a row, one who wants no day of those that everybody should have."""
PARTS = replace(WEEK, parts=(1.0,) * 9 + (0.1,) * 3, carried={"weekend-days": (3,) * 6 + (0,) * 6})
"""Some should have more days than a week allows, some few; half have had their weekends."""


@pytest.mark.parametrize(
    ("drawn", "size"),
    [(A, A.roster.drawn(WEEK, 2)), (A, KEEN), (F, F.roster.drawn(WEEK, 2)), (F, PARTS)],
    ids=["enough", "keen", "fair", "parts"],
)
def test_the_plain_model_states_the_same_problem(drawn, size):
    """Both prove, and their rosters cost the same by the scorer, which knows neither."""
    objective, bound, theirs = solved(drawn.case(size), AMPLE_S, 1, 1)
    outcome = solve_recorded(build(problem(size, drawn.roster.made(size))), Settings(AMPLE_S))
    assert outcome.status == "OPTIMAL"
    ours = duties_of(outcome)
    assert hard_faults(size, ours) == hard_faults(size, theirs) == 0
    costs = [(drawn.roster.score(size, duties), denied(size, duties)) for duties in (ours, theirs)]
    assert costs[0] == costs[1] > (0, 0)
    score, wishes = costs[1]
    outweigh = (1 + sum(wish.weight for wish in size.wishes)) / roster_a.POINTS if drawn is A else 1
    assert objective == bound == score * outweigh + wishes


def program(said: str, rows: str) -> list[str]:
    """A program that writes these rows to the file named last and says so much."""
    code = f"import sys; open(sys.argv[-1], 'w').write('employee,day,shift\\n{rows}'); print({said!r})"
    return [sys.executable, "-c", code]


def test_a_program_is_judged_by_the_roster_it_wrote(tmp_path):
    size = Size(3, 1, dict.fromkeys(SHIFTS, 1))
    drawn, out = Drawn("a", roster_a, size, case_a), tmp_path / "out.csv"
    legal = measured(drawn, size, program("777 0 1.5", "0,0,M\\n1,0,A\\n2,0,N\\n"), AMPLE_S, out)
    assert (legal.cost, legal.bound, legal.seconds, legal.proven) == (0, "0", 1.5, True)
    short = measured(drawn, size, program("0 0 1.5", "0,0,M\\n1,0,A\\n"), AMPLE_S, out)
    assert (short.cost, short.proven) == (None, False)
    poor = measured(drawn, size, program("0 -1 1.5", "0,0,M\\n1,0,A\\n2,0,N\\n"), AMPLE_S, out)
    assert (poor.cost, poor.proven) == (0, False)
    silent = measured(drawn, size, [sys.executable, "-c", "print('0 0 1.5')"], AMPLE_S, out)
    assert silent.cost is None, "the roster of the program before it"
    with pytest.raises(RuntimeError, match="nothing"):
        measured(drawn, size, [sys.executable, "-c", "pass"], AMPLE_S, out)
