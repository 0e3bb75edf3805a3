"""A roster judged again after edits is judged as it is afresh: on samples, edited at random."""

from datetime import date
from random import Random

import pytest

from planning.asking import ask, horizon_of
from planning.draft import apply, begin
from planning.edits import Clear, Lock, Put, Swap, Undo
from roster.compliance import audit
from roster.loading.scenario import load_scenario
from roster.options import options, rows_of
from roster.roster import Roster
from roster.rules.cost_cap import CostCap
from tests.conftest import SAMPLES

EDITS = 12
WEEKS = {
    "shanghai-2025": date(2025, 4, 28), "pingxiang-12345": date(2026, 1, 26), "gansu-12329": date(2025, 3, 3),
    "xian-shebao": date(2023, 11, 6),
}  # fmt: skip


def begun(name, chance):
    """A draft in which most people have some duty on each day of a week."""
    scenario = load_scenario(SAMPLES / name)
    problem = ask(scenario, horizon_of(scenario, WEEKS[name], 7), None)
    offered: dict = {}
    for cell in options(problem):
        offered.setdefault((cell.person.staff_id, cell.duty.day), []).append(cell)
    chosen = [chance.choice(cells) for cells in offered.values() if chance.random() < 0.7]
    return begin(Roster(problem, tuple(row for cell in chosen for row in rows_of(cell))))


def edit(draft, seq, chance):
    """An edit of any kind."""
    (who, day), other = chance.choice(list(draft.offers)), chance.choice(list(draft.offers))
    where = {"seq": seq, "staff_id": who, "date": day}
    puts = [Put(**where, option=chance.choice(list(draft.offers[who, day]))) for _ in range(3)]
    swap = Swap(**where, other_staff_id=other[0], other_date=other[1])
    return chance.choice([*puts, Clear(**where), swap, Lock(**where), Undo(seq=seq)])


def afresh(draft):
    return audit(Roster(draft.problem, draft.rows))


def edit_and_judge(name):
    chance = Random(7)
    draft = begun(name, chance)
    assert draft.judgements == afresh(draft)
    for seq in range(1, EDITS + 1):
        draft = apply(draft, edit(draft, seq, chance))
        if seq % 3:  # some are judged only together with the next
            assert draft.judgements == afresh(draft)
    assert draft.applied == EDITS


@pytest.mark.parametrize("name", WEEKS)
def test_edits_are_judged_as_the_whole_roster_is(name):
    edit_and_judge(name)


def test_a_rule_that_wrongly_says_what_it_is_judged_by_is_noticed(monkeypatch):
    monkeypatch.setattr(CostCap, "judged_by", "day")
    with pytest.raises(AssertionError):
        edit_and_judge("shanghai-2025")
