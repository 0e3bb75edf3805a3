"""The Shanghai contract carries the whole tender."""

from collections import Counter

import pytest

from tests.conftest import SAMPLES

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
    assert kinds == {"hard": 17, "goal": 2, "kpi": 1, "duty": 10, "cap": 1, "record": 4}
