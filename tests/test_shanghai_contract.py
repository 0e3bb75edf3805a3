"""The Shanghai contract carries the whole tender."""

from collections import Counter
from datetime import date

import pytest

from tests.conftest import SAMPLES
from tests.worlds import world

FOLDER = SAMPLES / "shanghai-2025"


def test_headcounts_are_the_tender_s_table(contract):
    counts = {(team.id, role.id): role.headcount for team in contract.teams for role in team.roles}
    assert counts == {
        ("direct-link", "operations"): 12, ("direct-link", "technical"): 4,
        ("wechat", "operations"): 3, ("wechat", "designer"): 1, ("weibo", "operations"): 0.7,
        ("online-helper", "reception"): 6, ("online-helper", "knowledge-base"): 1, ("online-helper", "manager"): 1,
        ("virtual-window", "agent"): 3, ("virtual-window", "knowledge-base"): 1, ("virtual-window", "manager"): 1,
    }  # fmt: skip
    assert sum(counts.values()) == pytest.approx(33.7)


def test_kinds_are_those_of_the_reading(contract):
    kinds = Counter(clause.kind for clause in contract.clauses if clause.source == "contract")
    assert kinds == {"hard": 17, "goal": 2, "kpi": 1, "duty": 12, "cap": 1, "record": 10}


@pytest.mark.parametrize(("clause", "minutes_each", "asked"), [("SH-11", 480, 144), ("SH-12", 60, 360)])
def test_the_weeks_of_the_year_make_what_the_year_asks(contract, clause, minutes_each, asked):
    """Weeks of holidays owe their part only: the items and posts of 2025 still reach the tender's number."""
    (rule,) = [
        rule for rule in contract.rules
        if rule.clauses == (clause,) and contract.governs(rule) and getattr(rule, "post", "") == "production"
    ]  # fmt: skip
    year = world([], start=date(2025, 1, 1), days=365, contract=contract)
    weeks = [deadline.minutes for deadline in rule.deadlines(year.roster(()))]
    assert asked <= sum(weeks) / minutes_each < 1.15 * asked
    assert min(weeks) < max(weeks) == rule.minutes
