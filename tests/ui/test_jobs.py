"""Jobs: a solve in the background that can be watched, stopped, and is never waited for in vain."""

import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from planning.draft import begin
from planning.edited import as_edited
from planning.inside import work_inside_told
from planning.jobs import KEPT, Job, Jobs
from planning.plan import plan
from planning.solving import SolverError
from roster.compliance import audit
from roster.errors import Fault, InputError
from roster.loading.scenario import load_scenario
from roster.roster import Roster
from solver.messages import Progress
from solver.outcome import LevelResult
from tests.conftest import AMPLE_S
from tests.small_scenario import small_scenario

MONDAY = date(2025, 3, 3)


class FakeProcess:
    """A solver process that only counts how often it is asked to stop."""

    def __init__(self):
        self.stops = 0

    def stop(self):
        self.stops += 1


class Planning:
    """Stands in for `plan`: waits to be let go, and reports what it was asked."""

    def __init__(self, made="a plan", error=None):
        self.go, self.begun = threading.Event(), threading.Event()
        self.process, self.made, self.error = FakeProcess(), made, error
        self.asked = None

    def __call__(self, scenario, start, days, *, time_limit, on_progress, on_process):
        self.asked = (scenario, start, days, time_limit)
        on_process(self.process)
        on_progress(Progress(result=LevelResult(2, 960, 480), seconds=0.5))
        self.begun.set()
        assert self.go.wait(AMPLE_S)
        if self.error:
            raise self.error
        return self.made


def test_the_clock_of_a_job_is_that_of_the_solver():
    job = Job(MONDAY, 1, time_limit=10)
    assert job.seconds == 0
    job.hear(Progress(result=LevelResult(2, 960, 480), seconds=7.5))
    job.hear(Progress(result=LevelResult(2, 480, 480), seconds=8.5))
    job.end("done")
    assert 7.5 <= job.seconds < 7.5 + AMPLE_S


def ended(job):
    for _ in range(100 * AMPLE_S):
        if not job.running:
            return job
        time.sleep(0.01)
    raise AssertionError("the job never ended")


@pytest.fixture
def scenario(tmp_path):
    return load_scenario(small_scenario(tmp_path / "small"))


def test_a_job_runs_beside_whoever_started_it(scenario):
    planning = Planning()
    jobs = Jobs(planning)
    job = jobs.start(scenario, MONDAY, 7, time_limit=9)
    assert planning.begun.wait(10)
    assert (job.state, job.running, job.result) == ("running", True, None)
    assert [reply.result.objective for reply in job.progress] == [960]
    assert jobs.get(job.id) is job
    assert planning.asked == (scenario, MONDAY, 7, 9)
    planning.go.set()
    assert (ended(job).state, job.result, job.error) == ("done", "a plan", "")
    assert job.seconds >= 0.5  # the solver's clock at its first reply


def test_a_stop_reaches_the_process_and_the_best_is_kept(scenario):
    planning = Planning()
    jobs = Jobs(planning)
    job = jobs.start(scenario, MONDAY, 7, time_limit=9)
    assert planning.begun.wait(10)
    jobs.stop(job)
    assert planning.process.stops == 1
    planning.go.set()
    assert (ended(job).state, job.result) == ("stopped", "a plan")


def test_a_stop_before_there_is_a_process_is_passed_on_later(scenario):
    planning, gate = Planning(), threading.Event()

    def late(*arguments, **options):
        assert gate.wait(10)
        return planning(*arguments, **options)

    job = Jobs(late).start(scenario, MONDAY, 7, time_limit=9)
    job.stop()
    gate.set()
    planning.go.set()
    assert ended(job).state == "stopped"
    assert planning.process.stops == 1


@pytest.mark.parametrize("error", [SolverError("died twice"), InputError([Fault("--days", "0", "plan from 1")])])
def test_errors_meant_for_the_user_are_told(scenario, error):
    planning = Planning(error=error)
    planning.go.set()
    job = ended(Jobs(planning).start(scenario, MONDAY, 7, time_limit=9))
    assert (job.state, job.error, job.result) == ("failed", str(error), None)


def test_whatever_goes_wrong_nobody_waits_for_ever(scenario):
    planning = Planning(error=RuntimeError("a fault of ours"))
    planning.go.set()
    job = ended(Jobs(planning).start(scenario, MONDAY, 7, time_limit=9))
    assert (job.state, job.error) == ("failed", "RuntimeError: a fault of ours")


def test_old_jobs_are_forgotten_running_ones_never(scenario):
    waiting, quick = Planning(), Planning()
    quick.go.set()
    jobs = Jobs(lambda *arguments, **options: (waiting if options["time_limit"] == 1 else quick)(*arguments, **options))
    running = jobs.start(scenario, MONDAY, 7, time_limit=1)
    done = [ended(jobs.start(scenario, MONDAY, 7, time_limit=2)) for _ in range(KEPT + 3)]
    assert jobs.get(running.id) is running
    assert jobs.get(done[0].id) is None
    assert jobs.get(done[-1].id) is done[-1]
    assert jobs.get("") is None
    waiting.go.set()


def test_a_real_solve_with_locks_in_place_of_the_scenarios_own(scenario):
    made = plan(scenario, MONDAY, 2, time_limit=AMPLE_S)
    kept = tuple(row for row in made.roster.rows if row.staff_id == "P1" and row.date == MONDAY)
    job = ended(Jobs().start(scenario, MONDAY, 2, time_limit=AMPLE_S, locks=kept))
    assert job.state == "done", job.error
    assert job.progress
    assert {row.shift for row in job.result.roster.rows if row.locked} <= {row.shift for row in kept}
    assert len(job.result.problem.locks) == len(kept)


def test_a_real_solve_gives_nothing_at_a_settled_place_but_the_locks(scenario):
    made = plan(scenario, MONDAY, 1, time_limit=AMPLE_S)
    busy = sorted({row.staff_id for row in made.roster.rows if row.kind == "work"})
    assert busy
    places = [(staff_id, MONDAY) for staff_id in busy]
    job = ended(Jobs().start(scenario, MONDAY, 1, time_limit=AMPLE_S, locks=(), settled=places))
    assert job.state == "done", job.error
    assert not [row for row in job.result.roster.rows if row.staff_id in busy and row.kind != "leave"]
    assert begin(job.result.roster).settled == tuple(places)


def test_an_edited_roster_is_measured_anew_and_no_longer_called_best(scenario):
    made = plan(scenario, MONDAY, 2, time_limit=AMPLE_S)
    without = tuple(row for row in made.roster.rows if row.date != MONDAY)
    roster = Roster(made.problem, without)
    edited = as_edited(made, roster, audit(roster))
    assert edited.hard_breaches == made.hard_breaches + 1
    assert edited.points[2] > made.points[2]
    assert edited.outcome.status == "FEASIBLE"
    assert {level.level: level.objective for level in edited.outcome.levels}[2] == edited.points[2]
    known = replace(made, outcome=replace(made.outcome, levels=(LevelResult(2, 960, 40),)))
    assert as_edited(known, roster, ()).outcome.levels == (LevelResult(2, edited.points[2], 40),)
    worked = replace(made.outcome, inside=70, levels=(LevelResult(3, 100, 10),))
    noted = replace(known, outcome=worked, warnings=(*made.warnings, *work_inside_told(worked)))
    assert len(noted.warnings) == len(made.warnings) + 1
    assert as_edited(noted, roster, ()).warnings == made.warnings, "what work inside cost was told of another roster"
    assert as_edited(noted, made.roster, ()).warnings == noted.warnings
    same = as_edited(made, made.roster, made.judgements)
    assert same.outcome.status == made.outcome.status
