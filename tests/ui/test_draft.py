"""A roster under somebody's hands, in a small world: two agents, an expert, work and on call."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.asking import ask, horizon_of
from planning.draft import apply, apply_all, begin, judged, lock_edits, locks, undo
from planning.edits import Clear, Lock, Put, Swap, Undo, edits_of
from planning.marks import marks
from roster.compliance import audit
from roster.errors import InputError
from roster.leave_rows import leave_rows
from roster.options import rows_of
from roster.people import Leave
from roster.roster import Roster
from roster.rules.max_days_in_row import MaxDaysInRow
from roster.rules.present import Present
from tests.worlds import CLAUSE, MONDAY, contract, person, problem

TUESDAY = MONDAY + timedelta(days=1)
NAMES = {"zh": "名", "en": "name"}
SHIFTS = [
    {"id": "D", **NAMES, "serves": ["desk/agent"], "sites": ["office", "onsite"],
     "segments": [{"start": "09:00", "end": "12:00"}, {"start": "12:00", "end": "13:00", "activity": "lunch",
                  "paid": False}, {"start": "13:00", "end": "17:00"}]},
    {"id": "L", **NAMES, "serves": ["desk/agent", "desk/expert"], "sites": ["office"],
     "posts": ["calls", "quality"], "segments": [{"start": "13:00", "end": "21:00"}]},
    {"id": "O", **NAMES, "serves": ["desk/agent"], "sites": ["remote"], "kind": "oncall",
     "segments": [{"start": "21:00", "end": "33:00"}]},
]  # fmt: skip
DAY, ONSITE, LATE, QUALITY, CALL = (
    "D/desk/agent/office/", "D/desk/agent/onsite/", "L/desk/agent/office/calls", "L/desk/agent/office/quality",
    "O/desk/agent/remote/",
)  # fmt: skip
EXPERT = "L/desk/expert/office/calls"


def draft_of(chosen=(), *, rules=(), days=2, leave=(), **fields):
    """A draft of the world that holds the options (staff_id, day, key) given."""
    people = (person("A"), person("B"), person("X", role="expert"))
    asked = problem(people, days=days, contract=contract(rules, shift=SHIFTS, **fields), leave=leave)
    empty = begin(Roster(asked, tuple(leave_rows(asked))))
    return begin(apply_all(empty, puts(chosen)).roster)


def puts(chosen):
    return [Put(seq=n, staff_id=who, date=day, option=key) for n, (who, day, key) in enumerate(chosen, 1)]


def put(seq, who, day, key):
    return Put(seq=seq, staff_id=who, date=day, option=key)


def held(draft, who, day):
    return list(draft.held((who, day)))


def test_work_takes_the_place_of_work_and_on_call_stands_beside_it():
    draft = draft_of([("A", MONDAY, DAY), ("A", MONDAY, CALL)])
    after = apply(draft, put(1, "A", MONDAY, QUALITY))
    assert held(after, "A", MONDAY) == [QUALITY, CALL]
    assert {row.post for row in after.rows if row.shift == "L"} == {"quality"}


def test_every_option_of_a_real_week_is_held_as_itself(shanghai):
    asked = ask(shanghai, horizon_of(shanghai, date(2025, 7, 1), 4), None)
    draft = begin(Roster(asked, ()))
    options = [(place, key) for place, offered in draft.offers.items() for key in offered]
    assert len(options) > 1000
    for place, key in options:
        assert held(apply(draft, put(1, *place, key)), *place) == [key]


def test_rows_are_those_of_the_catalogue():
    draft = draft_of([("A", MONDAY, DAY)])
    assert draft.rows == tuple(rows_of(draft.offers["A", MONDAY][DAY]))


def test_what_is_not_offered_is_refused_and_told():
    draft = draft_of([("A", MONDAY, DAY)])
    for edit in (put(1, "A", MONDAY, EXPERT), put(1, "X", MONDAY, DAY), put(1, "A", MONDAY, "nonsense")):
        after = apply(draft, edit)
        assert (after.refused, after.applied) == ("not-offered", 1)
        assert after.rows == draft.rows
    assert apply(draft, put(1, "nobody", MONDAY, DAY)).refused == "elsewhere"
    assert apply(draft, put(1, "A", MONDAY + timedelta(days=2), DAY)).refused == "elsewhere"


def test_a_refusal_is_forgotten_with_the_next_edit():
    draft = apply(draft_of(), put(1, "A", MONDAY, EXPERT))
    assert apply(draft, put(2, "A", MONDAY, DAY)).refused == ""


def test_edits_sent_again_are_passed_over():
    edits = [put(1, "A", MONDAY, DAY), put(2, "A", MONDAY, LATE), Undo(seq=3), put(4, "B", TUESDAY, DAY)]
    once = apply_all(draft_of(), edits)
    again = draft_of()
    for upto in range(1, 5):
        again = apply_all(apply_all(again, edits[:upto]), edits[:upto])
    assert (again.rows, again.applied, again.changes) == (once.rows, 4, once.changes)
    assert held(again, "A", MONDAY) == [DAY]


def test_clearing_one_duty_or_all_leaves_leave():
    rest = Leave(staff_id="A", start=f"{MONDAY}T13:00+08:00", end=f"{MONDAY}T17:00+08:00")
    draft = draft_of([("A", MONDAY, DAY), ("A", MONDAY, CALL)], leave=(rest,))
    one = apply(draft, Clear(seq=1, staff_id="A", date=MONDAY, option=DAY))
    assert held(one, "A", MONDAY) == [CALL]
    every = apply(draft, Clear(seq=1, staff_id="A", date=MONDAY))
    assert [row.kind for row in every.rows] == ["leave"]


def test_a_locked_cell_keeps_its_duties_until_it_is_unlocked():
    draft = apply(draft_of([("A", MONDAY, DAY), ("B", MONDAY, LATE)]), Lock(seq=1, staff_id="A", date=MONDAY))
    assert draft.locked(("A", MONDAY))
    swap = Swap(seq=2, staff_id="B", date=MONDAY, other_staff_id="A", other_date=MONDAY)
    for edit in (put(2, "A", MONDAY, LATE), Clear(seq=2, staff_id="A", date=MONDAY), swap):
        after = apply(draft, edit)
        assert after.refused == "locked"
        assert after.rows == draft.rows
    free = apply(draft, Lock(seq=2, kind="unlock", staff_id="A", date=MONDAY))
    assert held(apply(free, put(3, "A", MONDAY, LATE)), "A", MONDAY) == [LATE]


def test_locks_are_the_rows_for_solving_again():
    draft = apply(draft_of([("A", MONDAY, DAY), ("B", MONDAY, LATE)]), Lock(seq=1, staff_id="A", date=MONDAY))
    assert {(row.staff_id, row.shift, row.locked) for row in locks(draft)} == {("A", "D", True)}
    assert len(locks(draft)) == 3
    assert draft.settled == (("A", MONDAY),)


def test_a_free_cell_is_locked_as_free_until_it_is_unlocked():
    draft = apply(draft_of([("A", MONDAY, DAY)]), Lock(seq=1, staff_id="A", date=TUESDAY))
    assert (draft.locked(("A", TUESDAY)), draft.settled, locks(draft)) == (True, (("A", TUESDAY),), ())
    assert apply(draft, put(2, "A", TUESDAY, DAY)).refused == "locked"
    assert not undo(draft).locked(("A", TUESDAY))
    freed = apply(draft, Lock(seq=2, kind="unlock", staff_id="A", date=TUESDAY))
    assert held(apply(freed, put(3, "A", TUESDAY, DAY)), "A", TUESDAY) == [DAY]


def test_edits_are_at_risk_until_they_are_locked_all_at_once():
    draft = draft_of([("A", MONDAY, DAY), ("B", MONDAY, LATE)])
    edits = [Clear(seq=1, staff_id="A", date=MONDAY), put(2, "B", TUESDAY, DAY), put(3, "B", MONDAY, DAY)]
    edited = apply_all(draft, [*edits, put(4, "B", MONDAY, LATE)])
    changed = (("A", MONDAY), ("B", TUESDAY))
    assert (edited.edited, edited.at_risk) == (changed, changed)  # B's Monday is as it was
    kept = lock_edits(edited)
    assert (kept.edited, kept.at_risk, kept.settled) == (changed, (), changed)
    assert {(row.staff_id, row.date) for row in locks(kept)} == {("B", TUESDAY)}
    assert undo(kept).rows == edited.rows
    assert lock_edits(draft) == draft


def test_locked_cells_of_a_plan_are_locked_in_its_draft_also_free_ones():
    asked = draft_of([("A", MONDAY, DAY)]).problem.model_copy(update={"settled": (("B", MONDAY),)})
    assert begin(Roster(asked, ())).settled == (("B", MONDAY),)


def test_swapping_exchanges_duties_between_people_and_days():
    draft = draft_of([("A", MONDAY, ONSITE), ("B", MONDAY, LATE), ("B", TUESDAY, DAY)])
    people = apply(draft, Swap(seq=1, staff_id="A", date=MONDAY, other_staff_id="B", other_date=MONDAY))
    assert (held(people, "A", MONDAY), held(people, "B", MONDAY)) == ([LATE], [ONSITE])
    days = apply(draft, Swap(seq=1, staff_id="A", date=MONDAY, other_staff_id="A", other_date=TUESDAY))
    assert (held(days, "A", MONDAY), held(days, "A", TUESDAY)) == ([], [ONSITE])
    assert {row.start.date() for row in days.rows if row.staff_id == "A"} == {TUESDAY}


def test_swapping_with_somebody_not_qualified_is_refused():
    draft = draft_of([("A", MONDAY, DAY), ("X", MONDAY, EXPERT)])
    after = apply(draft, Swap(seq=1, staff_id="A", date=MONDAY, other_staff_id="X", other_date=MONDAY))
    assert after.refused == "not-qualified"
    assert after.rows == draft.rows


def test_a_breach_is_seen_at_once_and_gone_after_undo():
    rule = Present(clauses=("T-1",), team="desk", role="agent", people=1)
    draft = draft_of([("A", MONDAY, DAY), ("B", TUESDAY, DAY)], rules=[rule])
    assert marks(judged(draft)).every == ()
    broken = apply(draft, Clear(seq=1, staff_id="A", date=MONDAY))
    found = marks(judged(broken))
    assert [(key, len(of)) for key, of in found.by_team.items()] == [(("desk", MONDAY), 1)]
    assert found.every[0].hard
    assert found.by_cell == found.by_day == {}
    assert judged(broken) == audit(Roster(broken.problem, broken.rows))
    assert undo(broken).rows == draft.rows
    assert marks(judged(undo(broken))).every == ()


def test_marks_of_people_stand_in_their_cells_and_count_a_rule_once():
    clauses = [CLAUSE, CLAUSE | {"id": "T-2"}]
    rule = MaxDaysInRow(clauses=("T-1", "T-2"), days=2)
    worked = [("A", MONDAY + timedelta(days=k), DAY) for k in range(3)]
    found = marks(judged(draft_of(worked, rules=[rule], days=3, clause=clauses)))
    assert list(found.by_cell) == [("A", MONDAY + timedelta(days=2))]
    assert [mark.judgement.clause.id for mark in found.every] == ["T-1"]


def test_a_reading_not_chosen_leaves_no_mark():
    clause = CLAUSE | {"reading": "one", "readings": {"one": NAMES, "two": NAMES}}
    rule = Present(clauses=("T-1",), team="desk", role="agent", people=1, reading="two")
    assert marks(judged(draft_of(rules=[rule], clause=[clause]))).every == ()


def test_undoing_without_changes_says_so():
    assert undo(draft_of()).refused == "nothing-to-undo"
    assert apply(draft_of(), Undo(seq=7)).applied == 7


def test_edits_come_in_order_and_all_faults_are_told():
    raw = [
        {"seq": 2, "kind": "unlock", "staff_id": "A", "date": "2025-03-03"},
        {"seq": 1, "kind": "set", "staff_id": "A", "date": "2025-03-03", "option": DAY},
    ]
    assert [(edit.seq, edit.kind) for edit in edits_of(raw)] == [(1, "set"), (2, "unlock")]
    with pytest.raises(InputError) as error:
        edits_of([{"seq": 0, "kind": "undo"}, {"seq": 1, "kind": "set", "staff_id": "A", "date": "3 May"}])
    assert len(error.value.faults) == 3
    with pytest.raises(InputError):
        edits_of([{"seq": 1, "kind": "explode"}])


_WHERE = {"staff_id": st.sampled_from("ABX"), "date": st.sampled_from([MONDAY, TUESDAY]), "seq": st.just(1)}
_EDITS = st.one_of(
    st.builds(Put, **_WHERE, option=st.sampled_from([DAY, ONSITE, LATE, QUALITY, CALL, EXPERT])),
    st.builds(Clear, **_WHERE, option=st.sampled_from(["", DAY, CALL])),
    st.builds(Lock, **_WHERE, kind=st.sampled_from(["lock", "unlock"])),
    st.builds(Swap, **_WHERE, other_staff_id=st.sampled_from("ABX"), other_date=st.sampled_from([MONDAY, TUESDAY])),
)
_START = draft_of([("A", MONDAY, DAY), ("A", MONDAY, CALL), ("B", TUESDAY, LATE), ("X", MONDAY, EXPERT)])


@settings(max_examples=60, deadline=None)
@given(st.lists(_EDITS, max_size=12))
def test_undoing_everything_gives_the_first_roster(edits):
    draft = apply_all(_START, [edit.model_copy(update={"seq": n}) for n, edit in enumerate(edits, 1)])
    offered = {key for place in draft.cells for key in draft.held(place) if key not in draft.offers[place]}
    assert not offered, "an edit made a duty that the catalogue does not offer"
    for _ in draft.changes:
        draft = undo(draft)
    assert draft.rows == _START.rows


def test_a_verdict_is_kept_while_no_duty_changes_and_asked_anew_after():
    draft = draft_of([("A", MONDAY, DAY)])
    verdict = draft.judgements
    locked = apply(draft, Lock(kind="lock", seq=1, staff_id="A", date=MONDAY))
    refused = apply(locked, put(2, "A", MONDAY, LATE))
    assert (locked.judged_so_far, refused.judged_so_far) == (verdict, verdict)
    assert audit(locked.roster) == verdict
    changed = apply(draft, put(1, "A", TUESDAY, DAY))
    assert changed.judged_so_far is None
    assert (changed.judgements, undo(changed).judgements) == (audit(changed.roster), verdict)
