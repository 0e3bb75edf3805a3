"""The house rules that no reviewer should have to remember."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planning.rules_page import rules_page
from roster.goals import GOALS
from roster.rules import RULES

ROOT = Path(__file__).parent.parent
RULE_FILES = sorted((ROOT / "roster" / "rules").glob("[a-z]*.py"))


def tool(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_style():
    tool("ruff", "check", ".")
    tool("ruff", "format", "--check", ".")


def test_types():
    """Asked once more where it fails: of some 130 times ty, a preview, told something once and never again."""
    checking = "ty", "check", "--output-format", "concise"
    try:
        tool(*checking)
    except AssertionError as told:
        print(told)
        tool(*checking)


def test_imports_go_down_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_rule_and_goal_has_its_tests_and_words():
    for kind in RULES:
        assert (ROOT / "tests" / "rules" / f"test_{kind}.py").is_file(), f"no tests for rule {kind}"
    for kind in GOALS:
        assert (ROOT / "tests" / "goals" / f"test_{kind}.py").is_file(), f"no tests for goal {kind}"


def own_calls(function: ast.FunctionDef, owned: set[str]) -> set[str]:
    """The module's or class's own functions that a function calls."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in owned:
            found.add(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            found |= {node.attr} & owned
    return found


def reached(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """Everything of its own that a function calls, directly or through others."""
    seen: set[str] = set()
    todo = [name]
    while todo:
        for called in own_calls(functions[todo.pop()], set(functions)) - seen:
            seen.add(called)
            todo.append(called)
    return seen


def shared_helpers(source: str) -> set[str]:
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    return reached("check", functions) & reached("require", functions) - {"words"}


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.stem)
def test_check_and_require_share_no_helper(file):
    assert shared_helpers(file.read_text(encoding="utf-8")) == set()


def test_the_helper_test_notices_a_shared_helper():
    source = "class R:\n def check(self): self._limit()\n def require(self): _other(self)\n def _limit(self): ...\n"
    assert shared_helpers(source + "def _other(rule): rule\n") == set()
    assert shared_helpers(source.replace("_other(self)", "self._limit()")) == {"_limit"}


def test_files_stay_readable():
    long = {
        str(file.relative_to(ROOT)): lines
        for folder in ("roster", "solver", "planning", "sample_data", "tests", "benchmarks")
        for file in (ROOT / folder).rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_constraints_name_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all("==" in line and "://" not in line and "--" not in line for line in lines)


def test_the_rules_page_is_what_the_classes_say():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(), "renew it: python -m planning.rules_page > docs/rules.md"


def test_the_readme_leads_to_files_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", readme)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
