"""Whatever happens to the solver process, the outcome is clear and the best roster is kept. Real processes all."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable

import pytest

from planning import solving
from planning.solving import SolverError, SolverProcess, solve_in_child
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.rules.one_duty_a_day import OneDutyADay
from roster.rules.periodic_work import PeriodicWork
from roster.scorecard import scorecard
from solver.explain_world import changed
from solver.messages import Done, Incumbent, Progress, Task
from solver.outcome import LevelResult
from tests.conftest import AMPLE_S
from tests.test_worker import asked, hard_problem, talk

TASK = Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=3)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """What a healthy worker says of the small problem, line by line."""
    return [reply.model_dump_json() for reply in talk(TASK)]


@pytest.fixture
def stand_in(monkeypatch, tmp_path):
    """Puts a program in the worker's place: it says some lines and then does what it is told in Python."""

    def put(said: list[str], then: str) -> None:
        program = tmp_path / "worker.py"
        program.write_text(
            f"import os, sys, time\nsys.stdin.readline()\nsys.stdout.write({chr(10).join(said)!r})\n"
            f"sys.stdout.flush()\n{then}\n", encoding="utf-8",
        )  # fmt: skip
        monkeypatch.setattr(SolverProcess, "command", (sys.executable, str(program)))

    return put


def until_rosters(lines: list[str]) -> list[str]:
    """The lines up to the first roster."""
    first = next(k for k, line in enumerate(lines) if '"incumbent"' in line)
    return lines[: first + 1]


def test_a_worker_that_dies_within_a_line_loses_no_roster(stand_in, lines):
    """A crash while a better roster is written leaves half a line behind."""
    half = [*until_rosters(lines), lines[-1][: len(lines[-1]) // 2]]
    stand_in(half, "os.kill(os.getpid(), 11)")
    outcome = solve_in_child(TASK.problem, time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.status == "FEASIBLE"
    assert outcome.rows == Incumbent.model_validate_json(half[-2]).rows
    assert outcome.notes


def test_a_refusal_after_a_roster_loses_no_roster(stand_in, lines):
    stand_in([*until_rosters(lines), '{"event":"failed","reason":"MemoryError: "}', ""], "")
    outcome = solve_in_child(TASK.problem, time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.rows
    assert outcome.notes


def test_what_libraries_print_is_passed_over(stand_in, lines):
    stand_in(["WARNING: all is well", "", *lines, ""], "")
    outcome = solve_in_child(TASK.problem, time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.rows == Done.model_validate_json(lines[-1]).outcome.rows
    assert outcome.status == "OPTIMAL"


def test_a_worker_that_does_not_stop_is_ended_and_its_roster_kept(stand_in, lines, monkeypatch):
    monkeypatch.setattr(solving, "STOP_GRACE_S", 0.3)
    progress = next(line for line in lines if '"progress"' in line)
    stand_in([*until_rosters(lines), progress, ""], f"time.sleep(120)\nprint({lines[-1]!r})")
    process = SolverProcess()
    outcome = solve_in_child(
        TASK.problem, time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=lambda _: process.stop()
    )
    assert outcome.rows
    assert outcome.status == "FEASIBLE", "it was not waited for: its last word would have been a proof"


def test_a_worker_that_only_dies_is_said_in_words(stand_in):
    stand_in([], "os.abort()")
    with pytest.raises(SolverError, match="died twice"):
        solve_in_child(TASK.problem, time_limit=AMPLE_S, workers=1, seed=1)


@pytest.mark.parametrize("blow", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_of_the_real_solver_loses_no_roster(blow):
    process = SolverProcess()

    def strike(_: object) -> None:
        if process.best is not None:
            os.kill(process._process.pid, blow)

    outcome = solve_in_child(hard_problem(), time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=strike)
    assert outcome.status == "FEASIBLE"
    assert outcome.rows
    assert outcome.notes


def with_quality(problem: Problem) -> Problem:
    """An hour of quality work is owed each week, inside some duty."""
    work = PeriodicWork(
        clauses=("T-1",), what={"zh": "质检", "en": "quality"}, who=("desk/agent",), activity="quality", minutes=60,
        period="week",
    )  # fmt: skip
    rules = (*problem.contract.rules, work)
    return changed(problem, contract=problem.contract.model_copy(update={"rules": rules}))


def quality(rows: Iterable[Stretch]) -> int:
    return sum(row.minutes for row in rows if row.activity == "quality")


def test_duties_that_a_dead_solver_left_have_their_work_inside(monkeypatch):
    monkeypatch.setattr(solving, "FINISHING_S", AMPLE_S)
    problem, process, heard = with_quality(hard_problem()), SolverProcess(), []

    def strike(_: object) -> None:
        if process.best is not None and not heard:
            heard.append(quality(process.best.rows))
            os.kill(process._process.pid, signal.SIGKILL)

    outcome = solve_in_child(problem, time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=strike)
    assert heard == [0]
    assert quality(outcome.rows) == 4 * 60
    assert outcome.status == "FEASIBLE"
    assert outcome.notes
    assert outcome.first_roster_s is not None
    points = scorecard(Roster(problem, outcome.rows))
    assert [result.objective for result in outcome.levels] == [points[result.level] for result in outcome.levels]


def test_duties_are_kept_where_their_work_cannot_be_placed(stand_in, lines):
    """Whatever is started dies."""
    stand_in(until_rosters(lines), "os.abort()")
    outcome = solve_in_child(with_quality(TASK.problem), time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.rows == Incumbent.model_validate_json(until_rosters(lines)[-1]).rows


def test_the_bound_of_duties_does_not_rise_by_work_left_out(stand_in, lines):
    """Both levels stand at their bounds without the work; with it three fifths of an hour are owed: a gap."""
    proven = [Progress(result=LevelResult(level, 0, 0), seconds=1.0).model_dump_json() for level in (2, 4)]
    stand_in([*until_rosters(lines), *proven, ""], "os.abort()")
    outcome = solve_in_child(with_quality(TASK.problem), time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.levels[0] == LevelResult(2, 36, 0)
    assert [result.level for result in outcome.levels] == [2, 4]


def test_what_is_left_behind_is_measured_and_keeps_only_the_bounds_that_hold(stand_in, lines):
    """The last words are of a roster that was not handed over: better in the contract, which its fairness is due to."""
    first = Incumbent.model_validate_json(until_rosters(lines)[-1])
    told = [Progress(result=LevelResult(level, -90, -100), seconds=1.0).model_dump_json() for level in (2, 4)]
    stand_in([*until_rosters(lines), *told, ""], "os.abort()")
    outcome = solve_in_child(TASK.problem, time_limit=AMPLE_S, workers=1, seed=1)
    points = scorecard(Roster(TASK.problem, first.rows))
    assert outcome.levels == (LevelResult(2, points[2], -100),)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process are set on Linux alone")
def test_out_of_memory_before_a_roster_is_tried_again_and_after_one_keeps_it():
    starved = SolverProcess()
    starved.wait_until_ready()
    resource.prlimit(starved._process.pid, resource.RLIMIT_AS, (1, 1))
    outcome = solve_in_child(asked(), time_limit=AMPLE_S, workers=1, seed=1, process=starved)
    assert outcome.status == "OPTIMAL"
    later = SolverProcess()

    def starve(_: object) -> None:
        if later.best is not None:
            resource.prlimit(later._process.pid, resource.RLIMIT_AS, (1, 1))

    # annealing asks for no memory: it may go on to the end of its time
    kept = solve_in_child(hard_problem(), time_limit=10, workers=1, seed=1, process=later, on_progress=starve)
    assert kept.rows


def test_a_stop_at_the_first_progress_gives_a_clear_outcome():
    asked = hard_problem()
    rules = (*asked.contract.rules, OneDutyADay(clauses=("T-1",)))
    problem = changed(asked, contract=asked.contract.model_copy(update={"rules": rules}))
    process = SolverProcess()
    outcome = solve_in_child(
        problem, time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=lambda _: process.stop()
    )
    assert outcome.status == "FEASIBLE"
    points = scorecard(Roster(problem, outcome.rows))
    assert {result.level: result.objective for result in outcome.levels} == {k: points[k] for k in range(2, 7)}


def test_more_workers_than_cores_are_told_and_the_roster_is_proven():
    outcome = solve_in_child(asked(), time_limit=AMPLE_S, workers=500, seed=1)
    assert outcome.status == "OPTIMAL"
    assert any(note.startswith("500 workers asked") for note in outcome.notes)


def test_a_worker_whose_parent_is_gone_ends_without_a_word():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(SolverProcess.command, **pipes, text=True, encoding="utf-8") as child:
        child.stdout.readline()
        child.stdout.close()
        child.stdin.write(TASK.model_dump_json(by_alias=True) + "\n")
        child.stdin.flush()
        assert child.wait(AMPLE_S) == 1
        assert child.stderr.read() == ""
