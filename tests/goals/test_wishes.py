from datetime import timedelta

import pytest

from roster.goals.wishes import Wishes
from roster.people import Request
from tests.pricing import costs_agree
from tests.worlds import MONDAY, duty, person, world

ANN = person("A")
DAY, NIGHT = duty(0, "9-17"), duty(0, "18-33", kind="oncall")


def missed(request: dict, *duties) -> int:
    asked = Request(staff_id="A", date=MONDAY, weight=7, **request)
    small = world([(ANN, d) for d in (DAY, NIGHT)], requests=(asked,))
    return Wishes().measure(small.roster(c for c in small.free if c.duty in duties))


@pytest.mark.parametrize(
    ("request_", "duties", "cost"),
    [
        ({"kind": "off"}, (), 0), ({"kind": "off"}, (DAY,), 7), ({"kind": "off"}, (DAY, NIGHT), 14),
        ({"kind": "on"}, (), 7), ({"kind": "on"}, (NIGHT,), 7), ({"kind": "on"}, (DAY,), 0),
        ({"kind": "shift", "shift": "9-17"}, (DAY,), 0), ({"kind": "shift", "shift": "D1"}, (DAY,), 7),
    ],
)  # fmt: skip
def test_a_wish_not_granted_costs_its_weight(request_, duties, cost):
    assert missed(request_, *duties) == cost


def test_judge_and_model_agree():
    asked = tuple(
        Request(staff_id=who, date=MONDAY + timedelta(days=d), kind=kind, shift=shift, weight=w)
        for who, d, kind, shift, w in [
            ("A", 0, "off", "", 3), ("A", 1, "on", "", 5), ("B", 0, "shift", "9-13", 2), ("B", 1, "shift", "x", 9),
            ("B", 5, "off", "", 1),
        ]
    )  # fmt: skip
    bob = person("B")
    cells = [(ANN, DAY), (ANN, NIGHT), (ANN, duty(1)), (bob, duty(0, "9-13")), (bob, duty(1, "9-17"))]
    costs_agree(Wishes(), world(cells, requests=asked))
