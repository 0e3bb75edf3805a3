"""The page that explains: what it shows of a clash, a cell, and a question that failed."""

import time

import pytest

from planning.explain import Told
from planning.explain_asked import Asking
from roster.errors import LunbanError
from solver.explain import explain
from solver.levels import Settings
from tests.clashing_contracts import CASES
from tests.conftest import AMPLE_S
from tests.test_explain import two_clashes
from tests.ui.test_pages import app, folder, go, healthy, texts, work  # noqa: F401


@pytest.fixture(scope="module")
def clash() -> Told:
    [case] = [case for case in CASES if case.name.startswith("on site while")]
    problem = case.problem()
    return Told(None, problem, explain(problem, Settings(time_limit=AMPLE_S)))  # type: ignore[arg-type]


def ended(work_of) -> Asking:
    asking = Asking(work_of, time_limit=1)
    while asking.running:
        time.sleep(0.01)
    return asking


@pytest.mark.parametrize(("language", "way"), [("zh", "不批准休假：P2 (P2)"), ("en", "refuse the leave of P2 (P2)")])
def test_a_clash_is_shown_with_its_clauses_and_ways_out(folder, clash, language, way):  # noqa: F811
    at = app(folder, lang=language)
    work(at).asking = ended(lambda _: clash)
    shown = texts(go(at, "explain"))
    assert "C0" in shown
    assert "C1" in shown
    assert way in shown
    assert len(at.success) == len(clash.answer.clashes[0].ways)


def test_what_ends_several_clashes_is_shown_after_them(folder):  # noqa: F811
    problem = two_clashes()
    several = Told(None, problem, explain(problem, Settings(time_limit=AMPLE_S)))  # type: ignore[arg-type]
    at = app(folder, lang="en")
    work(at).asking = ended(lambda _: several)
    shown = texts(go(at, "explain"))
    assert "each solved again with every clause kept but those of the other clashes" in shown
    assert "Together these end every clash" in shown
    assert "- 2 more full-time" in shown


def test_a_question_that_fails_says_why(folder):  # noqa: F811
    def fail(_: object) -> Told:
        raise LunbanError("the solver process died")

    at = app(folder, lang="en")
    work(at).asking = ended(fail)
    assert "No answer: the solver process died" in texts(go(at, "explain"))


def test_the_scenario_is_asked_and_the_answer_appears(folder):  # noqa: F811
    at = go(app(folder, lang="en", start="2025-03-03", days="1"), "explain")
    healthy(next(button for button in at.button if button.label == "Do the clauses clash?").click().run())
    asking = work(at).asking
    assert asking is not None
    while asking.running:
        time.sleep(0.05)
    assert asking.error == ""
    assert "a roster that keeps all of them was found" in texts(healthy(at.run()))
