import pytest

from roster.goals.coverage import Coverage
from roster.staffing.curve import ServiceCurve
from tests.pricing import costs_agree
from tests.worlds import at, contract, duty, person, world

QUEUE = {
    "id": "calls", "zh": "电话", "en": "calls", "channel": "phone", "team": "desk", "roles": ["agent"],
    "windows": [{"start": "09:00", "end": "17:00"}],
}  # fmt: skip
CURVES = (
    ServiceCurve("calls", at(0, 9), at(0, 9.5), (9000, 4000, 1000)),
    ServiceCurve("calls", at(0, 12), at(0, 12.5), (8000, 3000, 500, 0)),
    ServiceCurve("calls", at(1, 16.5), at(1, 17), (2000, 100)),
)
ANN, BOB = person("A"), person("B")
WORLD = world(
    [
        (ANN, duty(0, "9-17")), (BOB, duty(0, "9.15-17")), (BOB, duty(1, "9-17")), (ANN, duty(1, "9-16.45")),
        (ANN, duty(0, "8-9")), (BOB, duty(0, "9-17", role="expert")),
    ],
    contract=contract(queue=[QUEUE]), curves=CURVES,
)  # fmt: skip


def lost(*chosen: int) -> int:
    return Coverage().measure(WORLD.roster(WORLD.free[k] for k in chosen))


def test_nobody_loses_all():
    assert lost() == 9000 + 8000 + 2000


def test_only_people_who_answer_throughout_the_interval_count():
    names = {cell.duty.shift + cell.person.staff_id + str(cell.duty.day.day): k for k, cell in enumerate(WORLD.free)}
    assert lost(names["9-17A3"]) == 4000 + 3000 + 2000
    assert lost(names["9.15-17B3"]) == 9000 + 3000 + 2000
    assert lost(names["9-17B4"]) == 9000 + 8000 + 100
    assert lost(names["9-16.45A4"]) == 19000


@pytest.mark.parametrize("people", [1, 2])
def test_lunch_answers_nobody(people):
    small = world([(ANN, duty(0, "9-12 12-13:lunch 13-17"))], contract=contract(queue=[QUEUE]), curves=CURVES)
    assert Coverage().measure(small.roster(small.free)) == 4000 + 8000 + 2000


def test_judge_and_model_agree():
    # Ann's and Bob's second duties of a day overlap their first: left out, as no roster may hold both
    cells = [(c.person, c.duty) for c in WORLD.free if c.duty.shift != "8-9"]
    small = world(cells, contract=contract(queue=[QUEUE]), curves=CURVES)
    costs_agree(Coverage(), small)
