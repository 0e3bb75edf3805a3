"""The service expected of a roster's people, and what it says of the clauses that set targets."""

from datetime import timedelta

import pytest

from roster.base import Cell
from roster.compliance import audit
from roster.goals.coverage import Coverage
from roster.load import Load
from roster.options import rows_of
from roster.roster import Roster
from roster.service import ServiceFigures, expected_service, findings
from roster.staffing.definitions import COUNTS, definitions
from roster.staffing.erlang_a import erlang_a
from tests.worlds import MONDAY, at, contract, duty, person, problem

TUESDAY = MONDAY + timedelta(days=1)
QUEUE = {
    "id": "calls", "zh": "来电", "en": "calls", "channel": "phone", "team": "desk", "roles": ["agent"],
    "windows": [{"start": "09:00", "end": "11:00"}], "patience_s": 120, "answer_rate": 0.9, "loss_rate": 0.1,
    "loss_over": "answered", "service_level": 0.8, "answer_within_s": 20, "asa_s": 30, "clauses": ["T-1"],
}  # fmt: skip
AB = [person("A"), person("B")]
LOADS = [Load("calls", at(day, hour), at(day, hour + 0.5), 6.0, 300.0, 12.0) for day in (0, 1) for hour in (9, 9.5)]


def roster(*duties, loads=LOADS, **queue):
    made = contract(queue=[QUEUE | queue], goal=[{"kind": "coverage", "clauses": ["T-1"]}])
    rows = [row for who, what in duties for row in rows_of(Cell(who, what))]
    return Roster(problem(AB, contract=made, loads=tuple(loads)), tuple(rows))


def served(n):
    """Erlang A at 12 calls an hour of 300 s, patience 120 s."""
    return erlang_a(12, 300, 120, n, 20)


BOTH = [(AB[0], duty(0, "9-11")), (AB[1], duty(0, "9-11")), (AB[0], duty(1, "9-11"))]


def figures(made):
    return expected_service(made, made.problem.contract.queues[0])


def rate(figure, name="answer_rate", **queue):
    """The figure of that name as the queue defines it."""
    asked = roster(**queue).problem.contract.queues[0].targets
    return figure.value(next(found for found in definitions(asked) if found.figure == name))


def test_each_interval_counts_with_the_people_who_answer_throughout_it():
    monday, tuesday = figures(roster(*BOTH))
    assert (monday.day, tuesday.day, monday.counts["offered"]) == (MONDAY, TUESDAY, 12)
    two, one = served(2), served(1)
    assert (rate(monday), rate(tuesday)) == pytest.approx((float(two.answer_rate), float(one.answer_rate)))
    told = [rate(monday, name) for name in ("service_level", "asa_s", "loss_rate", "occupancy")]
    loss = two.p_abandon / two.answer_rate
    figure = (two.sl_answered_within, two.asa_answered_s, loss, two.occupancy)
    assert told == pytest.approx([float(value) for value in figure])


def test_the_queue_says_what_its_figures_are_taken_of():
    monday = figures(roster(*BOTH))[0]
    other = {"loss_over": "offered", "service_level_over": "patient", "asa_over": "offered"}
    told = [rate(monday, name, **other) for name in ("loss_rate", "service_level", "asa_s")]
    two = served(2)
    assert told == pytest.approx(
        [float(value) for value in (two.p_abandon, two.sl_excl_short_abandons, two.mean_wait_all_s)]
    )


@pytest.mark.parametrize("other", [{"activity": "report"}, {"role": "expert"}, {"kind": "training"}])
def test_who_does_not_answer_the_queue_does_not_count(other):
    beside = [*BOTH[:1], (AB[1], duty(0, "9-11", **other)), BOTH[2]]
    assert rate(figures(roster(*beside))[0]) == pytest.approx(float(served(1).answer_rate))


def test_who_leaves_within_an_interval_does_not_count_in_it():
    made = figures(roster((AB[0], duty(0, "9-9.45"))))
    assert made[0].counts["answered"] == pytest.approx(6 * float(served(1).answer_rate))


def test_the_factor_of_the_day_is_averaged_over_its_contacts():
    steady, shaken = roster(*BOTH), roster(*BOTH, loads=[Load(x.queue, x.start, x.end, 6, 300, 12, 0.3) for x in LOADS])
    assert sum(f.counts["offered"] for f in figures(shaken)) == pytest.approx(24)
    assert rate(figures(shaken)[0]) < rate(figures(steady)[0])


def test_all_days_and_the_worst_day_stand_beside_each_target():
    (judged,) = [j for j in audit(roster(*BOTH)) if j.goal]
    told = [(f.day, f.limit, f.unit) for f in judged.findings]
    limits = [(90, "%"), (80, "%"), (10, "%"), (30, "s")]
    assert told == [(day, *limit) for limit in limits for day in (None, TUESDAY)]
    assert judged.findings[1].found == pytest.approx(100 * float(served(1).answer_rate), abs=0.01)
    assert all("forecast" in f.note.en for f in judged.findings)


def test_what_is_only_expected_is_never_met():
    plenty = [(who, duty(day, "9-11")) for who in AB for day in (0, 1)]
    easy = {"loss_rate": None, "service_level": None, "answer_within_s": None, "asa_s": None, "answer_rate": 0.5}
    (judged,) = [j for j in audit(roster(*plenty, **easy)) if j.goal]
    assert (judged.status, judged.rule, judged.kind) == ("unknown", None, "coverage")
    (judged,) = [j for j in audit(roster(*plenty, **easy | {"answer_rate": 0.99})) if j.goal]
    assert judged.status == "at_risk"


def test_the_worst_day_fails_a_target_only_where_it_holds_on_each_day():
    only = {"loss_rate": None, "service_level": None, "answer_within_s": None, "asa_s": None}
    between = float(served(1).answer_rate + served(2).answer_rate) / 2 - 0.01
    verdicts = {
        each: [f.verdict for f in findings_of(roster(*BOTH, **only, answer_rate=between, each_day=each))]
        for each in (False, True)
    }
    assert verdicts == {False: ["unknown", "unknown"], True: ["unknown", "at_risk"]}


def findings_of(made):
    return list(Coverage().shown(made, "T-1"))


def test_a_clause_that_sets_no_target_of_the_queue_has_no_figure():
    assert list(Coverage().shown(roster(*BOTH), "T-2")) == []
    assert findings_of(roster(*BOTH, loads=())) == []
    assert [j.goal for j in audit(roster(*BOTH, loads=()))] == [None]


def test_records_settle_a_target():
    queue = roster().problem.contract.queues[0].model_copy(update={"loss_rate": None, "asa_s": None})
    counts = dict.fromkeys(COUNTS, 0.0) | {"offered": 100, "answered": 91, "in_time": 79}
    day = ServiceFigures("calls", MONDAY, counts, "records")
    assert [(f.found, f.verdict) for f in findings(queue, [day])][::2] == [(91, "met"), (79, "breached")]


def test_a_wait_without_end_is_told_as_an_hour():
    many = Load("calls", at(0, 9), at(0, 9.5), 60, 300, 120)
    swamped = roster((AB[0], duty(0, "9-11")), loads=[many], patience_s=None)
    assert rate(figures(swamped)[0], "asa_s") == 3600
