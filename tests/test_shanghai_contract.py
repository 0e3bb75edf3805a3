"""The Shanghai contract carries the whole tender."""

from collections import Counter
from pathlib import Path

import pytest

from roster.loading.scenario import load_scenario

FOLDER = Path(__file__).parent.parent / "sample_data" / "shanghai-2025"


@pytest.fixture(scope="module")
def contract():
    return load_scenario(FOLDER).contract


def test_every_clause_is_there_once_in_order(contract):
    own = [clause.id for clause in contract.clauses if clause.source == "contract"]
    assert own == [f"SH-{number:02d}" for number in range(1, 36)]
    assert [c.id for c in contract.clauses if c.source == "labour"][1:] == [f"LAW-{n}" for n in range(1, 10)]


def test_every_quote_stands_in_the_tender(contract):
    tender = (FOLDER / "tender.txt").read_text(encoding="utf-8")
    quotes = [(c.id, quote) for c in contract.clauses if c.document == "tender" for quote in c.quote]
    assert len(quotes) > 35
    assert [pair for pair in quotes if pair[1] not in tender] == []


def test_headcounts_are_the_tender_s_table(contract):
    counts = {(team.id, role.id): role.headcount for team in contract.teams for role in team.roles}
    assert counts == {
        ("direct-link", "operations"): 12, ("direct-link", "technical"): 4,
        ("wechat", "operations"): 3, ("wechat", "designer"): 1, ("weibo", "operations"): 0.7,
        ("online-helper", "reception"): 6, ("online-helper", "knowledge-base"): 1, ("online-helper", "manager"): 1,
        ("virtual-window", "agent"): 3, ("virtual-window", "knowledge-base"): 1, ("virtual-window", "manager"): 1,
    }  # fmt: skip
    assert sum(counts.values()) == pytest.approx(33.7)


def test_every_hard_clause_has_a_rule_and_others_say_what_would_show_them(contract):
    ruled = {clause for rule in contract.rules for clause in rule.clauses}
    for clause in contract.clauses:
        if clause.kind in ("hard", "cap"):
            assert clause.id in ruled, f"{clause.id} is hard and no rule keeps it"
        elif clause.source == "contract" and clause.id not in ruled:
            assert clause.kind in ("kpi", "record", "duty", "goal")
            assert clause.evidence or clause.kind == "goal", f"{clause.id} says nothing of its evidence"


def test_kinds_are_those_of_the_reading(contract):
    kinds = Counter(clause.kind for clause in contract.clauses if clause.source == "contract")
    assert kinds == {"hard": 17, "goal": 2, "kpi": 1, "duty": 10, "cap": 1, "record": 4}


@pytest.mark.parametrize(
    ("clause", "default", "other"),
    [("SH-01", "present", "enrolled"), ("SH-04", "always", "service-hours"), ("SH-09", "each", "mean"),
     ("SH-14", "open", "closed")],
)  # fmt: skip
def test_a_reading_chooses_the_rules_in_force(contract, clause, default, other):
    rules = [rule for rule in contract.rules if clause in rule.clauses and rule.reading]
    assert {rule.reading for rule in rules if contract.governs(rule)} == {default}
    swapped = tuple(c.model_copy(update={"reading": other}) if c.id == clause else c for c in contract.clauses)
    changed = contract.model_copy(update={"clauses": swapped})
    assert {rule.reading for rule in rules if changed.governs(rule)} == {other}
