"""The roster page without a browser: what the grid is drawn from, and the page around it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from planning.asking import ask, horizon_of
from planning.coverage import coverage
from planning.draft import apply, apply_all, begin
from planning.edits import Clear, Lock, Put
from planning.marks import marks
from planning.plan import Plan
from roster.compliance import audit
from roster.leave_rows import leave_rows
from roster.loading.scenario import load_scenario
from roster.roster import Roster
from solver.outcome import Outcome
from tests.conftest import AMPLE_S
from tests.small_scenario import STAFF, add, small_scenario
from ui.components.breach_words import breach_words, breaches_frame
from ui.components.grid_data import grid_data
from ui.texts import Say

MONDAY = date(2025, 3, 3)
DAY = "D1/hotline/agent/centre/"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture
def plan(tmp_path):
    """Two days of the small hotline: 王一 works on both, 李二 is on leave on the second."""
    folder = small_scenario(tmp_path / "small", staff=STAFF.replace("李二", EVIL.replace('"', '""').join('""')))
    add(folder, "leave", ["P2,2025-03-04,2025-03-04,annual,yes"])
    return planned(folder)


def planned(folder):
    scenario = load_scenario(folder)
    problem = ask(scenario, horizon_of(scenario, MONDAY, 2), None)
    empty = begin(Roster(problem, tuple(leave_rows(problem))))
    days = problem.horizon.dates
    roster = apply_all(empty, [Put(seq=k, staff_id="P1", date=day, option=DAY) for k, day in enumerate(days, 1)]).roster
    outcome = Outcome("FEASIBLE", roster.rows, (), 1.0, 1.0, 1)
    return Plan(scenario, problem, None, outcome, roster, audit(roster), {}, (), 1.0)


# ---------------------------------------------------------------- what the grid is drawn from


def test_the_grid_holds_people_days_duties_and_leave(plan):
    data = grid_data(begin(plan.roster), Say("zh"))
    assert json.loads(json.dumps(data)) == data
    assert [day["date"] for day in data["days"]] == ["2025-03-03", "2025-03-04"]
    assert [(group["name"], group["present"]) for group in data["groups"]] == [("热线", [1, 1])]
    option = data["options"][data["cells"]["P1"][0]["d"][0]]
    assert (option["key"], option["code"], option["onsite"], option["slot"]) == (DAY, "D1", True, "work")
    assert data["cells"]["P2"][1]["v"] == ["年"]
    assert data["cells"]["P2"][1]["d"] == []
    assert data["offers"][data["cells"]["P2"][0]["o"]] == [0]


def test_names_travel_as_they_are_written(plan):
    data = grid_data(begin(plan.roster), Say("zh"))
    assert data["groups"][0]["people"][1]["name"] == EVIL
    script = "".join(path.read_text() for path in Path("ui/components").glob("*.js"))
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script


def test_breaches_and_locks_are_marked_where_they_stand(plan):
    draft = apply(begin(plan.roster), Clear(seq=1, staff_id="P1", date=MONDAY))
    draft = apply(draft, Lock(seq=2, staff_id="P1", date=date(2025, 3, 4)))
    data = grid_data(draft, Say("zh"))
    assert data["ack"] == 2
    told = data["groups"][0]["m"]
    assert [len(day) for day in told] == [1, 0]
    assert told[0][0].startswith("SM-01 人数：实际 0，要求 1 人")
    assert [cell["l"] for cell in data["cells"]["P1"]] == [0, 1]


def test_breaches_are_told_in_both_languages(plan):
    draft = apply(begin(plan.roster), Clear(seq=1, staff_id="P1", date=MONDAY))
    found = marks(draft.judgements).every
    assert breach_words(found[0], Say("en")).startswith("SM-01 Headcount: found 0, limit 1 persons")
    frame = breaches_frame(found, draft.problem, Say("en"))
    assert list(frame.iloc[0, :3]) == ["hard", MONDAY, "Hotline · Agent"]


def test_a_special_day_is_marked(april_week):
    data = grid_data(begin(april_week.roster), Say("zh"))
    assert [day["kind"] for day in data["days"]] == ["", "", "", "", "", "off", "makeup"]
    assert data["days"][6]["name"] == "调休上班"
    assert [day["monday"] for day in data["days"]] == [True] + [False] * 6


def test_every_cell_of_a_real_week_is_drawn_from_the_catalogue(april_week):
    draft = begin(april_week.roster)
    data = grid_data(draft, Say("zh"))
    keys = [option["key"] for option in data["options"]]
    for who, cells in data["cells"].items():
        for day, cell in zip(draft.problem.horizon.dates, cells, strict=True):
            shown = {keys[number] for number in cell["d"]}
            assert shown == set(draft.held((who, day)))
            assert {keys[n] for n in data["offers"][cell["o"]]} == set(draft.offers.get((who, day), ()))
            assert shown <= set(draft.offers.get((who, day), ()))


# ---------------------------------------------------------------- coverage


def test_coverage_counts_those_who_answer_throughout(plan):
    queue = plan.problem.contract.queues[0]
    starts = pd.to_datetime([f"2025-03-03T{clock}+08:00" for clock in ("09:00", "11:45", "12:00", "16:45")])
    needed = pd.DataFrame({"start": starts, "queue": "hotline", "offered": [1.0, 2, 3, 0], "required": [1, 2, 2, 0]})
    found = coverage(plan.roster, needed, queue, MONDAY, interval_minutes=15)
    assert list(found["rostered"]) == [1, 1, 0]  # nobody answers at lunch, nothing is expected at 16:45
    assert list(found["required"]) == [1, 2, 2]
    half = coverage(plan.roster, needed, queue, MONDAY, interval_minutes=30)
    assert list(half["rostered"]) == [1, 0, 0]  # 11:45-12:15 touches lunch
    assert coverage(plan.roster, needed, queue, date(2025, 3, 4), interval_minutes=15).empty


# ---------------------------------------------------------------- the page


def page_with(plan, *, language="zh", draft=None):
    at = AppTest.from_file(str(Path(__file__).parent / "script.py"), default_timeout=AMPLE_S)
    at.query_params["scenario"] = str(plan.scenario.folder)
    at.query_params["lang"] = language
    ws = at.run().session_state["workspace"]
    ws.plan, ws.draft = plan, draft
    at.switch_page("../../ui/views/roster.py").run()
    assert [error.value for error in at.exception] == []
    return at


def figures(at):
    return [metric.value for metric in at.metric]


def test_without_a_plan_the_page_says_where_to_get_one(plan):
    at = page_with(replace(plan, roster=None))
    assert "求解" in at.info[0].value
    assert not at.get("bidi_component")


@pytest.mark.parametrize(("language", "title"), [("zh", "班表"), ("en", "Roster")])
def test_the_page_shows_the_grid_and_nothing_broken(plan, language, title):
    at = page_with(plan, language=language)
    assert at.title[0].value == title
    assert figures(at) == ["0", "0", "0", "0"]
    sent = json.loads(at.get("bidi_component")[0].proto.json)
    assert sent["labels"] == grid_data(begin(plan.roster), Say(language))["labels"]


def test_an_edit_shows_its_breach_and_undo_takes_it_back(plan):
    draft = apply(begin(plan.roster), Clear(seq=1, staff_id="P1", date=MONDAY))
    at = page_with(plan, draft=draft)
    assert figures(at) == ["1", "0", "1", "0"]
    undo = next(button for button in at.button if button.label == "撤销上一步")
    undo.click().run()
    assert figures(at) == ["0", "0", "0", "0"]
    assert at.session_state["workspace"].draft.rows == begin(plan.roster).rows


def test_edits_are_locked_by_one_button(plan):
    draft = apply(begin(plan.roster), Clear(seq=1, staff_id="P1", date=MONDAY))
    at = page_with(plan, draft=draft)
    next(button for button in at.button if button.label == "锁定我的修改").click().run()
    assert figures(at)[2:] == ["1", "1"]
    assert at.session_state["workspace"].draft.at_risk == ()


def test_solving_again_asks_about_edits_that_are_not_locked(plan):
    draft = apply(begin(plan.roster), Clear(seq=1, staff_id="P1", date=MONDAY))
    at = page_with(plan, draft=draft)
    next(button for button in at.button if button.label == "保留锁定，重新求解").click().run()
    assert at.session_state["workspace"].job is None
    assert any(draft.problem.person_by_id["P1"].name in text.value for text in at.text)
    assert {"锁定后求解", "不保留，直接求解"} <= {button.label for button in at.button}


def test_a_refused_edit_is_told(plan):
    draft = apply(begin(plan.roster), Put(seq=1, staff_id="P1", date=MONDAY, option="N"))
    assert "没有给此人的这个班" in page_with(plan, draft=draft).warning[0].value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_coverage_is_drawn_where_demand_is_known(april_week, language):
    at = page_with(april_week, language=language)
    assert len(at.get("vega_lite_chart")) == 2
    at.selectbox(key="coverage-day").set_value(date(2025, 4, 26)).run()
    assert [error.value for error in at.exception] == []
    assert not at.get("vega_lite_chart")


def test_a_contract_without_history_draws_no_coverage(plan):
    assert any("没有历史数据" in caption.value for caption in page_with(plan).caption)
