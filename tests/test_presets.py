"""Presets: small contracts that a user plans at once and then turns into a contract of the own."""

import re
from datetime import date

import pytest

from planning.plan import plan
from planning.samples import presets, samples, write_preset
from roster.loading.scenario import load_scenario
from tests.conftest import AMPLE_S, without_goals

NAMES = ("12329", "12345", "gbt-33358", "online-desk")
MONDAY = date(2026, 3, 2)  # the week of the fifth workday of March, when the reports of February are due


@pytest.fixture
def written(tmp_path):
    def write(name: str):
        write_preset(name, tmp_path / name)
        return tmp_path / name

    return write


def test_the_presets_are_there():
    assert presets() == NAMES
    assert not set(presets()) & set(samples())


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_loads_and_says_what_to_change(name, written):
    folder = written(name)
    scenario = load_scenario(folder)
    assert scenario.warnings == ()
    text = (folder / "contract.toml").read_text(encoding="utf-8")
    assert text.count("改：") >= 5
    assert text.count("CHANGE") >= 5
    assert {person.name[:2] for person in scenario.people} == {"示例"}, "synthetic people only"
    served = {clause for rule in scenario.contract.in_force() for clause in rule.clauses}
    served |= {clause for goal in scenario.contract.goals for clause in goal.clauses}
    for clause in scenario.contract.clauses:
        assert clause.id in served or clause.evidence or clause.source == "labour", clause.id


@pytest.mark.parametrize("name", NAMES)
def test_every_post_site_and_shift_of_a_preset_is_used(name, written):
    contract = load_scenario(written(name)).contract
    text = contract.model_dump_json(exclude={"posts"})
    assert [post.id for post in contract.posts if f'"{post.id}"' not in text] == []
    held = {post for shift in contract.shifts for post in shift.posts}
    assert {site.id for site in contract.sites} == {site for shift in contract.shifts for site in shift.sites}
    assert held - {post.id for post in contract.posts} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_week_of_a_preset_keeps_every_clause(name, written):
    made = plan(without_goals(load_scenario(written(name))), MONDAY, 7, time_limit=AMPLE_S)
    assert made.roster is not None
    assert [(j.clause.id, b) for j in made.judgements if j.hard for b in j.breaches] == []
    assert {row.date for row in made.roster.rows if row.kind == "work"} >= {date(2026, 3, day) for day in range(2, 7)}


def test_a_preset_is_planned_without_a_history(written):
    folder = written("online-desk")
    (folder / "history.csv").unlink()
    scenario = load_scenario(folder)
    assert ["no history" in warning.en for warning in scenario.warnings] == [True]
    made = plan(without_goals(scenario), MONDAY, 7, time_limit=AMPLE_S)
    assert made.hard_breaches == 0
    assert made.problem.curves == ()


def test_new_writes_a_preset_and_says_how_to_go_on(cli, tmp_path):
    code, out, _ = cli("new", "--preset", "12345", tmp_path / "own")
    assert code == 0
    assert re.search(r"roster plan \S+own --start 2026-03-02", out)
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == ["contract.toml", "history.csv", "staff.csv"]
    code, _, err = cli("new", "--preset", "12345", tmp_path / "own")
    assert (code, "not empty" in err) == (2, True)


def test_new_of_an_unknown_preset_names_those_there_are(cli, tmp_path):
    code, _, err = cli("new", "--preset", "1234", tmp_path / "own")
    assert code == 2
    assert all(name in err for name in NAMES)
    assert not (tmp_path / "own").exists()


def test_new_takes_a_sample_or_a_preset_but_not_both(cli, tmp_path):
    code, _, err = cli("new", "--preset", "12345", "--from", "shanghai-2025", tmp_path / "own")
    assert (code, "--preset: 12345 - goes without --from" in err) == (2, True)
    assert not (tmp_path / "own").exists()


def test_new_without_either_writes_the_shanghai_sample(cli, tmp_path):
    code, out, _ = cli("new", tmp_path / "own")
    assert (code, "shanghai-2025" in out) == (0, True)
    assert (tmp_path / "own" / "tender.txt").is_file()
