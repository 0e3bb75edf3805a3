"""Every page, drawn without a browser; what it changes is read from the files."""

import io
import time
import tomllib
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planning.saving import open_scenario, save
from planning.table_text import TABLES, sheet_of, text_rows
from tests.conftest import AMPLE_S
from tests.small_scenario import STAFF, add, small_scenario
from ui.components.download import files_of
from ui.components.tables import editor_frame
from ui.state import jobs

SCRIPT = Path(__file__).parent / "script.py"
PAGES = ("scenario", "contract", "people", "plan", "compliance", "simulation", "explain", "downloads")


@pytest.fixture
def folder(tmp_path):
    made = small_scenario(tmp_path / "small")
    add(made, "leave", ["P2,2025-03-05,2025-03-05,annual,yes"])
    return made


def app(folder=None, *, locale="zh-CN", **asked):
    at = AppTest.from_file(str(SCRIPT), default_timeout=AMPLE_S)
    at.context = {"locale": locale}
    if folder is not None:
        at.query_params["scenario"] = str(folder)
    for name, value in asked.items():
        at.query_params[name] = value
    return healthy(at.run())


def healthy(at):
    assert [error.value for error in at.exception] == []
    return at


def go(at, page):
    return healthy(at.switch_page(f"../../ui/views/{page}.py").run())


def work(at):
    return at.session_state["workspace"]


def with_plan(at, plan):
    work(at).plan = plan
    return at


def texts(at):
    parts = (at.title, at.markdown, at.caption, at.error, at.warning, at.info, at.success, at.text)
    return "\n".join(element.value for part in parts for element in part)


# ---------------------------------------------------------------- all pages


@pytest.mark.parametrize(
    ("locale", "title"), [("zh-CN", "选择情景和日期"), ("en-US", "Choose a scenario and the days")]
)
def test_the_browsers_language_is_spoken(locale, title):
    assert app(locale=locale).title[0].value == title


def test_the_language_can_be_switched():
    at = app()
    healthy(at.sidebar.button_group[0].set_value("en").run())
    assert at.title[0].value == "Choose a scenario and the days"
    assert at.query_params["lang"] == "en"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_for_the_sample_and_with_a_plan(page, language, april_week):
    at = go(with_plan(app(lang=language), april_week), page)
    assert len(at.title) == 1
    assert "{" not in texts(at)


def test_a_reloaded_tab_finds_its_work_again(folder):
    at = app(folder, start="2025-03-03", days="2", lang="en")
    ws = work(at)
    assert (ws.folder, ws.start.isoformat(), ws.days, ws.language) == (folder, "2025-03-03", 2, "en")
    assert at.query_params["days"] == "2"


@pytest.mark.parametrize("asked", [{"start": "never", "days": "-1"}, {"days": "9999"}, {"job": "unknown"}])
def test_nonsense_in_the_address_is_passed_over(folder, asked):
    ws = work(app(folder, **asked))
    assert ws.days == 7
    assert ws.start.weekday() == 0


def test_an_address_of_no_scenario_opens_the_sample(tmp_path):
    assert work(app(tmp_path / "nowhere")).folder.name == "shanghai-2025"


# ---------------------------------------------------------------- scenario


def test_a_sample_is_copied_before_it_is_edited(tmp_path):
    at = app()
    target = tmp_path / "mine"
    at.text_input(key="copy-to").set_value(str(target))
    healthy(next(button for button in at.button if button.label == "复制并打开").click().run())
    assert work(at).folder == target
    assert (target / "contract.toml").is_file()
    assert not work(at).sample


def test_a_folder_in_use_is_not_copied_over(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    at = app()
    at.text_input(key="copy-to").set_value(str(tmp_path))
    healthy(next(button for button in at.button if button.label == "复制并打开").click().run())
    assert at.error
    assert work(at).sample
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_scenario_with_faults_is_not_opened_and_all_are_told(folder):
    at = app(folder)
    (folder / "staff.csv").write_text(STAFF.replace("hotline,agent,1", "x,agent,3"), encoding="utf-8")
    next(button for button in at.button if button.label == "打开").click()
    healthy(at.run())
    assert "4 处错误" in at.error[0].value
    assert len(at.dataframe[0].value) == 4
    assert len(work(at).scenario.people) == 2


# ---------------------------------------------------------------- contract


def test_a_rule_is_changed_in_the_file_and_comments_stay(folder):
    contract = folder / "contract.toml"
    contract.write_text(
        contract.read_text(encoding="utf-8").replace("people = 1", "people = 1  # one"), encoding="utf-8"
    )
    at = go(app(folder), "contract")
    healthy(at.button(key="edit-rule-0").click().run())
    next(field for field in at.number_input if field.label == "人数").set_value(2)
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    assert "people = 2  # one" in contract.read_text(encoding="utf-8")
    assert "不少于 2 人" in texts(at)


def test_a_reading_is_chosen(folder):
    at = go(app(folder), "contract")
    healthy(at.selectbox[0].set_value("enrolled").run())
    assert tomllib.loads((folder / "contract.toml").read_text(encoding="utf-8"))["clause"][0]["reading"] == "enrolled"
    assert work(at).scenario.contract.clause("SM-01").reading == "enrolled"


def test_a_labour_rule_is_changed_under_its_settings(folder):
    at = go(app(folder), "contract")
    healthy(at.main.button_group[0].set_value("labour").run())
    contract = work(at).scenario.contract
    index = next(at for at, rule in enumerate(contract.rules) if rule.kind == "overtime")
    healthy(at.button(key=f"edit-rule-{index}").click().run())
    next(field for field in at.number_input if field.label == "每月小时").set_value(30.0)
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    raw = tomllib.loads((folder / "contract.toml").read_text(encoding="utf-8"))
    assert raw["labour"]["settings"] == {"overtime": {"hours_a_month": 30}}


def test_a_change_the_loader_refuses_is_not_written(folder):
    before = (folder / "contract.toml").read_bytes()
    at = go(app(folder), "contract")
    healthy(at.button(key="edit-rule-0").click().run())
    next(field for field in at.multiselect if field.label == "不计入的席位").set_value(["nobody-knows"])
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    assert "未保存" in at.error[0].value
    assert (folder / "contract.toml").read_bytes() == before
    assert "nobody-knows" in at.dataframe[0].value.to_csv()


def test_what_is_entered_in_a_rules_form_waits_for_the_user_to_come_back(folder):
    before = (folder / "contract.toml").read_bytes()
    at = go(app(folder), "contract")
    healthy(at.button(key="edit-rule-0").click().run())
    next(field for field in at.number_input if field.label == "人数").set_value(2)
    healthy(at.run())
    go(go(at, "people"), "contract")
    assert "有未保存的修改" in texts(at)
    assert next(field for field in at.number_input if field.label == "人数").value == 2
    assert (folder / "contract.toml").read_bytes() == before
    healthy(at.button(key="edit-rule-0").click().run())
    assert "有未保存的修改" in texts(at)  # also with the form closed
    healthy(at.button(key="edit-rule-0").click().run())
    healthy(next(button for button in at.button if button.label == "放弃修改").click().run())
    assert next(field for field in at.number_input if field.label == "人数").value == 1
    assert "有未保存的修改" not in texts(at)


def test_rules_name_teams_and_roles_as_the_contract_does(folder):
    at = go(app(folder), "contract")
    team = work(at).scenario.contract.teams[0]
    assert f"{team.zh}・{team.roles[0].zh} 每个工作日" in texts(at).replace("\\", "")


def test_two_tabs_the_second_sees_a_conflict_and_reloads(folder):
    at = go(app(folder), "contract")
    theirs = (folder / "contract.toml").read_text(encoding="utf-8").replace("people = 1", "people = 3")
    save(open_scenario(folder), "contract", theirs.encode())
    healthy(at.button(key="edit-rule-0").click().run())
    next(field for field in at.number_input if field.label == "人数").set_value(2)
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    assert "其他人" in at.error[0].value
    assert b"people = 2" in work(at).trouble.mine
    assert (folder / "contract.toml").read_text(encoding="utf-8") == theirs
    healthy(next(button for button in at.button if button.label == "重新载入当前版本").click().run())
    assert not at.error
    assert "不少于 3 人" in texts(at)


def test_clauses_are_found_by_kind_and_by_words(folder):
    at = go(app(folder), "contract")
    assert "SM-01" in texts(at)
    healthy(at.text_input(key="contract-search").set_value("nothing like this").run())
    assert "SM-01" not in texts(at)


# ---------------------------------------------------------------- people


def test_a_good_upload_is_imported_and_a_bad_one_changes_nothing(folder):
    at = go(app(folder), "people")
    uploads = at.get("file_uploader")
    assert len(uploads) == 1
    uploads[0].upload("mine.csv", (STAFF + "P3,张三,hotline,agent,9\nP3,李,x,agent,1\n").encode(), "text/csv")
    healthy(at.run())
    assert "未改动任何内容：3 处错误" in at.error[0].value
    assert (folder / "staff.csv").read_text(encoding="utf-8") == STAFF
    at.get("file_uploader")[0].upload("mine.csv", (STAFF + "P3,张三,hotline,agent,1\n").encode(), "text/csv")
    healthy(at.run())
    healthy(next(button for button in at.button if button.label == "导入").click().run())
    assert [person.staff_id for person in work(at).scenario.people] == ["P1", "P2", "P3"]
    assert "P3" in (folder / "staff.csv").read_text(encoding="utf-8")


def test_edits_not_yet_saved_outlive_a_visit_to_another_page_and_another_tab_reloads_only_its_file(folder):
    at = go(app(folder), "people")
    rows = text_rows(sheet_of("staff", STAFF.encode()))
    frame = editor_frame(TABLES["staff"], rows)
    frame.loc[0, "fte"] = 0.5
    work(at).keep_table("staff", frame)
    save(open_scenario(folder), "leave", b"staff_id,start,end,kind,approved\n")
    work(at).open(open_scenario(folder))
    at = go(go(at, "contract"), "people")
    assert "有未保存的修改" in texts(at)
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    assert (folder / "staff.csv").read_text(encoding="utf-8") == STAFF.replace(
        "王一,hotline,agent,1", "王一,hotline,agent,0.5"
    )
    assert "有未保存的修改" not in texts(at)


def test_edits_of_a_file_that_was_changed_meanwhile_are_kept_until_the_user_decides(folder):
    at = go(app(folder), "people")
    frame = editor_frame(TABLES["staff"], text_rows(sheet_of("staff", STAFF.encode())))
    frame.loc[0, "name"] = "王甲"
    work(at).keep_table("staff", frame)
    save(open_scenario(folder), "staff", STAFF.replace("李二", "李乙").encode())
    at = go(go(at, "contract"), "people")
    healthy(next(button for button in at.button if button.label == "保存").click().run())
    assert "其他人" in at.error[0].value
    assert "有未保存的修改" in texts(at)
    assert "王甲".encode() in work(at).trouble.mine
    assert "李乙" in (folder / "staff.csv").read_text(encoding="utf-8")


# ---------------------------------------------------------------- plan, compliance, downloads


def test_a_week_is_planned_and_looked_at(folder):
    at = go(app(folder, start="2025-03-03", days="2"), "plan")
    at.number_input(key="limit").set_value(240)
    healthy(next(button for button in at.button if button.label == "开始求解").click().run())
    for _ in range(20 * AMPLE_S):
        if not work(at).job.running:
            break
        time.sleep(0.05)
    healthy(at.run())
    assert at.success[0].value.startswith("完成")
    assert [metric.value for metric in at.metric if metric.label == "硬性违反"] == ["0"]
    assert work(at).plan is work(at).job.result
    assert go(at, "compliance").dataframe
    again = app(folder, start="2025-03-03", days="2", job=work(at).job_id)
    assert work(again).plan is work(at).plan, "a reloaded tab has its plan again"
    assert not work(again).outdated
    save(open_scenario(folder), "leave", b"staff_id,start,end,kind,approved\n")
    changed = app(folder, start="2025-03-03", days="2", job=work(at).job_id)
    assert work(changed).outdated, "planned before the leave was taken away"


def test_a_failed_solve_is_told(folder):
    at = go(app(folder), "plan")
    made = jobs().start(work(at).scenario, work(at).start, 400, time_limit=1)
    work(at).job_id = made.id
    for _ in range(20 * AMPLE_S):
        if not made.running:
            break
        time.sleep(0.05)
    healthy(at.run())
    assert "366" in at.error[0].value


def test_without_a_plan_the_pages_say_what_to_do(folder):
    at = app(folder)
    for page in ("compliance", "downloads"):
        assert "还没有班表" in go(at, page).info[0].value


def test_verdicts_are_filtered(april_week):
    at = go(with_plan(app(), april_week), "compliance")
    everything = len(at.dataframe[0].value)
    healthy(at.main.button_group[0].set_value(["unknown"]).run())
    some = at.dataframe[0].value
    assert 0 < len(some) < everything
    assert all(verdict.startswith("?") for verdict in some["结论"])


def test_every_download_can_be_made(april_week):
    files = {file.text: file.make() for file in files_of(april_week, "zh")}
    assert files["roster_xlsx"][:2] == b"PK"
    assert files["roster_csv"].startswith(b"date,staff_id,")
    assert files["report_pdf"].startswith(b"%PDF")
    assert b"<!doctype html>" in files["report_html"]
    with zipfile.ZipFile(io.BytesIO(files["calendars"])) as archive:
        assert len(archive.namelist()) == len(april_week.problem.people)
        assert archive.read(archive.namelist()[0]).startswith(b"BEGIN:VCALENDAR")
    assert {file.text: file.make() for file in files_of(april_week, "zh")}["calendars"] == files["calendars"]
