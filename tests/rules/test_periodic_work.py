from datetime import date, timedelta

import pytest

from roster.base import Block
from roster.compliance import audit
from roster.rules.periodic_work import PeriodicWork
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, contract, disagree, duty, person, world

# Work on the month of March 2025 may be done from the 1st of April; the 4th is a holiday, the fifth workday the 8th.
REPORT = PeriodicWork(
    clauses=("T-1",), what={"zh": "月报", "en": "monthly report"}, who=("desk/agent",), activity="report",
    minutes=240, piece_minutes=120, period="month", due_workdays=5,
)  # fmt: skip
MONTH_END, APRIL_7 = date(2025, 3, 31), date(2025, 4, 7)
A, B = person("A"), person("B")


def april(day):
    return date(2025, 4, day)


def reports(who, day, hours="13-15", **more):
    return (who, duty(day, hours, **({"activity": "report"} | more)))


KNOWN = [(A, duty(april(day), "9-11")) for day in (1, 2, 3)]


def judged(cells, *, rule=REPORT, past=KNOWN, start=APRIL_7, days=7, people=(A, B), **fields):
    small = world(cells, days=days, past=past, people=list(people), start=start, **fields)
    return [(f.day, f.verdict, f.found, f.limit, f.points) for f in rule.check(small.roster(small.free))]


def first(*arguments, **fields):
    return judged(*arguments, **fields)[0]


def test_the_minutes_are_done_by_the_end_of_the_fifth_workday():
    assert first([reports(A, april(7)), reports(B, april(8))]) == (april(8), "met", 240, 240, 0)
    assert first([reports(A, april(7)), reports(B, april(8), "13-14.59")]) == (april(8), "breached", 239, 240, 1)
    assert first([reports(A, april(8)), reports(B, april(9))]) == (april(8), "breached", 120, 240, 120)


def test_what_was_done_before_the_horizon_counts_from_the_first_day_after_the_month():
    early, last_month = reports(A, april(1)), reports(A, MONTH_END)
    assert first([reports(A, april(8))], past=[*KNOWN, early]) == (april(8), "met", 240, 240, 0)
    assert first([reports(A, april(8))], past=[*KNOWN, last_month]) == (april(8), "breached", 120, 240, 120)


def test_a_day_that_is_not_on_record_may_have_held_it():
    """Of the five workdays two are in the horizon: 96 minutes are its share."""
    assert first([reports(A, april(8))], past=KNOWN[:2]) == (april(8), "unknown", 120, 96, 0)
    assert first([reports(A, april(8), "9-10.35")], past=KNOWN[:2]) == (april(8), "unknown", 95, 96, 1)
    assert first([reports(A, april(7), "9-13")], past=()) == (april(8), "met", 240, 96, 0)
    early = [*KNOWN[:2], reports(A, april(2))]
    assert first([reports(A, april(8), "9-10.36")], past=early) == (april(8), "unknown", 216, 216, 0)


@pytest.mark.parametrize(
    "other", [{"activity": "duty"}, {"kind": "training"}, {"role": "expert"}, {"team": "lab", "role": "tech"}]
)
def test_other_work_and_other_people_s_work_do_not_count(other):
    assert first([reports(A, april(7)), reports(B, april(8), **other)]) == (april(8), "breached", 120, 240, 120)


def test_a_post_narrows_it_down_where_it_is_named():
    named = REPORT.model_copy(update={"post": "month"})
    cells = [reports(A, april(7), post="month"), reports(B, april(8), post="quarter")]
    assert first(cells, rule=named) == (april(8), "breached", 120, 240, 120)
    assert first(cells) == (april(8), "met", 240, 240, 0)


def test_before_the_due_day_a_horizon_owes_its_share_of_the_time():
    """Three of the five workdays lie in the week from the 31st of March: 144 of 240 minutes."""
    week = {"start": MONTH_END, "past": ()}
    assert first([reports(A, april(1)), reports(B, april(3), "9-9.24")], **week) == (april(6), "met", 144, 144, 0)
    assert first([reports(A, april(1)), reports(B, april(3), "9-9.23")], **week) == (april(6), "at_risk", 143, 144, 1)
    assert first([], **week) == (april(6), "at_risk", 0, 144, 144)


def test_what_is_done_already_lowers_the_share():
    """On the 3rd the 7th and the 8th are left beside it: a third of the 120 minutes that are missing."""
    thursday = {"start": april(3), "days": 1, "past": [*KNOWN[:2], reports(B, april(1))]}
    assert first([reports(A, april(3), "9-9.40")], **thursday) == (april(3), "met", 160, 160, 0)
    assert first([reports(A, april(3), "9-9.39")], **thursday) == (april(3), "at_risk", 159, 160, 1)
    ready = {"start": april(3), "days": 1, "past": [*KNOWN[:2], reports(B, april(1), "9-13")]}
    assert first([], **ready) == (april(3), "met", 240, 240, 0)


def test_where_no_day_is_left_all_of_it_is_due():
    """May's own work is due by Saturday the 31st: from Friday the 30th on no workday is left."""
    own = REPORT.model_copy(update={"due_workdays": None})
    friday = {"rule": own, "start": date(2025, 5, 26), "past": [(A, duty(date(2025, 5, d))) for d in range(1, 26)]}
    assert first([], days=5, **friday) == (date(2025, 5, 30), "breached", 0, 240, 240)
    assert first([], days=4, **friday) == (date(2025, 5, 29), "at_risk", 0, 192, 192)
    every_day = own.model_copy(update={"days": "every-day"})
    assert first([], days=5, **(friday | {"rule": every_day})) == (date(2025, 5, 30), "at_risk", 0, 200, 200)


def test_the_next_deadline_is_told_and_asks_nothing_yet():
    """In the middle of April nothing is due: March's report was, April's will be."""
    small = world([], days=7, people=[A], start=april(14))
    (told,) = REPORT.check(small.roster(()))
    assert (told.verdict, told.found, told.limit) == ("met", 0, 0)
    assert told.note
    assert all("2025-05-12" in note for note in told.note)  # five workdays after the holidays of May: 6, 7, 8, 9, 12


def test_a_period_outside_the_contract_owes_nothing():
    later = contract(period={"start": "2025-04-01", "end": "2025-12-31"})
    assert [found[1:] for found in judged([], contract=later)] == [("met", 0, 0, 0)]
    sooner = contract(period={"start": "2025-01-01", "end": "2025-03-31"})
    assert [found[1:] for found in judged([], contract=sooner)] == [("breached", 0, 240, 240)]
    goes_on = contract(period={"start": "2025-01-01", "end": "2025-03-31", "continues": True})
    assert len(judged([], contract=goes_on)) == 2


def ending(day, rule=REPORT):
    return contract([rule], period={"start": "2025-01-01", "end": f"2025-{day}"})


def test_the_last_report_is_due_after_the_contract():
    """March is the contract's last month: a roster of March cannot show the report, one of April can."""
    ended = {"contract": ending("03-31"), "people": [A, B]}
    march = world([], start=date(2025, 3, 24), days=8, **ended)
    (verdict,) = audit(march.roster(()))
    assert (verdict.status, verdict.findings[-1].limit) == ("unknown", 0)
    assert "beyond this roster" in verdict.findings[-1].note.en
    assert [d.state for d in REPORT.deadlines(march.roster(()))] == ["unknown"]
    for cells, status in (([reports(A, april(7)), reports(B, april(8))], "met"), ([], "breached")):
        after = world(cells, start=APRIL_7, days=7, past=KNOWN, **ended)
        assert [j.status for j in audit(after.roster(after.free))] == [status]
    late = world([], start=date(2025, 4, 14), days=7, **ended)
    assert [j.status for j in audit(late.roster(()))] == ["not_applicable"]


def test_a_period_cut_by_the_contract_s_end_is_reported_from_there():
    """The contract ends on Wednesday the 12th of March: five workdays on is the 19th."""
    tuesday, due = date(2025, 3, 18), date(2025, 3, 19)
    known = [(A, duty(day)) for day in (10, 11, 14)]
    cut = {"contract": ending("03-12"), "start": tuesday, "past": known, "days": 2}
    assert judged([reports(A, 15), reports(A, 16)], **cut) == [(due, "met", 240, 240, 0)]
    assert judged([reports(A, 15), reports(A, 17)], **cut | {"days": 4}) == [(due, "breached", 120, 240, 120)]


@pytest.mark.parametrize(("end", "owed"), [("03-03", 30), ("03-04", 60), ("03-05", 90), ("03-09", 150)])
def test_work_within_a_cut_period_is_owed_in_whole_pieces(end, owed):
    """Five pieces of 30 minutes for five workdays."""
    week = {"rule": WEEKLY, "past": (), "start": MONDAY, "days": 7, "contract": ending(end, WEEKLY)}
    assert [limit for *_, limit, _ in judged([], **week)] == [owed]
    assert [limit for *_, limit, _ in judged([], **week | {"rule": OF_FIVE})] == [owed]
    told = judged([], **week | {"rule": ONE_PIECE})
    assert [limit for *_, limit, _ in told] == ([60] if owed >= 90 else [])  # less than half of the week owes none


@pytest.mark.parametrize(
    ("start", "owed"),
    [
        (date(2025, 1, 27), 30),
        (date(2025, 9, 29), 60),
        (date(2025, 6, 2), 120),
        (MONDAY, 150),
        (date(2025, 9, 22), 150),
    ],
)
def test_a_week_of_holidays_owes_its_part_in_whole_pieces(start, owed):
    """Five pieces of 30 minutes a week of five workdays: of one, two, four, five and six of them."""
    week = {"past": (), "start": start, "days": 7}
    assert [limit for *_, limit, _ in judged([], rule=OF_FIVE, **week)] == [owed]
    assert [limit for *_, limit, _ in judged([], rule=WEEKLY, **week)] == [150]
    told = judged([], rule=ONE_PIECE.model_copy(update={"usual_days": 5}), **week)
    assert [limit for *_, limit, _ in told] == ([60] if owed >= 90 else [])


def test_a_plan_is_due_on_the_first_workdays_of_its_own_period():
    """April's plan by its third workday, the 3rd; by the 2nd two thirds of it."""
    plan = REPORT.model_copy(update={"due_workdays": 3, "due_from": "start", "minutes": 180})
    week = {"rule": plan, "start": MONTH_END, "past": (), "people": [A]}
    assert first([reports(A, april(1))], days=3, **week) == (april(2), "met", 120, 120, 0)
    assert first([], days=3, **week) == (april(2), "at_risk", 0, 120, 120)
    assert first([reports(A, april(1)), reports(A, MONTH_END)], **week) == (april(3), "breached", 120, 180, 60)


def test_without_due_workdays_the_period_itself_is_the_time():
    """After a week from Monday to Friday only the weekend is left, on which no work lies."""
    weekly = REPORT.model_copy(update={"period": "week", "due_workdays": None})
    friday, week = MONDAY + timedelta(days=4), {"rule": weekly, "past": (), "start": MONDAY, "days": 5}
    assert judged([], **week) == [(friday, "breached", 0, 240, 240)]
    assert judged([reports(A, 0), reports(A, 4)], **week) == [(friday, "met", 240, 240, 0)]


def test_each_of_the_days_is_a_period():
    daily = REPORT.model_copy(update={"period": "day", "due_workdays": None, "minutes": 120})
    small = world([reports(A, 0), reports(B, 4)], days=7, people=[A, B])
    assert {f.team for f in daily.check(small.roster(small.free))} == {"desk"}
    found = judged([reports(A, 0), reports(B, 4)], rule=daily, past=(), start=MONDAY, days=7)
    verdicts = [verdict for _, verdict, *_ in found]
    assert verdicts == ["met", "breached", "breached", "breached", "met"]
    assert [points for *_, points in found] == [0, 120, 120, 120, 0]
    every_day = daily.model_copy(update={"days": "every-day"})
    assert len(judged([], rule=every_day, past=(), start=MONDAY, days=7)) == 7


def test_a_daily_report_of_friday_is_due_on_monday():
    daily = REPORT.model_copy(update={"period": "day", "due_workdays": 1, "minutes": 60})
    past = [(A, duty(day)) for day in range(5)]
    monday, tuesday = (MONDAY + timedelta(days=k) for k in (7, 8))
    found = judged([reports(A, 8)], rule=daily, past=past, start=monday, days=2)
    assert found == [(monday, "breached", 0, 60, 60), (tuesday, "met", 120, 60, 0), (tuesday, "met", 0, 0, 0)]


def test_where_times_overlap_the_same_work_serves_both_periods():
    """Reported every other day: Wednesday's work is within two workdays of Monday and of Tuesday."""
    twice = REPORT.model_copy(update={"period": "day", "due_workdays": 2, "minutes": 60})
    found = judged([reports(A, 2)], rule=twice, past=(), start=MONDAY, days=4)
    assert [f[1:] for f in found if f[0] > MONDAY + timedelta(days=1)][:2] == [("met", 120, 60, 0)] * 2


def test_its_piece_is_offered_to_the_duties():
    assert REPORT.blocks() == (Block("report", 120, ("desk/agent",), days="workday"),)
    whole = REPORT.model_copy(update={"piece_minutes": None})
    assert [block.minutes for block in whole.blocks()] == [240]


def test_deadlines_say_how_they_stand():
    cells = [reports(A, april(7)), reports(B, april(8))]
    small = world(cells, days=7, past=KNOWN, people=[A, B], start=APRIL_7)
    march, april_s = REPORT.deadlines(small.roster(small.free))
    assert (march.period, march.opens, march.due) == ((date(2025, 3, 1), MONTH_END), april(1), april(8))
    assert (march.state, march.planned, march.minutes, march.owed) == ("done", 240, 240, 240)
    assert [(row.staff_id, row.date) for row in march.rows] == [("A", april(7)), ("B", april(8))]
    assert (april_s.state, april_s.planned, april_s.due) == ("open", 0, date(2025, 5, 12))
    assert next(REPORT.deadlines(small.roster(()))).state == "late"
    unknown = world([], days=7, people=[A], start=APRIL_7)
    assert next(REPORT.deadlines(unknown.roster(()))).state == "unknown"


DUE = world(
    [
        reports(A, april(7)), reports(A, april(8), "9-12 13-14:lunch 14-14.30"), reports(B, april(7), "13-14"),
        reports(B, april(8), "16.10-17.25"), reports(B, april(9)), reports(A, april(8), "15-17", kind="training"),
        (B, duty(april(8), "9-11 11-12.30:report")), (A, duty(april(7), "9-12")),
    ],
    start=APRIL_7,
    days=7,
    past=[*KNOWN, reports(B, april(2), "9-9.45"), reports(B, MONTH_END)],
)  # fmt: skip
LATER = world(
    [reports(A, april(1), "9-10"), reports(A, april(3), "9-9.35"), reports(B, april(2), "20-21.25"),
     (A, duty(april(3), "10-12 12-12.25:report")), reports(B, MONTH_END)],
    start=MONTH_END, days=7, people=[A, person("X", role="expert")],
)  # fmt: skip
CUT = world(
    [reports(A, april(7)), reports(A, april(8), "9-11"), reports(B, april(9), "9-10.30"), reports(B, april(10), "9-13"),
     reports(B, april(14), "9-11")],
    start=APRIL_7, days=9, past=KNOWN, contract=ending("04-09"),
)  # fmt: skip
DAILY = world(
    [*(reports(who, day, hours) for who in (A, B) for day, hours in ((0, "9-9.40"), (1, "9-9.50"))),
     reports(A, 2, "10-11"), reports(B, 3, "10-11")],
    days=4, past=[(A, duty(-3))],
)  # fmt: skip
EACH_DAY = REPORT.model_copy(update={"period": "day", "due_workdays": None, "minutes": 60})
NEXT_DAY = REPORT.model_copy(update={"period": "day", "due_workdays": 1, "minutes": 45, "piece_minutes": 30})
OTHER_DAYS = REPORT.model_copy(update={"period": "day", "due_workdays": 2, "minutes": 60})
PLAN = REPORT.model_copy(update={"due_workdays": 6, "due_from": "start", "minutes": 150})
OWN = REPORT.model_copy(update={"due_workdays": None, "minutes": 600})
WEEKLY = REPORT.model_copy(update={"period": "week", "due_workdays": None, "minutes": 150, "piece_minutes": 30})
ONE_PIECE = WEEKLY.model_copy(update={"minutes": 60, "piece_minutes": None})
OF_FIVE = WEEKLY.model_copy(update={"usual_days": 5})
OF_TEN = WEEKLY.model_copy(update={"usual_days": 10, "minutes": 480})


@pytest.mark.parametrize(
    ("rule", "small"),
    [(REPORT, DUE), (REPORT, LATER), (EACH_DAY, DAILY), (NEXT_DAY, DAILY), (OTHER_DAYS, DAILY), (WEEKLY, DAILY),
     (WEEKLY, DUE), (PLAN, DUE), (REPORT, CUT), (WEEKLY, CUT), (OWN, CUT), (ONE_PIECE, CUT), (OF_FIVE, CUT),
     (OF_TEN, DUE)],
)  # fmt: skip
def test_check_and_model_agree(rule, small):
    agree(rule, small)
    costs_agree(rule, small)


@pytest.mark.parametrize(
    ("rule", "small", "broken"),
    [
        (REPORT, DUE, {"minutes": 241}),
        (REPORT, DUE, {"due_workdays": 6}),
        (REPORT, DUE, {"row_kind": "training"}),
        (REPORT, LATER, {"due_workdays": 4}),
        (PLAN, DUE, {"due_workdays": 5}),
        (NEXT_DAY, DAILY, {"due_workdays": 2}),
        (EACH_DAY, DAILY, {"period": "week"}),
        (OWN, CUT, {"piece_minutes": 600}),
        (OF_TEN, DUE, {"usual_days": 5}),
    ],
)
def test_world_notices_a_fault(rule, small, broken):
    disagree(small, rule, **broken)
