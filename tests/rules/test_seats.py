from dataclasses import replace
from datetime import timedelta

import pytest

from roster.rules.seats import Seats
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, at, breaches, catches, disagree, duty, person, world

RULE = Seats(clauses=("T-1",), teams=("desk",), people=2)
ANN, BOB, CYD, TOM = person("A"), person("B"), person("C"), person("T", team="lab", role="tech")


def found(*cells, rule=RULE, past=(), days=1):
    small = world(cells, days=days, past=past, people=[ANN, BOB, CYD, TOM])
    return breaches(rule, small.roster(small.free))


def test_two_seats_take_two_people_and_a_third_is_measured():
    two = [(ANN, duty(0, "8-16")), (BOB, duty(0, "9-17"))]
    assert found(*two) == []
    (breach,) = found(*two, (CYD, duty(0, "15.59-20")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (3, 2, "persons", 1)
    assert (breach.day, breach.start, breach.end, breach.team) == (MONDAY, at(0, 15 + 59 / 60), at(0, 16), "desk")


def test_who_sits_down_when_another_gets_up_takes_no_further_seat():
    assert found((ANN, duty(0, "8-16")), (BOB, duty(0, "9-17")), (CYD, duty(0, "16-20"))) == []


@pytest.mark.parametrize(
    "apart",
    [{"hours": "9-17", "kind": "training"}, {"hours": "9-17", "kind": "backup"}, {"hours": "9-17", "kind": "oncall"},
     {"hours": "9-17", "activity": "report"}, {"hours": "8-9 9-17:lunch"}],
)  # fmt: skip
def test_who_does_not_answer_takes_no_seat(apart):
    assert found((ANN, duty(0)), (BOB, duty(0)), (CYD, duty(0, **apart))) == []


def test_training_inside_a_shift_gives_the_seat_back():
    shift = duty(0, "9-10 10-17")
    learns = replace(shift, spans=(replace(shift.spans[0], kind="training"), shift.spans[1]))
    (breach,) = found((ANN, duty(0)), (BOB, duty(0)), (CYD, learns))
    assert (breach.start, breach.points) == (at(0, 10), 7 * 60)


def test_other_teams_posts_and_activities():
    wide = RULE.model_copy(update={"teams": ("desk", "lab"), "activities": ("duty", "report")})
    cells = [(ANN, duty(0, post="seat")), (BOB, duty(0, post="seat", activity="report"))]
    visitor = (TOM, duty(0, team="lab", role="tech", post="desk"))
    assert found(*cells, visitor) == []
    assert [b.found for b in found(*cells, visitor, rule=wide)] == [3]
    assert found(*cells, visitor, rule=wide.model_copy(update={"posts": ("seat",)})) == []


def test_a_day_within_the_limit_shows_its_peak():
    small = world([(ANN, duty(0, "8-16")), (BOB, duty(0, "12-20"))], days=2)
    (finding,) = RULE.check(small.roster(small.free))
    assert (finding.verdict, finding.found, finding.start, finding.end) == ("met", 2, at(0, 12), at(0, 16))


def test_night_before_the_horizon_sits_on_and_the_last_night_is_seen():
    past = [(ANN, duty(-1, "22-31")), (BOB, duty(-1, "22-30"))]
    (breach,) = found((CYD, duty(0, "5-13")), past=past)
    assert (breach.points, breach.start) == (60, at(0, 5))
    late = [(who, duty(0, "20-28")) for who in (ANN, BOB)]
    assert [(b.points, b.day, b.start) for b in found(*late, (CYD, duty(0, "26-34")))] == [(120, MONDAY, at(1, 2))]


def test_a_past_too_full_before_the_horizon_is_not_judged():
    assert found(past=[(who, duty(-1, "20-24")) for who in (ANN, BOB, CYD)]) == []


WORLD = world(
    [
        (ANN, duty(0, "8-12 12-13:lunch 13-17", post="seat")), (BOB, duty(0, "12-13", post="seat")),
        (CYD, duty(0, "12.30-20", post="seat")), (CYD, duty(0, "9-12", post="back")), (ANN, duty(0, "16-22")),
        (BOB, duty(0, "9-17", kind="training", post="seat")), (BOB, duty(1, "0.30-8", post="seat")),
        (TOM, duty(1, "6-14", team="lab", role="tech", post="seat")), (ANN, duty(1, "22-33", post="seat")),
        (CYD, duty(1, "25-30", post="seat")),
    ],
    past=[(ANN, duty(-1, "22-31", post="seat"))],
)  # fmt: skip
ONE = Seats(clauses=("T-1",), teams=("desk",), people=1)


@pytest.mark.parametrize(
    "rule", [ONE, ONE.model_copy(update={"posts": ("seat",)}), ONE.model_copy(update={"teams": ("desk", "lab")})]
)
def test_check_and_model_agree(rule):
    agree(rule, WORLD)
    costs_agree(rule, WORLD)


@pytest.mark.parametrize(
    "broken", [{"people": 2}, {"teams": ("desk", "lab")}, {"posts": ("seat",)}, {"activities": ("duty", "lunch")}]
)
def test_world_notices_a_fault(broken):
    disagree(WORLD, ONE, **broken)


def test_world_notices_a_count_by_the_day():
    def by_day(m):
        for day in m.days():
            m.at_most({c: 1 for c in m.cells(day) if c.duty.kind == "work" and c.duty.team == "desk"}, 1, points=1)

    def until_midnight(m):
        for day in m.days():
            for start, end in m.grid(at((day - MONDAY).days, 0), at((day - MONDAY + timedelta(days=1)).days, 0)):
                m.at_most({c: 1 for c in m.cells(day) if c.duty.serves_throughout(start, end)}, 1, points=1)

    catches(WORLD, ONE, by_day)
    catches(WORLD, ONE, until_midnight)
