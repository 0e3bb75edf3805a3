"""Faults in Chinese: every sentence that the loaders can say has its translation."""

import re
import tomllib
from pathlib import Path

import pytest

from planning.fault_words import chinese, in_chinese
from planning.saving import open_scenario
from roster.errors import Fault, InputError
from tests.small_scenario import STAFF, add, small_scenario

ROOT = Path(__file__).parents[1]
HAN = re.compile("[一-鿿]")
CATALOGUE = tomllib.loads((ROOT / "planning" / "faults.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("a number above 0 and at most 1", "大于 0 且不大于 1 的数"),
        ("unknown team; did you mean desk? (known: desk, lab)", "没有这样的团队；是否应为 desk？（已有：desk, lab）"),
        ("unknown person (known: A, B, ... (70 in all))", "没有这样的人员（已有：A, B 等共 70 个）"),
        ("unknown role of team desk (known: person, team)", "没有这样的团队 desk 的岗位（已有：person, team）"),
        ("needs level: a whole number at least 2 and at most 6", "需要 level：不小于 2 且不大于 6 的整数"),
        ("something no loader says", "something no loader says"),
    ],
)
def test_sentences_are_put_together_from_their_parts(said, translated):
    assert chinese(said) == translated


def test_what_stands_in_the_users_file_stays_as_it_is():
    fault = in_chinese(Fault("team row 2 column person", "text", "one of person, team"))
    assert fault == Fault("team 第 2 行 person 列", "text", "person, team 之一")


def test_every_entry_keeps_the_blanks_of_its_sentence_or_fewer():
    entries = [entry for part in CATALOGUE.values() for entry in part]
    assert len(entries) > 100
    for entry in entries:
        assert set(re.findall(r"\{(\w+)", entry["zh"])) <= set(re.findall(r"\{(\w+)", entry["en"])), entry["en"]
        assert HAN.search(entry["zh"]), entry["en"]


def test_every_entry_is_reached_and_not_hidden_by_one_before_it():
    for part, listed in CATALOGUE.items():
        for entry in listed:
            filled = re.sub(r"\{(\w+)\}", "7", entry["en"])
            assert chinese(filled, part) == re.sub(r"\{(\w+)\}", "7", entry["zh"]), entry["en"]


BAD = {
    "leave": ["P1,2025-03-05,2025-03-04,annual,perhaps", "P9,2025-13-05,,annual,yes"],
    "requests": ["P1,2025-03-05,on,D,11", "P1,2025-03-05,shift,ZZ,1"],
    "locks": ["2025-03-09,P1,hotline,agent,D,2025-03-10,2025-03-10T12:00+08:00,office,work"],
}


def test_whatever_is_wrong_in_a_folder_is_told_in_chinese(tmp_path):
    folder = small_scenario(tmp_path / "small")
    (folder / "staff.csv").write_text(STAFF + "P1,李四,hotlin,agent,x\nP1,,hotline,agent,1,surplus\n", encoding="utf-8")
    for table, rows in BAD.items():
        add(folder, table, rows)
    with pytest.raises(InputError) as error:
        open_scenario(folder)
    faults = [in_chinese(fault) for fault in error.value.faults]
    assert len(faults) > 8
    for fault in faults:
        assert HAN.search(fault.remedy), fault
        assert "第" in fault.place, fault
