from datetime import timedelta

from roster.goals.cost import Cost
from roster.rules.averaged_hours import AveragedHours
from tests.pricing import costs_agree
from tests.worlds import MONDAY, contract, duty, person, world

ANN = person("A", hourly_cost=61.25)
GOAL = Cost(journey_yuan={"onsite": 30})


def test_paid_hours_and_journeys():
    small = world([(ANN, duty(0, "9-12 12-13:lunch 13-17.30", site="onsite")), (ANN, duty(0, "18-33", kind="oncall"))])
    assert GOAL.measure(small.roster(small.free)) == round(7.5 * 61.25) + 30


def test_judge_and_model_agree():
    cells = [(ANN, duty(0, "9-17", site="onsite")), (ANN, duty(1, "9-13")), (ANN, duty(1, "13-14", kind="training"))]
    costs_agree(GOAL, world(cells))


OVERTIME = AveragedHours(
    clauses=("T-1",), overtime_hours_a_month=36, norms=[{"since": 2008, "month": 20.67, "quarter": 62, "year": 248}]
)
CARL = person("C", hours_system="week", hourly_cost=60.0)


def weeks_hours(*shifts, who=CARL, past=(), rule=OVERTIME):
    """Days of Carl's week, 40 h by the norm, with or without a record of its Monday."""
    cells = [(who, duty(day, hours)) for day, hours in enumerate(shifts, start=len(past))]
    start = MONDAY + timedelta(days=len(past))
    done = [(who, duty(day, hours)) for day, hours in enumerate(past)]
    return world(cells, days=7 - len(past), past=done, start=start, contract=contract([rule]))


def test_hours_beyond_the_norm_of_the_period_cost_half_as_much_again():
    """41 h are 41 x 60 yuan and one hour at 30 more; a half-hour is 15."""
    small = weeks_hours(*["9-17"] * 4, "9-18")
    assert Cost().measure(small.roster(small.free)) == 41 * 60 + 30
    small = weeks_hours(*["9-17"] * 4, past=["9-17.30"])  # the past is paid, its half-hour counts
    assert Cost().measure(small.roster(small.free)) == 32 * 60 + 15


def test_the_norm_itself_costs_no_more_and_without_overtime_nothing_is_priced():
    small = weeks_hours(*["9-17"] * 5)
    assert Cost().measure(small.roster(small.free)) == 40 * 60
    none = OVERTIME.model_copy(update={"overtime_hours_a_month": 0})
    small = weeks_hours(*["9-17"] * 4, "9-18", rule=none)
    assert Cost().measure(small.roster(small.free)) == 41 * 60
    small = weeks_hours(*["9-17"] * 4, "9-18", who=ANN)  # standard hours: LAW-1 and LAW-3 speak of them
    assert Cost().measure(small.roster(small.free)) == round(8 * 61.25) * 4 + round(9 * 61.25)


def test_surplus_judge_and_model_agree():
    costs_agree(Cost(), weeks_hours("9-17", "9-18", "9-17.45", "9-20", "9-17", past=["9-19"]))
