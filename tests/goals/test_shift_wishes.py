import pytest

from roster.goals.shift_wishes import ShiftWish, ShiftWishes
from tests.pricing import costs_agree
from tests.worlds import MONDAY, duty, person, world

ANN, BOB = person("A"), person("B")
DAY, LATE = duty(0, shift="D"), duty(0, "18-22", shift="L")


@pytest.mark.parametrize(
    ("kind", "had", "cost"), [("on", True, 0), ("on", False, 4), ("off", True, 4), ("off", False, 0)]
)
def test_a_wish_not_granted_costs_its_weight(kind, had, cost):
    wish = ShiftWish(staff_id="A", day=MONDAY, shift="D", kind=kind, weight=4)
    small = world([(ANN, DAY), (ANN, LATE), (BOB, DAY)])
    chosen = [c for c in small.free if (c.person is ANN and c.duty is DAY) == had]
    assert ShiftWishes(wishes=(wish,)).measure(small.roster(chosen)) == cost


def test_judge_and_model_agree():
    wishes = tuple(
        ShiftWish(staff_id=who, day=MONDAY, shift=shift, kind=kind, weight=weight)
        for who, shift, kind, weight in [
            ("A", "D", "on", 2),
            ("A", "L", "off", 3),
            ("B", "D", "off", 5),
            ("B", "X", "on", 7),
        ]
    )
    costs_agree(ShiftWishes(wishes=wishes), world([(ANN, DAY), (ANN, LATE), (BOB, DAY), (BOB, LATE)]))
