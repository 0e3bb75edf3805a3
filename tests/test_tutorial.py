"""docs/tutorial.md does what it says: its files are written and its commands run, in the order of the page.

Blocks: `toml contract.toml` is added to the contract, the first one replaces the preset's; `csv NAME` is written;
`toml try` is added for the next commands alone; `console` holds commands after `$`, the lines below are part of what
they say, `# exit N` behind one is its exit code.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import roster

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FOLDER = Path("registry")


def blocks() -> list[tuple[str, str, str]]:
    return FENCE.findall(PAGE.read_text(encoding="utf-8"))


class Reader:
    """Somebody who does what the page says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.contract = ""
        self.ran: list[tuple[int, str]] = []

    def take(self, language: str, name: str, content: str) -> None:
        match language, name:
            case "toml", "contract.toml":
                self.contract += content + "\n"
                self.write(self.contract)
            case "toml", "try":
                self.write(self.contract + content)
            case "csv", table:
                (FOLDER / table).write_text(content, encoding="utf-8")
            case "console", _:
                self.run(content)
                if self.contract:
                    self.write(self.contract)
            case _:
                raise AssertionError(f"a block of kind {language} {name}")

    def write(self, contract: str) -> None:
        (FOLDER / "contract.toml").write_text(contract, encoding="utf-8")

    def run(self, content: str) -> None:
        for part in content.split("$ ")[1:]:
            command, *said = part.strip().splitlines()
            program, *arguments = shlex.split(command, comments=True)
            wanted = int(found[1]) if (found := re.search(r"# exit (\d)$", command)) else 0
            if program == "cp":
                shutil.copyfile(*arguments)
                continue
            assert program == "roster", command
            code, out, err = roster(*arguments, capsys=self.capsys)
            assert code == wanted, (command, out, err)
            for line in said:
                assert line in out + err, (command, line, out + err)
            self.ran.append((code, arguments[0]))


def test_the_page_is_a_path_that_can_be_walked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROSTER_LANG", "en")
    reader = Reader(capsys)
    for block in blocks():
        reader.take(*block)
    assert [code for code, _ in reader.ran].count(0) >= 6
    assert {"new", "plan", "check", "forecast", "staff"} <= {command for _, command in reader.ran}
    assert {code for code, _ in reader.ran} == {0, 1, 2}
    assert (tmp_path / "next" / "roster.csv").is_file()
    assert not (tmp_path / "wrong").exists()


def test_every_demand_of_the_tender_is_quoted_by_a_clause():
    text = PAGE.read_text(encoding="utf-8")
    demands = re.findall(r"^\| ([一二三四五六七八九])、[^：]*：(.*?)。 \|", text, re.MULTILINE)
    assert len(demands) == 7
    contract = "\n".join(content for language, name, content in blocks() if name == "contract.toml")
    quotes = [
        quote
        for line in re.findall(r"^quote = \[(.*)\]$", contract, re.MULTILINE)
        for quote in re.findall(r'"(.*?)"', line)
    ]
    for number, demand in demands[1:]:
        assert any(quote in demand for quote in quotes), number
    for quote in quotes:
        assert any(quote in demand for _, demand in demands), quote
    assert "2026-01-01, end = 2026-12-31" in contract, "the term is no clause of its own"
