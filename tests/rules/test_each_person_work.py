from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from roster.base import Block
from roster.people import Leave
from roster.rules.each_person_work import EachPersonWork
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, contract, disagree, duty, person, world

# March 2025: 21 workdays, the weeks of the 3rd, 10th, 17th and 24th, and Monday the 31st.
RULE = EachPersonWork(
    clauses=("T-1",), what={"zh": "日常培训", "en": "regular training"}, who=("desk/agent",), minutes=120,
    piece_minutes=60, period="month",
)  # fmt: skip
A, B, C, D = (person(name) for name in "ABCD")
FOUR = (A, B, C, D)
ZONE = ZoneInfo("Asia/Shanghai")
FOURTH, LAST = MONDAY + timedelta(days=21), date(2025, 3, 31)
RECORD = [(A, duty(day, "18-19")) for day in range(-2, 29)]


def trained(who, day, hours="13-15", **more):
    return (who, duty(day, hours, **({"activity": "training", "kind": "training"} | more)))


def judged(cells, *, rule=RULE, past=(), start=MONDAY, days=7, people=FOUR, **fields):
    small = world(cells, days=days, past=past, people=list(people), start=start, **fields)
    return [(f.staff_ids, f.verdict, f.found, f.limit, f.points) for f in rule.check(small.roster(small.free))]


def before(day):
    """A record of every day before, without training."""
    return [cell for cell in RECORD if cell[1].day < day]


def test_at_the_end_of_the_period_everybody_has_had_all_of_it():
    """The last week that leaves no workday: from the 24th to the 31st."""
    cells = [trained(A, 21), trained(B, 22, "13-14"), trained(B, 28, "9-10"), trained(C, 23, "13-14.59")]
    assert judged(cells, start=FOURTH, days=8, past=before(FOURTH)) == [
        (("A",), "met", 120, 120, 0), (("B",), "met", 120, 120, 0), (("C",), "breached", 119, 120, 1),
        (("D",), "breached", 0, 120, 120),
    ]  # fmt: skip


def test_training_of_the_same_month_before_the_horizon_counts():
    done = [*before(LAST), trained(A, 3), trained(B, -3)]
    (first, second) = judged([], start=LAST, days=1, past=done, people=(A, B))
    assert (first, second) == ((("A",), "met", 120, 120, 0), (("B",), "breached", 0, 120, 120))


def test_without_a_record_the_end_owes_a_share_of_the_people_too():
    """One of 21 workdays: one of four people; whether the others had theirs nobody can say."""
    past = [cell for cell in before(LAST) if cell[1].day != MONDAY]
    assert judged([], start=LAST, days=1, past=past) == [((), "at_risk", 0, 1, 120)]
    assert judged([trained(B, 28)], start=LAST, days=1) == [(("B",), "unknown", 1, 1, 0)]
    assert judged([trained(A, 28)], start=LAST, days=1, people=(A,)) == [(("A",), "met", 1, 1, 0)]


def test_only_weekends_left_is_the_end():
    """May 2025 ends on a Saturday."""
    friday, may = date(2025, 5, 30), [(A, duty(date(2025, 5, day))) for day in range(1, 30)]
    assert judged([], start=friday, days=1, people=(A,), past=may) == [(("A",), "breached", 0, 120, 120)]


@pytest.mark.parametrize("other", [{"kind": "work"}, {"activity": "report"}])
def test_other_work_is_no_training(other):
    assert judged([trained(A, 28, **other)], start=LAST, days=1, past=before(LAST), people=(A,))[0][2] == 0


def test_a_post_narrows_it_down_where_it_is_named():
    named = RULE.model_copy(update={"post": "policy"})
    cells = [trained(A, 28, "9-11", post="policy"), trained(B, 28, "9-11", post="drill")]
    found = judged(cells, rule=named, start=LAST, days=1, past=before(LAST), people=(A, B))
    assert [minutes for _, _, minutes, *_ in found] == [120, 0]


def test_a_week_owes_its_share_of_the_people():
    """4 people x 5 of 21 workdays, rounded up, is 1; 5 people make 2."""
    assert judged([]) == [((), "at_risk", 0, 1, 120)]
    assert judged([trained(C, 2)]) == [(("C",), "met", 1, 1, 0)]
    assert judged([trained(C, 2, "13-14"), trained(A, 3, "13-14")]) == [((), "at_risk", 0, 1, 120)]
    assert judged([trained(C, 2)], people=(*FOUR, person("E"))) == [(("C",), "at_risk", 1, 2, 120)]


def test_a_known_past_sets_the_pace():
    """One of four had it by the 16th: 3 x 5 of the 11 workdays left is 2 more; two had it: 1 more."""
    third = MONDAY + timedelta(days=14)
    one, two = [*before(third), trained(B, 4)], [*before(third), trained(B, 4), trained(D, 9)]
    assert judged([], past=one, start=third) == [(("B",), "at_risk", 1, 3, 240)]
    assert judged([trained(A, 15)], past=two, start=third) == [(("A", "B", "D"), "met", 3, 3, 0)]


def test_without_a_past_the_even_share_is_shown():
    third = MONDAY + timedelta(days=14)
    assert judged([trained(A, 15)], start=third) == [(("A",), "unknown", 1, 1, 0)]
    assert judged([], start=third) == [((), "at_risk", 0, 1, 120)]


def test_whoever_is_there_for_fewer_than_half_of_the_workdays_is_excused():
    """Of 21 workdays 11 are asked for: employed to the 17th is 11, to the 14th is 10."""
    stays, leaves = person("S", employed_to=date(2025, 3, 17)), person("L", employed_to=date(2025, 3, 14))
    away = Leave(staff_id="V", start=datetime(2025, 3, 1, tzinfo=ZONE), end=datetime(2025, 3, 18, tzinfo=ZONE))
    people = (stays, leaves, person("V"), person("R", reserve=True), person("X", role="expert"))
    found = judged([], start=LAST, days=1, past=before(LAST), people=(A, *people), leave=(away,))
    assert [staff_ids for staff_ids, *_ in found] == [("A",), ("S",)]


def test_a_period_before_the_contract_owes_nothing():
    later = contract(period={"start": "2025-04-01", "end": "2025-12-31"})
    assert judged([], start=FOURTH, days=8, contract=later) == []


def test_a_period_cut_by_the_contract_ends_with_it():
    """To the 17th of March 11 of 21 workdays: all are due on that day; to the 14th nobody owes any."""
    third, record = MONDAY + timedelta(days=14), before(MONDAY + timedelta(days=14))
    cut = {"start": third, "days": 7, "past": record, "people": (A, B)}
    ended = contract(period={"start": "2025-01-01", "end": "2025-03-17"})
    cells = [trained(A, 14), trained(B, 15)]
    assert judged(cells, contract=ended, **cut) == [(("A",), "met", 120, 120, 0), (("B",), "breached", 0, 120, 120)]
    sooner = contract(period={"start": "2025-01-01", "end": "2025-03-14"})
    assert judged(cells, contract=sooner, **cut | {"start": MONDAY + timedelta(days=7)}) == [
        ((), "not_applicable", 0, 0, 0)
    ]


def test_a_quarter_is_longer_than_a_month():
    quarter = RULE.model_copy(update={"period": "quarter"})
    assert judged([], rule=quarter, start=date(2025, 2, 24), days=5, people=(A,))[0][3] == 1
    assert [points for *_, points in judged([], rule=quarter, start=LAST, days=1, people=(A,))] == [120]


def test_its_piece_is_offered_to_the_duties():
    assert RULE.blocks() == (Block("training", 60, ("desk/agent",), kind="training", days="workday"),)


def test_the_deadline_holds_all_people_together():
    cells = [trained(A, 28), trained(B, 28, "13-14")]
    small = world(cells, days=1, past=before(LAST), people=[A, B], start=LAST)
    (due,) = RULE.deadlines(small.roster(small.free))
    assert (due.state, due.minutes, due.planned, due.owed, due.missing) == ("late", 240, 180, 240, ("B",))
    assert (due.opens, due.due) == (date(2025, 3, 1), LAST)
    early = world([trained(A, 0)], days=7, people=[A, B])
    (open_one,) = RULE.deadlines(early.roster(early.free))
    assert (open_one.state, open_one.owed, open_one.missing) == ("open", 0, ("B",))


END = world(
    [trained(A, 28), trained(A, 28, "16-17"), trained(B, 28, "9-10.15"), trained(B, 28, "11-11.45"),
     (B, duty(28, "12-13 13-13.45:training")), trained(B, 28, "14-16", activity="report"),
     trained(C, 28, "9-11", kind="work"), trained(C, 29, "9-11")],
    start=LAST, days=2,
    past=[*before(LAST), trained(A, 9, "13-14"), trained(C, 21)],
    people=[A, B, C],
)  # fmt: skip
PACE = world(
    [trained(A, 14), trained(B, 15, "9-10"), trained(B, 16, "9-10.30"), trained(C, 16, "9-11"),
     trained(D, 17, "9-10"), trained(D, 18, "9-9.45"), (A, duty(15))],
    start=MONDAY + timedelta(days=14), days=7,
    past=[*before(MONDAY + timedelta(days=14)), trained(B, 3, "9-9.30"), trained(D, 4, "13-13.20")],
    people=list(FOUR),
)  # fmt: skip
UNKNOWN = world(
    [trained(A, 14), trained(B, 15, "9-10"), trained(B, 16, "9-10"), trained(C, 16, "9-10"), (A, duty(15))],
    start=MONDAY + timedelta(days=14), days=7, past=[trained(D, 3)], people=[*FOUR, person("E"), person("F")],
)  # fmt: skip


UNSEEN_END = world(
    [trained(A, 28), trained(B, 28, "9-10"), trained(B, 28, "10-11"), trained(C, 28, "9-9.45"), (A, duty(28)),
     trained(C, 29, "9-11")],
    start=LAST, days=2, past=[*before(MONDAY + timedelta(days=8)), trained(D, 4)], people=[*FOUR, person("E")],
)  # fmt: skip


CUT = world(
    [trained(A, 14), trained(B, 14, "9-10"), trained(B, 14, "16-17"), trained(C, 14), trained(C, 15), trained(D, 14)],
    start=MONDAY + timedelta(days=14), days=7, past=before(MONDAY + timedelta(days=14)), people=list(FOUR),
    contract=contract(period={"start": "2025-01-01", "end": "2025-03-17"}),
)  # fmt: skip


@pytest.mark.parametrize("small", [END, PACE, UNKNOWN, UNSEEN_END, CUT])
def test_check_and_model_agree(small):
    agree(RULE, small)
    costs_agree(RULE, small)


@pytest.mark.parametrize(
    ("small", "broken"),
    [(END, {"minutes": 121}), (END, {"row_kind": "work"}), (PACE, {"minutes": 90}), (PACE, {"period": "quarter"}),
     (UNKNOWN, {"who": ("desk/expert",)})],
)  # fmt: skip
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)
