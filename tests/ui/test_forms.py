"""What forms, tables and charts hold: pure functions, no browser."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from planning.contract_text import own_rules, with_rule
from planning.table_text import TABLES, sheet_of, text_rows
from roster.base import Breach
from roster.exports.names import Names
from roster.goals import GOALS
from roster.loading.contract_file import contract_of
from roster.loading.known import Known
from roster.rules import RULES
from roster.rules.min_rest import MinRest
from roster.words import Words
from solver.messages import Progress
from solver.outcome import LevelResult
from tests.conftest import SHANGHAI
from tests.small_scenario import CONTRACT, STAFF
from ui.components.breach_table import breach_frame, judgement_frame
from ui.components.progress import progress_charts, progress_frame
from ui.components.rule_card import escaped
from ui.components.rule_fields import FormField, changes, form_fields, read_entry
from ui.components.tables import _configured, choices, edited_rows, editor_frame
from ui.texts import TEXTS, Say, entries, language_of

UI = Path(__file__).parent.parent.parent / "ui"
MORNING = {"start": "09:00", "end": "11:30"}
TEXT = (SHANGHAI / "contract.toml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- rule forms


def test_every_rule_of_the_sample_has_a_form_that_changes_nothing_by_itself(shanghai):
    for rule in (*shanghai.contract.rules, *shanghai.contract.goals):
        fields = form_fields(rule, shanghai.contract)
        assert {field.name for field in fields} == set(type(rule).model_fields) - {"kind", "clauses", "reading"}
        assert changes(fields, {field.name: field.value for field in fields}) == {}


def test_what_a_form_says_is_what_the_loader_reads(shanghai):
    """Every value of every own rule, entered anew, gives the same rule again."""
    contract, text = shanghai.contract, TEXT
    for index, rule in enumerate(contract.rules[: own_rules(contract)]):
        fields = form_fields(rule, contract)
        text = with_rule(text, index, {field.name: read_entry(field, field.value) for field in fields})
    assert contract_of(tomllib.loads(text)).rules == contract.rules


@pytest.mark.parametrize(
    ("kind", "value", "entered", "read"),
    [
        ("whole", 12, 13, 13),
        ("number", 8.0, 7.5, 7.5),
        ("number", 8.0, 9.0, 9),
        (
            "windows",
            "",
            "09:00-11:30; 13:30-16:30",
            [{"start": "09:00", "end": "11:30"}, {"start": "13:30", "end": "16:30"}],
        ),
        ("windows", "", "９点", "９点"),
        ("windows", "", "09：00-11：30；", [MORNING]),
        ("pairs", "1: 5; 10: 10", "1: 5; 20: 15", [[1, 5], [20, 15]]),
        ("pairs", "onsite: 20", "onsite: 30", {"onsite": 30}),
        ("texts", [], ["a", "b"], ["a", "b"]),
        ("date", None, date(2025, 7, 1), date(2025, 7, 1)),
    ],
)
def test_entries_are_read_as_the_file_holds_them(kind, value, entered, read):
    field = FormField("x", kind, value, optional=value is None)
    found = read_entry(field, entered)
    assert (found, type(found)) == (read, type(read))


def test_an_optional_value_left_empty_is_taken_away():
    field = FormField("since", "date", date(2025, 7, 1), optional=True)
    assert changes([field], {"since": None}) == {"since": None}


def test_limits_and_choices_come_from_the_rule(shanghai):
    rule = next(rule for rule in shanghai.contract.rules if rule.kind == "present")
    fields = {field.name: field for field in form_fields(rule, shanghai.contract)}
    assert (fields["people"].kind, fields["people"].minimum) == ("whole", 1)
    assert fields["minutes"].minimum == 1, "above 0"
    assert "day-off" in fields["days"].options
    assert "wechat" in fields["team"].options
    assert fields["beyond"].kind == "texts"
    levels = next(field for field in form_fields(MinRest(clauses=("X",), hours=11), shanghai.contract))
    assert (levels.name, levels.options) == ("level", (1, 2))


# ---------------------------------------------------------------- tables


def edited(change=lambda frame: frame, text=STAFF, name="staff"):
    rows = text_rows(sheet_of(name, text.encode()))
    return rows, edited_rows(TABLES[name], change(editor_frame(TABLES[name], rows)), rows)


def filled(rows):
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def test_an_untouched_table_is_what_the_file_says():
    head = "staff_id,name,team,role,fte,employed_from,reserve,hourly_cost"
    text = f"{head}\nP1,王一,hotline,agent,1.00,2020-07-20,是,64.05\n"
    rows, same = edited(text=text)
    assert filled(same) == rows


def test_only_the_cell_edited_changes():
    def edit(frame):
        frame.loc[1, "fte"] = 0.5
        frame.loc[0, "employed_from"] = date(2025, 1, 2)
        return frame

    rows, now = edited(edit)
    assert filled(now) == [{**rows[0], "employed_from": "2025-01-02"}, {**rows[1], "fte": "0.5"}]


def test_rows_deleted_and_added_do_not_shift_the_others():
    def edit(frame):
        new = {"staff_id": "P3", "name": "张三", "team": "hotline", "role": "agent", "fte": 1.0}
        return pd.concat([frame.drop(index=0), pd.DataFrame([new])], ignore_index=True)

    rows, now = edited(edit, STAFF.replace("agent,1\n", "agent,1.0\n"))
    assert filled(now)[0] == rows[1]
    assert filled(now)[1]["fte"] == "1"


def test_a_cell_emptied_is_empty_and_nothing_else():
    def edit(frame):
        frame.loc[0, "name"] = None
        return frame

    assert [row["name"] for row in edited(edit)[1]] == ["", "李二"]


def test_lists_to_choose_from_are_the_contracts():
    known = Known.of(tomllib.loads(CONTRACT)).with_staff(frozenset({"P1", "P2"}))
    assert choices(TABLES["staff"], known)["team"] == ("hotline",)
    assert "staff_id" not in choices(TABLES["staff"], known)
    found = choices(TABLES["requests"], known)
    assert (found["staff_id"], found["shift"], found["kind"]) == (("P1", "P2"), ("D1",), ("on", "off", "shift"))
    assert choices(TABLES["leave"], known)["approved"] == ("yes", "no")


# ---------------------------------------------------------------- judgements and progress


def test_a_judgement_is_one_row_and_its_findings_name_people(april_week):
    say = Say("zh")
    frame = judgement_frame(april_week.judgements, Names(april_week.problem.contract), say)
    assert len(frame) == len(april_week.judgements)
    finding = Breach(7, 11, "h", 240, date(2025, 4, 22), staff_ids=("SH001",), note=Words("说明", "note"))
    row = breach_frame([finding], april_week.problem, say).iloc[0]
    assert "SH001" in row["人员"]
    assert (row["实际"], row["标准"], row["单位"], row["说明"]) == (7, 11, "小时", "说明")


def test_a_list_shows_names_beside_ids_and_says_nothing_twice():
    options = ["annual", "SH001"]
    column = _configured(
        TABLES["leave"].by_name["kind"], options, Say("en"), {"annual": "annual leave", "SH001": "安妮"}
    )
    assert [entry["label"] for entry in column["type_config"]["options"]] == ["annual leave", "SH001 安妮"]


def test_progress_is_drawn_by_level_in_the_units_users_read():
    replies = [
        Progress(result=LevelResult(2, 960, 480), seconds=1.0),
        Progress(result=LevelResult(3, 5000, 1000), seconds=2.0),
    ]
    frame = progress_frame(replies, Say("en"), seconds=4.0)
    service = frame[frame["level"] == 3]
    assert sorted(service["value"]) == [1, 1, 5, 5], "thousandths of a contact"
    assert service["seconds"].max() == 4
    assert frame[frame["level"] == 2]["seconds"].max() == 1
    assert list(dict.fromkeys(frame["name"])) == ["2 contract · Gap 50.00%", "3 service · Gap 80.00%"]
    assert [chart.title for chart in progress_charts(frame, Say("en"))] == list(dict.fromkeys(frame["name"]))


# ---------------------------------------------------------------- texts


def test_every_text_is_there_in_both_languages_with_the_same_blanks():
    for section, named in entries().items():
        for name, words in named.items():
            blanks = [sorted(re.findall(r"\{(\w+)", text)) for text in words]
            assert blanks[0] == blanks[1], f"{section}.{name}"
            assert words.zh, f"{section}.{name}"
            assert words.en, f"{section}.{name}"


def test_every_text_that_is_asked_for_exists_and_no_text_is_idle():
    source = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    asked = set(re.findall(r'say\(\s*"([a-z_]+\.\w+)"', source))
    known = {f"{section}.{name}" for section, named in entries().items() for name in named}
    assert asked <= known
    assert len(asked) > 50
    for kind, rule in (RULES | GOALS).items():
        for name in set(rule.model_fields) - {"kind", "clauses", "reading"}:
            assert f"field.{name}" in known, f"{kind} {name}"


def test_texts_are_written_once_per_section():
    heads = re.findall(r"^\[(\w+)\]$", TEXTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize(("locale", "language"), [("zh-CN", "zh"), ("en-GB", "en"), (None, "zh"), ("de-DE", "zh")])
def test_chinese_comes_first(locale, language):
    assert language_of(locale) == language


def test_what_stands_in_a_file_is_no_markdown():
    assert escaped("**bold** [x](y) $a$") == r"\*\*bold\*\* \[x\]\(y\) \$a\$"
