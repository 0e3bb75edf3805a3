"""People whom the law leaves no shift of the catalogue are named, and nobody else."""

from dataclasses import replace
from datetime import date

from planning.asking import ask, horizon_of
from planning.idle import without_lawful_shift
from planning.plan import plan
from roster.loading.scenario import load_scenario
from roster.roster import Roster
from tests.conftest import AMPLE_S, without_goals
from tests.small_scenario import CONTRACT, add, small_scenario

MONDAY = date(2025, 3, 3)
STAFF = "staff_id,name,team,role,fte,labour_flags\nP1,王,hotline,agent,1,nursing\nP2,李,hotline,agent,1,\n"
"""The catalogue's one shift has no nursing hour."""
NURSING_SHIFT = """
[[shift]]
id = "DN"
zh = "哺乳班"
en = "nursing"
serves = ["hotline/agent"]
sites = ["centre"]
flags = ["nursing"]
segments = [{ start = "09:00", end = "10:00", activity = "break" }, { start = "10:00", end = "16:00" }]
"""


def notes(folder, days=2):
    scenario = load_scenario(folder)
    problem = ask(scenario, horizon_of(scenario, MONDAY, days), None)
    return [note.en for note in without_lawful_shift(Roster(problem, ()))]


def test_a_nursing_mother_without_a_shift_that_has_her_hour(tmp_path):
    [told] = notes(small_scenario(tmp_path / "small", staff=STAFF))
    assert told.startswith("no shift of the catalogue is lawful for P1 (Pregnancy and nursing)")
    assert "P2" not in told


def test_nobody_is_named_who_has_a_lawful_shift_or_is_away(tmp_path):
    contract = CONTRACT.replace("[[clause]]", NURSING_SHIFT + "\n[[clause]]", 1)
    assert notes(small_scenario(tmp_path / "own-shift", contract=contract, staff=STAFF)) == []
    away = small_scenario(tmp_path / "away", staff=STAFF)
    add(away, "leave", ["P1,2025-03-01,2025-03-09,maternity,yes"])
    assert notes(away) == []
    assert (
        notes(
            small_scenario(
                tmp_path / "reserve",
                staff=STAFF.replace("flags\n", "flags,reserve\n")
                .replace("nursing\n", "nursing,yes\n")
                .replace("1,\n", "1,,no\n"),
            )
        )
        == []
    )


def test_a_plan_tells_it(tmp_path):
    scenario = load_scenario(small_scenario(tmp_path / "small", staff=STAFF))
    made = plan(replace(without_goals(scenario), history=None), MONDAY, 1, time_limit=AMPLE_S)
    assert any("lawful for P1" in warning.en for warning in made.warnings)
