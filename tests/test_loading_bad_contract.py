"""A bad contract: every fault with its place in the file, its value and what is allowed."""

import re
import tomllib
from datetime import date, time

import pytest

from roster.errors import InputError
from roster.goals import GOALS
from roster.loading import contract_of, load_scenario
from roster.rules import RULES
from tests.small_scenario import CONTRACT, small_scenario
from tests.test_loading_bad_input import faults, has, only, refusals


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def contract_faults(folder, *changes, extra=""):
    text = CONTRACT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return faults(small_scenario(folder, contract=text + extra))


def test_broken_toml_names_the_line(folder):
    only(contract_faults(folder, ('id = "small"', "id = small")), "contract.toml line 1, column 6")


def test_values_out_of_range_and_unknown_keys(folder):
    found = contract_faults(folder, ("people = 1", "people = 0\npeple = 1"), ("headcount = 2", 'headcount = "two"'))
    has(found, "contract.toml [[rule]] 1 (present) people: 0", "a whole number at least 1")
    has(found, "contract.toml [[rule]] 1 (present): peple", "did you mean people?")
    has(found, "contract.toml [[team]] 1 (hotline) [[role]] 1 (agent) headcount: two", "a number at least 0")
    assert len(found) == 3


def test_unknown_kinds_with_the_nearest_known_one(folder):
    found = contract_faults(folder, ('kind = "present"', 'kind = "presnt"'), ('kind = "coverage"', 'kind = "cover"'))
    has(found, "[[rule]] 1 (presnt) kind: presnt", "did you mean present?", "min_rest")
    has(found, "[[goal]] 1", "cover", "did you mean coverage?")
    assert len(found) == 2


def test_an_unknown_kind_is_told_every_kind_in_groups_and_the_nearest(folder):
    (fault,) = contract_faults(folder, ('kind = "present"', 'kind = "headcount"'))
    listed = fault.partition("(known: ")[2].removesuffix(")")
    groups = dict(group.split(": ") for group in listed.split("; "))
    assert sorted(kind for held in groups.values() for kind in held.split(", ")) == sorted(RULES)
    assert len(groups) > 3
    assert {"present", "enrolled"} <= set(groups["of teams"].split(", "))
    assert groups["in windows of the day"] == "reachable, service_hours"
    assert "min_rest" in groups["of all people"].split(", ")
    assert re.search(r"did you mean (\w+)\?", fault)[1] in RULES


def test_an_unknown_goal_is_told_every_goal(folder):
    (fault,) = contract_faults(folder, ('kind = "coverage"', 'kind = "coverag"'))
    assert fault.partition(" - ")[2] == f"unknown kind; did you mean coverage? (known: {', '.join(sorted(GOALS))})"


def test_a_rule_without_kind(folder):
    only(contract_faults(folder, ('kind = "present"\n', "")), "[[rule]] 1", "needs kind", "present")


def test_a_missing_value(folder):
    only(contract_faults(folder, ("people = 1\n", "")), "[[rule]] 1 (present)", "needs people", "at least 1")


def test_references_that_lead_nowhere(folder):
    extra = """
[[rule]]
kind = "present"
clauses = ["SM-1", "LAW-1"]
team = "hotlin"
role = "agent"
people = 1
beyond = ["season"]
"""
    found = contract_faults(
        folder,
        ('serves = ["hotline/agent"]\nsites = ["centre"]', 'serves = ["hotline/boss"]\nsites = ["center"]'),
        ('team = "hotline"\nroles = ["agent"]', 'team = "hotline"\nroles = ["agents"]'),
        ('reading = "present"\nreadings', 'reading = "presen"\nreadings'),
        extra=extra,
    )
    for place, value in [
        ("[[shift]] 1 (D1) serves 1", "hotline/boss"),
        ("[[shift]] 1 (D1) sites 1", "center"),
        ("[[queue]] 1 (hotline) roles 1", "agents"),
        ("[[clause]] 1 (SM-01) reading", "presen"),
        ("[[rule]] 2 (present) clauses 1", "SM-1"),
        ("[[rule]] 2 (present) team", "hotlin"),
        ("[[rule]] 2 (present) beyond 1", "season"),
    ]:
        has(found, place, value)
    assert len(found) == 7


def test_a_reading_of_a_rule_that_its_clause_does_not_have(folder):
    found = contract_faults(folder, ('clauses = ["SM-01"]\nreading = "present"', 'clauses = ["SM-01"]\nreading = "x"'))
    only(found, "[[rule]] 1 (present) reading", "x", "present")


def test_period_zone_targets_windows_and_repeated_ids(folder):
    found = contract_faults(
        folder,
        ("2025-12-31", "2024-12-31"),
        ("Asia/Shanghai", "Asia/Shangha"),
        ("patience_s = 120", "service_level = 0.8\ninterval_minutes = 7"),
        (
            '{ start = "09:00", end = "17:00" }',
            '{ start = "09:00", end = "12:00" }, { start = "11:00", end = "17:00" }',
        ),
        extra='[[site]]\nid = "centre"\nzh = "x"\nen = "x"\n',
    )
    for place in ["period.end", "timezone", "[[queue]] 1 (hotline) - service_level", "interval_minutes", "windows"]:
        has(found, place)
    has(found, "contract.toml [[site]] 1 (centre)", "again at contract.toml [[site]] 2")
    assert len(found) == 6


def test_a_clause_with_the_id_of_a_labour_clause(folder):
    found = contract_faults(folder, ('id = "SM-01"', 'id = "LAW-8"'), ('clauses = ["SM-01"]', 'clauses = ["LAW-8"]'))
    has(found, "contract.toml [[clause]] 1 (LAW-8)", "again at cn_labour.toml [[clause]]", "(LAW-8); give each once")


def test_times_without_quotes(folder):
    found = contract_faults(folder, ('start = "09:00", end = "12:00"', 'start = 09:00:00, end = "12:00"'))
    only(found, "[[shift]] 1 (D1) segments 1 start", "write the time in quotes: '09:00'")


def test_settings_of_the_labour_rules(folder):
    extra = "[labour.settings.min_rest]\nhours = 100\nhour = 1\n[labour.settings.min_res]\nhours = 1\n"
    found = contract_faults(folder, extra=extra)
    has(found, "contract.toml [labour.settings.min_rest] hours: 100", "above 0 and at most 48")
    has(found, "contract.toml [labour.settings.min_rest]: hour ", "did you mean hours?")
    has(found, "contract.toml [labour.settings.min_res]", "did you mean min_rest?")
    assert len(found) == 3


def test_tables_in_the_plural_or_with_single_brackets(folder):
    has(contract_faults(folder, ("[[site]]", "[[sites]]")), "[[sites]]", "write [[site]]")
    has(contract_faults(folder, ("[[rule]]", "[rule]")), "contract.toml rule", "[[rule]]")


ODD = (5, -1, 1.5, True, "x", "", [], {}, [1], ["x"], [{}], {"id": 3}, date(2025, 1, 1), time(9))


def nodes(value, path=()):
    """The path of every value in the tables of a contract."""
    for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(entry, dict | list):
            yield from nodes(entry, (*path, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_any_odd_value_anywhere_is_a_fault_and_no_crash(odd):
    refused = 0
    for path in nodes(tomllib.loads(CONTRACT)):
        raw = tomllib.loads(CONTRACT)
        holder = raw
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = odd
        found = refusals(contract_of, raw)
        refused += bool(found)
        assert all(fault.place.startswith("contract.toml") and fault.remedy for fault in found), path
    assert refused > 5


def test_a_role_that_nobody_has_is_named_in_goals_and_rules(tmp_path):
    own = CONTRACT + '\n[[goal]]\nkind = "fair_share"\nburden = "on-call"\ngroup = ["hotline/agnet"]\n'
    with pytest.raises(InputError) as error:
        load_scenario(small_scenario(tmp_path, contract=own))
    (fault,) = error.value.faults
    assert fault.value == "hotline/agnet"
    assert "hotline/agent" in fault.remedy
