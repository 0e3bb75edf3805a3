from datetime import date

import pytest

from roster.people import Leave
from roster.rules.annual_leave import AnnualLeave
from solver.build import record
from solver.model import Model
from tests.worlds import at, duty, person, world

RULE = AnnualLeave(clauses=("T-1",))
ANN, BOB = person("A", seniority_years=9.9), person("B", seniority_years=0.5)


def days(first, last, who="A", **fields):
    """Leave in March 2025 from the first to the last day of the month, both included."""
    return Leave(staff_id=who, start=at(first - 3, 0), end=at(last - 2, 0), **fields)


def judged(*leave, people=(ANN, BOB), rule=RULE, day=date(2025, 12, 31)):
    """The findings, once it is shown that the model is told the same points. By default on the year's last day."""
    small = world([(people[0], duty(day))], people=people, leave=leave, days=1, start=day)
    findings = list(rule.check(small.roster(small.free)))
    model = Model(record(small.problem, small.cells, [rule]))
    assert model.constant[rule.level] == sum(finding.points for finding in findings)
    return [(f.staff_ids, f.found, f.limit, f.points, f.verdict) for f in findings]


def test_five_workdays_keep_it_and_one_less_breaks_it():
    assert judged(days(3, 7)) == []
    assert judged(days(3, 6)) == [(("A",), 4, 5, 480, "breached")]


def test_weekends_in_the_leave_do_not_count():
    assert judged(days(7, 11)) == [(("A",), 3, 5, 960, "breached")]


@pytest.mark.parametrize(("years", "entitled"), [(0.9, 0), (1, 5), (9.9, 5), (10, 10), (19.9, 10), (20, 15), (40, 15)])
def test_entitlement_follows_the_years_of_service(years, entitled):
    other = person("O", seniority_years=years)
    expected = [(("O",), 0, entitled, entitled * 480, "breached")] if entitled else []
    assert judged(days(3, 7), people=(ANN, other)) == expected


def test_other_kinds_and_leave_not_approved_do_not_count():
    assert judged(days(3, 6), days(7, 7, kind="sick"), days(10, 10, approved=False)) == [
        (("A",), 4, 5, 480, "breached")
    ]


def test_half_days_add_up_and_a_day_counts_once():
    morning = Leave(staff_id="A", start=at(7, 9), end=at(7, 13))
    assert judged(days(3, 6), morning) == [(("A",), 4.5, 5, 240, "breached")]
    assert judged(days(3, 6), days(6, 6)) == [(("A",), 4, 5, 480, "breached")]


def test_days_of_another_year_and_make_up_days():
    turn = Leave(staff_id="A", start=at(3 - 64, 0), end=at(6 - 64, 0))  # 1 to 3 January 2025, the first a holiday
    assert judged(turn, days(3, 4)) == [(("A",), 4, 5, 480, "breached")]
    sunday = Leave(staff_id="A", start=at(-36, 0), end=at(-35, 0))  # 26 January 2025, worked for the Spring Festival
    assert judged(days(3, 6), sunday) == []


def test_asked_of_those_employed_all_year_the_reserve_included():
    late, gone = person("L", employed_from=date(2025, 1, 2)), person("G", employed_to=date(2025, 12, 30))
    kept = person("K", employed_from=date(2025, 1, 1), employed_to=date(2025, 12, 31), reserve=True)
    assert [who for who, *_ in judged(days(3, 7), people=(ANN, late, gone, kept))] == [("K",)]


def test_without_any_plan_the_answer_is_unknown():
    assert judged() == [((), 0, 0, 0, "unknown")]
    assert judged(days(3, 7, kind="sick")) == [((), 0, 0, 0, "unknown")]


def test_other_steps():
    assert judged(days(3, 6), rule=AnnualLeave(clauses=("T-1",), years_days=((1, 4),))) == []
    assert AnnualLeave.model_validate({"clauses": ["T-1"], "years_days": [[1, 5]]}).years_days == ((1, 5),)


@pytest.mark.parametrize(
    ("day", "points", "verdict"),
    [(date(2025, 3, 3), 0, "at_risk"), (date(2025, 12, 30), 0, "at_risk"), (date(2025, 12, 31), 480, "breached")],
)
def test_what_the_year_can_still_hold_is_at_risk_only(day, points, verdict):
    assert judged(days(3, 6), day=day) == [(("A",), 4, 5, points, verdict)]


def test_what_it_cannot_hold_any_more_is_breached():
    assert judged(days(3, 4), day=date(2025, 12, 30)) == [(("A",), 2, 5, 2 * 480, "breached")]
