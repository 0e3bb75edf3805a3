"""docs/clauses.md: every clause and labour rule with where it is enforced, judged and shown."""

import re
import tomllib
from pathlib import Path

import pytest

from planning.clauses_page import COLUMNS, SECTIONS, clauses_page, row
from planning.outputs import roster_files
from planning.samples import samples
from roster.loading.contract_file import load_contract
from roster.rules import RULES
from roster.words import Text

ROOT = Path(__file__).parent.parent


def contracts():
    return {name: load_contract(ROOT / "sample_data" / name / "contract.toml") for name in samples()}


def cells(page: str) -> list[list[str]]:
    lines = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| clause |")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_is_what_the_contracts_say():
    page = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    assert page == clauses_page(), "renew it: python -m planning.clauses_page > docs/clauses.md"


def test_every_clause_of_every_tender_and_every_labour_rule_has_its_row():
    listed = [entry[0] for entry in cells(clauses_page())]
    owed = [
        clause.id for contract in contracts().values() for clause in contract.clauses if clause.source == "contract"
    ]
    labour = [clause.id for clause in next(iter(contracts().values())).clauses if clause.source == "labour"]
    assert listed == owed + labour
    assert {f"LAW-{k}" for k in range(1, 10)} <= set(labour)


def test_no_cell_is_empty():
    for entry in cells(clauses_page()):
        assert len(entry) == len(COLUMNS), entry
        assert all(entry), entry


def test_every_rule_and_every_goal_with_clauses_stands_in_the_row_of_its_clause():
    rows = {entry[0]: entry for entry in cells(clauses_page())}
    for contract in contracts().values():
        for maker in (*contract.rules, *contract.goals):
            for clause in maker.clauses:
                assert f"`{maker.kind}`" in rows[clause][COLUMNS.index("rules")], (clause, maker.kind)


def test_clauses_of_kind_goal_are_served_by_a_goal_or_a_rule():
    """A target that nothing works for is no goal."""
    lost = [
        clause.id
        for contract in contracts().values()
        for clause in contract.clauses
        if clause.kind == "goal" and row(contract, clause)[COLUMNS.index("rules")] == "none"
    ]
    assert lost == []


def test_what_is_shown_where_exists(april_week):
    """Names of the column are files of a plan, sections of the report, or the clause tables."""
    known = {"clause tables", "summary.json", "calendars", *roster_files(april_week, april_week.roster)}
    words = tomllib.loads((ROOT / "roster" / "exports" / "report" / "words.toml").read_text(encoding="utf-8"))
    known |= set(words["section"])
    shown = {name for entry in cells(clauses_page()) for name in entry[-1].split(", ")}
    assert shown - known == set()
    assert set(SECTIONS) <= set(RULES)


@pytest.fixture
def shanghai_contract(shanghai):
    return shanghai.contract


def test_a_clause_that_nothing_keeps_leaves_cells_empty(shanghai_contract):
    orphan = shanghai_contract.clause("SH-25").model_copy(update={"id": "SH-99", "evidence": None})
    found = dict(zip(COLUMNS, row(shanghai_contract, orphan), strict=True))
    assert (found["enforced"], found["judged"]) == ("", "")
    told = orphan.model_copy(update={"evidence": Text(zh="材料", en="The files.")})
    found = dict(zip(COLUMNS, row(shanghai_contract, told), strict=True))
    assert (found["enforced"], found["judged"]) == ("not by a roster", "unknown: The files.")


def test_other_readings_are_in_brackets_and_targets_are_told(shanghai_contract):
    headcount = dict(zip(COLUMNS, row(shanghai_contract, shanghai_contract.clause("SH-01")), strict=True))
    assert re.search(r"`present` x2.*\(`enrolled` x2\)", headcount["rules"])
    assert headcount["judged"] == "check of `present`, `reserve_use`"
    coverage = next(goal for goal in shanghai_contract.goals if goal.kind == "coverage")
    others = tuple(goal for goal in shanghai_contract.goals if goal.kind != "coverage")
    linked = shanghai_contract.model_copy(
        update={"goals": (coverage.model_copy(update={"clauses": ("SH-15",)}), *others)}
    )
    answered = dict(zip(COLUMNS, row(linked, linked.clause("SH-15")), strict=True))
    assert "targets of queue online-help: 90% answered, 80% within 60 s" in answered["enforced"]
    assert "coverage" in answered["shown"].split(", ")
