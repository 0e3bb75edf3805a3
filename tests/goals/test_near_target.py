from datetime import timedelta

import pytest

from roster.goals.near_target import NearTarget
from tests.pricing import by_model, costs_agree
from tests.worlds import MONDAY, duty, person, world

ANN, BOB, LAB = person("A"), person("B"), person("L", team="lab", role="tech")
SATURDAY = 5
CELLS = [(ANN, duty(3, "22-30")), (ANN, duty(4, "14-22")), (ANN, duty(SATURDAY)),
         (ANN, duty(6, "18-33", kind="oncall")),
         (BOB, duty(4)), (BOB, duty(SATURDAY, "22-30")), (BOB, duty(6, "5-13")),
         (LAB, duty(4, team="lab", role="tech"))]  # fmt: skip


def goal(counts: str, **fields: object) -> NearTarget:
    return NearTarget.model_validate({"counts": counts, "group": ["desk/agent"], "target": 1, "weight": 5} | fields)


@pytest.mark.parametrize(
    ("counts", "cost"), [("shifts", 5 * (2**2 + 2**2)), ("nights", 5 * (0 + 1)), ("weekend-days", 5 * (0 + 1))]
)
def test_all_shifts_taken(counts, cost):
    """Ann has three shifts, one a night, one at the weekend; Bob three, two of them nights, two at the weekend."""
    small = world(CELLS, days=7)
    assert goal(counts).measure(small.roster(small.free)) == cost


def test_a_person_may_have_an_own_target():
    small = world(CELLS, days=7)
    assert goal("shifts", targets={"A": 3, "L": 9}).measure(small.roster(small.free)) == 5 * (0 + 2**2)
    assert goal("shifts", targets={"A": 3}).measure(small.roster(())) == 5 * (3**2 + 1)


def test_a_shift_until_22_and_one_from_6_are_no_nights():
    small = world([(ANN, duty(0, "14-22")), (ANN, duty(1, "6-14"))])
    assert goal("nights", target=0).measure(small.roster(small.free)) == 0


def test_the_past_does_not_count():
    small = world(CELLS, days=7, past=[(ANN, duty(MONDAY - timedelta(days=1)))])
    assert goal("shifts").measure(small.roster(())) == 10
    assert by_model([goal("shifts")], small, frozenset(), 4) == 10


@pytest.mark.parametrize("counts", ["shifts", "nights", "weekend-days"])
def test_judge_and_model_agree(counts):
    costs_agree(goal(counts), world(CELLS, days=7))


def test_judge_and_model_agree_on_own_targets():
    costs_agree(goal("shifts", targets={"A": 3, "B": 0}), world(CELLS, days=7))
