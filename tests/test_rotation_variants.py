"""The variants of the generated rosters beside a peer: what a peer is given, and how a program is judged."""

import sys

import pytest

from benchmarks import roster_a, roster_f
from benchmarks.plain_model import solved
from benchmarks.rotation import SHIFTS, Size, denied, duties_of, hard_faults, problem
from benchmarks.rotation_case import case_a, case_f, read, save
from benchmarks.rotation_variants import Drawn, measured
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


@pytest.mark.parametrize("drawn", [A, F], ids=["enough", "fair"])
def test_the_plain_model_states_the_same_problem(drawn):
    """Both prove, and their rosters cost the same by the scorer, which knows neither."""
    size = drawn.roster.drawn(WEEK, 2)
    _, _, theirs = solved(drawn.case(size), AMPLE_S, 1, 1)
    outcome = solve_recorded(build(problem(size, drawn.roster.made(size))), Settings(AMPLE_S))
    assert outcome.status == "OPTIMAL"
    ours = duties_of(outcome)
    assert hard_faults(size, ours) == hard_faults(size, theirs) == 0
    costs = [drawn.roster.score(size, duties) + denied(size, duties) for duties in (ours, theirs)]
    assert costs[0] == costs[1] > 0


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
    with pytest.raises(RuntimeError, match="nothing"):
        measured(drawn, size, [sys.executable, "-c", "pass"], AMPLE_S, out)
