"""Work inside duties: where it may lie, and that the second look puts it where it costs least."""

from datetime import timedelta

import pytest

from roster.base import Block, Cell
from roster.blocks import variants
from roster.goals.coverage import Coverage
from roster.options import rows_of
from roster.roster import Roster
from roster.rules.periodic_work import PeriodicWork
from roster.rules.service_hours import ServiceHours
from roster.shifts import Window
from roster.staffing.curve import ServiceCurve
from solver import placing
from solver.levels import Settings, Stop
from solver.placing import place
from solver.solving import LARGE
from tests.worlds import at, contract, duty, person, problem

ANN, BOB = person("A"), person("B")
CLAUSES = ("T-1",)


def times(found):
    """'start-end activity' of the spans of each variant that are no plain duty."""
    return [
        f"{span.start:%H:%M}-{span.end:%H:%M}" for made in found for span in made.spans if span.activity == "quality"
    ]


def test_a_block_replaces_part_of_a_stretch_it_may_replace():
    block = Block("quality", 60, ("desk/agent",), post="check", step_minutes=30)
    morning = duty(0, "9-10.30 10.30-11:break 11-12")
    found = list(variants(problem([ANN]), morning, [block]))
    assert times(found) == ["09:00-10:00", "09:30-10:30", "11:00-12:00"]
    assert [(s.activity, s.post) for s in found[0].spans][:2] == [("quality", "check"), ("duty", "")]
    assert all(sum(s.minutes for s in made.spans) == 180 for made in found)


@pytest.mark.parametrize(
    "changed",
    [{"who": ("lab/tech",)}, {"instead_of": ("follow-up",)}, {"days": "day-off"}, {"minutes": 120}],
    ids=lambda changed: next(iter(changed)),
)
def test_other_people_activities_days_and_short_stretches_take_no_block(changed):
    given = {"activity": "quality", "minutes": 60, "who": ("desk/agent",), **changed}
    assert list(variants(problem([ANN]), duty(0, "9-10.30"), [Block(**given)])) == []


def test_windows_hold_past_midnight():
    block = Block("quality", 60, ("desk/agent",), windows=(Window(start=60, end=150),), step_minutes=30)
    assert times(variants(problem([ANN]), duty(0, "22-30"), [block])) == ["01:00-02:00", "01:30-02:30"]


def test_pieces_begin_at_whole_steps():
    block = Block("quality", 60, ("desk/agent",), step_minutes=30)
    assert times(variants(problem([ANN]), duty(0, "9.10-10.45"), [block])) == ["09:30-10:30"]


@pytest.fixture(params=["whole", "small", "large"], autouse=True)
def engine(request, monkeypatch):
    """The program of all choices; without its answer CP-SAT goes on from the annealing, or that is the last word."""
    if request.param != "whole":
        monkeypatch.setattr(placing, "chosen", lambda *_: None)
    monkeypatch.setattr(placing, "LARGE", 0 if request.param == "large" else LARGE)


QUALITY = PeriodicWork(
    clauses=CLAUSES, what={"zh": "质检", "en": "quality"}, who=("desk/agent",), activity="quality", minutes=60,
    period="day",
)  # fmt: skip


def placed(*, rules=(QUALITY,), curves=(), days=1, hours="9-12", people=(ANN, BOB), stop=None):
    """The rows of people who are there each day, after the second look."""
    asked = problem(
        people, days=days, curves=curves,
        contract=contract(rules, queue=[_queue()], goal=[Coverage().model_dump()]),
    )  # fmt: skip
    given = [Cell(who, duty(day, hours)) for who in people for day in range(days)]
    rows = tuple(row for cell in given for row in rows_of(cell))
    return asked, place(asked, rows, Settings(30, 1, 1), stop or Stop())


def _queue():
    return {
        "id": "calls", "zh": "来电", "en": "calls", "channel": "phone", "team": "desk", "roles": ["agent"],
        "windows": [{"start": "09:00", "end": "12:00"}],
    }  # fmt: skip


def hourly(*lost):
    """Curves of three hours, 9 to 12: what each loses with 0, 1, 2 people."""
    hour = timedelta(hours=1)
    return tuple(
        ServiceCurve("calls", at(0, 9) + k * hour, at(0, 10) + k * hour, values) for k, values in enumerate(lost)
    )


def test_work_goes_where_it_costs_least_service():
    _, rows = placed(curves=hourly((90, 50, 30), (80, 20, 15), (90, 50, 20)))
    (work,) = [row for row in rows if row.activity == "quality"]
    assert (work.start, work.minutes, work.kind) == (at(0, 10), 60, "work")
    assert sum(row.minutes for row in rows) == 2 * 180


def test_work_never_takes_the_last_one_a_clause_needs():
    both = ServiceHours(
        clauses=CLAUSES, team="desk", people=2, windows=({"start": "09:00", "end": "11:00"},)
    )  # fmt: skip
    _, rows = placed(rules=(QUALITY, both), curves=hourly((90, 50, 30), (80, 20, 15), (90, 50, 10)))
    assert [row.start for row in rows if row.activity == "quality"] == [at(0, 11)]


def test_no_more_is_placed_than_is_owed():
    _, rows = placed(days=2)
    assert [row.date.day for row in rows if row.activity == "quality"] == [3, 4]


def test_what_does_not_fit_stays_owed_and_nothing_is_lost():
    asked, rows = placed(hours="9-9.30")
    assert len(rows) == 2
    assert sum(finding.points for finding in QUALITY.check(Roster(asked, rows))) == 60


def test_a_piece_placed_before_moves_where_another_fits_nowhere_else():
    """Two hours of production fill the morning in the first round; the inspection may begin at nine only."""
    production = QUALITY.model_copy(update={"activity": "production", "minutes": 120})
    inspection = QUALITY.model_copy(update={"minutes": 60, "windows": (Window(start=540, end=600),)})
    _, rows = placed(rules=(production, inspection), people=(ANN,))
    assert [(row.activity, row.start) for row in rows if row.activity != "duty"] == [
        ("quality", at(0, 9)), ("production", at(0, 10)),
    ]  # fmt: skip


def test_a_stop_in_the_middle_of_it_still_places_what_is_owed(monkeypatch):
    """It is asked for while the first round is at its choices, which then have no answer."""
    stop, usual = Stop(), placing.chosen

    def stopped(recorder, choices, seconds, given, clock):
        if stop.asked:
            return usual(recorder, choices, seconds, given, clock)
        stop.now()
        return None

    monkeypatch.setattr(placing, "chosen", stopped)
    asked, rows = placed(stop=stop)
    assert sum(finding.points for finding in QUALITY.check(Roster(asked, rows))) == 0
