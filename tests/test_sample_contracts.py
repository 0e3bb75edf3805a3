"""What every sample contract has: the whole tender in its words, a rule for what is asked, readings that choose."""

from functools import cache

import pytest

from roster.contract import Contract
from roster.loading.scenario import load_scenario
from tests.conftest import SAMPLES

COUNTS = {"gansu-12329": ("GS", 14, 30), "pingxiang-12345": ("PX", 25, 50), "shanghai-2025": ("SH", 43, 110),
          "xian-shebao": ("XA", 19, 30)}  # fmt: skip
"""Prefix of the clauses, how many there are, and how many quotes they have at least."""
READINGS = [
    ("gansu-12329", "GS-01", "always", "service-hours"),
    ("gansu-12329", "GS-02", "occupied", "capacity"),
    ("gansu-12329", "GS-05", "on-call", "on-duty"),
    ("gansu-12329", "GS-06", "present", "enrolled"),
    ("pingxiang-12345", "PX-01", "two-on-calls", "one-on-calls"),
    ("pingxiang-12345", "PX-04", "dispatch-and-leader", "all-posts-daily"),
    ("shanghai-2025", "SH-01", "present", "enrolled"),
    ("shanghai-2025", "SH-04", "always", "service-hours"),
    ("shanghai-2025", "SH-09", "each", "mean"),
    ("shanghai-2025", "SH-11", "production-blocks", "every-week"),
    ("shanghai-2025", "SH-14", "open", "closed"),
    ("xian-shebao", "XA-01", "workdays", "not-statutory"),
    ("xian-shebao", "XA-05", "service-account", "subscription-account"),
    ("xian-shebao", "XA-06", "held-quarterly", "present-half-yearly"),
]
every_sample = pytest.mark.parametrize("name", COUNTS)


@cache
def of(name: str) -> Contract:
    return load_scenario(SAMPLES / name).contract


@every_sample
def test_every_clause_is_there_once_in_order(name):
    prefix, count, _ = COUNTS[name]
    own = [clause.id for clause in of(name).clauses if clause.source == "contract"]
    assert own == [f"{prefix}-{number:02d}" for number in range(1, count + 1)]
    assert [c.id for c in of(name).clauses if c.source == "labour"][1:] == [f"LAW-{n}" for n in range(1, 10)]


@every_sample
def test_every_quote_stands_in_the_tender(name):
    tender = (SAMPLES / name / "tender.txt").read_text(encoding="utf-8")
    quotes = [(c.id, quote) for c in of(name).clauses if c.document == "tender" for quote in c.quote]
    assert len(quotes) > COUNTS[name][2]
    assert [pair for pair in quotes if pair[1] not in tender] == []


@every_sample
def test_what_is_asked_has_a_rule_and_the_rest_says_what_would_show_it(name):
    kept = {clause for entry in (*of(name).rules, *of(name).goals) for clause in entry.clauses}
    for clause in of(name).clauses:
        if clause.kind not in ("kpi", "record"):
            assert clause.id in kept, f"{clause.id} is {clause.kind} and nothing keeps it"
        if clause.source == "contract" and clause.kind not in ("hard", "cap"):
            assert clause.evidence, f"{clause.id} says nothing of its evidence"


@pytest.mark.parametrize(("name", "clause", "default", "other"), READINGS)
def test_a_reading_chooses_the_rules_in_force(name, clause, default, other):
    contract = of(name)
    rules = [rule for rule in contract.rules if rule.clauses[0] == clause and rule.reading]
    assert {rule.reading for rule in rules if contract.governs(rule)} == {default}
    swapped = tuple(c.model_copy(update={"reading": other}) if c.id == clause else c for c in contract.clauses)
    changed = contract.model_copy(update={"clauses": swapped})
    assert {rule.reading for rule in rules if changed.governs(rule)} == {other}
