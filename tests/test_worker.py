"""The solver's child process: answers, progress, stop, death."""

import io
import json
import threading
from datetime import timedelta

import pytest

from planning.solving import SolverError, SolverProcess, solve_in_child
from roster.base import CONTRACT
from roster.goals.even_hours import EvenHours
from roster.roster import Roster
from roster.rules.present import Present
from roster.scorecard import scorecard
from solver.messages import REPLY, Done, Failed, Incumbent, Progress, Ready, Task
from solver.worker import main
from tests.conftest import AMPLE_S
from tests.worlds import MONDAY, contract, person, problem

RULE = Present(clauses=("T-1",), team="desk", role="agent", people=2)
PEOPLE = [person("A"), person("B"), person("C")]


def asked(people=PEOPLE, **fields):
    return problem(people, days=3, contract=contract([RULE], goal=[EvenHours().model_dump()], **fields))


class Quiet(io.StringIO):
    """A parent that sends its task and then neither speaks nor hangs up."""

    def __next__(self) -> str:
        threading.Event().wait()
        return ""


def talk(task: Task, parent: type[io.StringIO] = Quiet) -> list[Ready | Progress | Incumbent | Done | Failed]:
    """What the worker says, run in this process."""
    said = io.StringIO()
    main(parent(task.model_dump_json(by_alias=True) + "\n"), said)
    return [REPLY.validate_json(line) for line in said.getvalue().splitlines()]


def test_a_problem_travels_as_json():
    task = Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=3)
    back = Task.model_validate_json(task.model_dump_json(by_alias=True))
    assert back.problem.contract == task.problem.contract
    assert back.problem.people == task.problem.people
    assert back.problem.horizon == task.problem.horizon


def test_the_outcome_is_optimal_and_its_levels_are_the_scorecard():
    task = Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=3)
    *_, done = talk(task)
    assert isinstance(done, Done)
    assert done.outcome.status == "OPTIMAL"
    measured = scorecard(Roster(task.problem, done.outcome.rows))
    assert {r.level: r.objective for r in done.outcome.levels} == {k: v for k, v in measured.items() if k >= CONTRACT}


def test_a_roster_comes_out_where_people_are_missing():
    outcome = solve_in_child(asked(PEOPLE[:1]), time_limit=AMPLE_S, workers=1, seed=1)
    assert outcome.levels[0].objective == 3 * 480
    assert outcome.levels[0].bound == 3 * 480
    assert len(outcome.rows) == 3


def test_progress_names_objective_and_bound_by_level():
    heard = [
        reply
        for reply in talk(Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=3))
        if isinstance(reply, Progress)
    ]
    assert {reply.result.level for reply in heard} >= {2, 4}
    assert all(reply.result.bound <= reply.result.objective for reply in heard)


def test_same_seed_same_roster():
    rosters = [talk(Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=9))[-1].outcome.rows for _ in range(2)]
    assert rosters[0] == rosters[1]


def hard_problem():
    """Many people and a horizon long enough that proof takes a while."""
    people = [person(f"P{k:02d}", fte=0.1 + 0.02 * k) for k in range(40)]
    goals = [EvenHours().model_dump()]
    goals += [
        {"kind": "fair_share", "burden": "on-site", "site": site, "group": ["desk/agent"]}
        for site in ("onsite", "office")
    ]
    names = {"zh": "名", "en": "name"}
    shifts = [
        {"id": f"D{k}", **names, "serves": ["desk/agent"], "sites": ["office", "onsite"],
         "segments": [{"start": "09:00", "end": f"{12 + k}:30"}]} for k in range(6)
    ]  # fmt: skip
    rule = RULE.model_copy(update={"people": 17})
    return problem(people, days=28, contract=contract([rule], goal=goals, shift=shifts))


def test_stop_keeps_the_best():
    process = SolverProcess()

    def stop_at_the_first_roster(_: Progress) -> None:
        process.stop()

    outcome = solve_in_child(
        hard_problem(), time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=stop_at_the_first_roster
    )
    assert outcome.rows
    assert outcome.status == "FEASIBLE"
    assert outcome.notes == (), "it ended of itself, not by being killed"


def test_a_stop_before_the_task_keeps_the_first_roster():
    process = SolverProcess()
    process.stop()
    outcome = solve_in_child(hard_problem(), time_limit=AMPLE_S, workers=1, seed=1, process=process)
    assert outcome.status == "FEASIBLE"
    assert outcome.rows


def test_a_killed_solver_loses_no_roster():
    process = SolverProcess()

    def kill(_: Progress) -> None:
        if process.best is not None:
            process._process.kill()

    outcome = solve_in_child(hard_problem(), time_limit=AMPLE_S, workers=1, seed=1, process=process, on_progress=kill)
    assert outcome.status == "FEASIBLE"
    assert outcome.rows
    assert outcome.notes


def test_a_dead_solver_is_tried_again():
    process = SolverProcess()
    process._process.kill()
    process._process.wait()
    outcome = solve_in_child(asked(), time_limit=AMPLE_S, workers=1, seed=1, process=process)
    assert outcome.status == "OPTIMAL"


def test_a_refusal_is_said_in_words(monkeypatch):
    monkeypatch.setattr(SolverProcess, "solve", lambda *_, **__: Failed(reason="level 2: no"))
    with pytest.raises(SolverError, match="level 2: no"):
        solve_in_child(asked(), time_limit=1, workers=1, seed=1, process=SolverProcess())


def test_end_of_input_means_stop():
    lines = talk(Task(problem=hard_problem(), time_limit=AMPLE_S, workers=1, seed=1), io.StringIO)
    assert isinstance(lines[-1], Done)  # the stream ended after the task, so the search ended at once


def test_every_line_is_json():
    said = io.StringIO()
    main(
        io.StringIO(Task(problem=asked(), time_limit=AMPLE_S, workers=1, seed=3).model_dump_json(by_alias=True) + "\n"),
        said,
    )
    assert all(json.loads(line)["event"] for line in said.getvalue().splitlines())
    assert (MONDAY + timedelta(days=1)).isoformat() in said.getvalue()
