"""Rosters brought to the compliance page, levels that are not settled, and tables that speak in names."""

import io
from dataclasses import replace

import pytest
import streamlit as st

import ui.components.upload as upload_field
import ui.state as state
from planning.draft import apply, undo
from planning.edits import Clear, Lock
from roster.loading.headings import LEAVE
from tests.small_scenario import small_scenario
from tests.ui.test_pages import app, go, healthy, texts, with_plan, work
from ui.components.tables import column_config, editor_frame


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


class Brought(io.BytesIO):
    """A file as the browser hands it over."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text.encode())
        self.name = name


def with_upload(at, monkeypatch, name, text):
    monkeypatch.setattr(upload_field, "upload", lambda *_, **__: Brought(name, text))
    return go(at, "compliance")


LETTERS = "姓名,2025/3/3,3/4,3/5\n王一,D1,,D1\n李二,,D1,\n"


def test_a_roster_of_letters_is_judged_over_its_own_days(folder, monkeypatch):
    at = with_upload(app(folder, start="2025-06-02", days="2"), monkeypatch, "theirs.csv", LETTERS)
    assert "上传的 theirs.csv（2025-03-03 起 3 天）" in texts(at)
    assert not any(text.startswith("✗") for text in at.dataframe[0].value["结论"])
    healthy(at.main.button_group[0].set_value("chosen").run())
    assert "没有任何一行，未核对" in texts(at)
    assert not at.dataframe


def test_after_a_refused_upload_no_other_verdict_is_shown(folder, april_week, monkeypatch):
    at = with_plan(app(), april_week)
    assert len(go(at, "compliance").dataframe) == 1
    at = with_upload(at, monkeypatch, "theirs.csv", "姓名,2025/4/21\n无名,D1\n")
    assert "theirs.csv 有 1 处错误，未核对" in texts(at)
    assert "所判" not in texts(at)
    assert [list(frame.value.columns) for frame in at.dataframe] == [["位置", "内容", "应为"]]


def test_breaches_come_first(folder, monkeypatch):
    at = with_upload(app(folder), monkeypatch, "theirs.csv", "姓名,2025/3/3,2025/3/4\n王一,D1,\n")
    verdicts = [text[0] for text in at.dataframe[0].value["结论"]]
    assert verdicts[0] == "✗"
    assert verdicts == sorted(verdicts, key="✗!?✓–".index)


def test_a_level_that_is_not_settled_is_said_in_words(april_week, monkeypatch):
    open_level = replace(april_week.outcome.levels[-1], bound=april_week.outcome.levels[-1].objective - 3)
    outcome = replace(april_week.outcome, levels=(*april_week.outcome.levels[:-1], open_level))
    made = replace(april_week, outcome=outcome)
    at = app()
    monkeypatch.setattr(type(work(at)), "job", property(lambda _: Ended(made)))
    at = go(at, "plan")
    [told] = [info.value for info in at.info if "没有求到底" in info.value]
    assert "成本" in told


class Ended:
    """A solve that has ended."""

    running, state, progress, id, error = False, "done", (), "ended", ""

    def __init__(self, result) -> None:
        self.result = result


def test_people_and_kinds_of_leave_are_offered_by_name(folder):
    ws = work(app(folder))
    frame = editor_frame(LEAVE, [])
    names = {"P1": "王一", "annual": "年休假"}
    config = column_config(LEAVE, ws.scenario.known, ws.say, frame, names)
    offered = {name: config[name]["type_config"]["options"] for name in ("staff_id", "kind")}
    assert {"value": "P1", "label": "P1 王一"} in offered["staff_id"]
    assert {"value": "annual", "label": "annual 年休假"} in offered["kind"]


# ---------------------------------------------------------------- edits and a page loaded again


@pytest.fixture
def reloaded(april_week, monkeypatch):
    """Makes tabs of the same solve, as one loaded again finds it."""
    st.cache_resource.clear()
    monkeypatch.setattr(state.Workspace, "job", property(lambda _: Ended(april_week)))
    monkeypatch.setattr(state.Workspace, "job_id", "kept-draft-test", raising=False)

    def tab():
        at = app()
        work(at).job_id = "kept-draft-test"
        return go(with_plan(at, april_week), "roster")

    return tab


def edit(at):
    ws = work(at)
    place = next(place for place, rows in ws.draft.cells.items() if rows[0].kind == "work")
    ws.draft = apply(ws.draft, Clear(seq=1, staff_id=place[0], date=place[1]))
    healthy(at.run())
    return ws.draft


def press(at, label):
    return healthy(next(button for button in at.button if button.label == label).click().run())


def test_edits_are_offered_again_after_the_page_was_loaded_again(reloaded):
    made = edit(reloaded())
    again = reloaded()
    assert "有 1 格手工修改" in texts(again)
    assert work(again).draft is None
    press(again, "接着改")
    assert work(again).draft.rows == made.rows


def test_edits_taken_back_one_by_one_are_not_offered_again(reloaded):
    at = reloaded()
    edit(at)
    work(at).draft = undo(work(at).draft)
    healthy(at.run())
    assert "手工修改" not in texts(reloaded())


def test_edits_that_are_let_go_are_not_offered_again(reloaded):
    edit(reloaded())
    again = press(reloaded(), "放弃修改")
    assert not work(again).draft.changes
    assert "手工修改" not in texts(reloaded())


def test_two_tabs_that_edit_the_same_roster_both_keep_their_edits(reloaded):
    one, other = reloaded(), reloaded()
    first = edit(one)
    work(other).draft = apply(work(other).draft, Clear(seq=1, staff_id="SH001", date=first.problem.horizon.start))
    work(other).draft = apply(work(other).draft, Lock(seq=2, staff_id="SH002", date=first.problem.horizon.start))
    healthy(other.run())
    again = reloaded()
    press(again, "放弃修改")
    assert "有 1 格手工修改" in texts(again)
    assert work(press(again, "接着改")).draft.rows == first.rows
