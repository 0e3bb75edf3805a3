"""The page on which calls are played against the roster in hand."""

from datetime import date

from planning.check import check
from planning.plan import Plan
from roster.loading.scenario import load_scenario
from solver.outcome import Outcome
from tests.simulation.centre import START, centre, roster_file
from tests.ui.test_pages import app, go, healthy, texts, with_plan, work


def planned(folder, *, relieved) -> Plan:
    """A plan whose roster is the one of the file."""
    scenario = load_scenario(folder)
    checked = check(scenario, roster_file(folder.parent / "roster.csv", relieved=relieved), start=START, days=1)
    roster = checked.roster
    outcome = Outcome("FEASIBLE", roster.rows, (), 0.0, 0.0, 1)
    return Plan(scenario, roster.problem, None, outcome, roster, checked.judgements, {}, (), 1.0)


def test_without_a_roster_there_is_nothing_to_play(tmp_path):
    at = go(app(centre(tmp_path / "centre"), locale="en-GB"), "simulation")
    assert "There is no roster yet" in texts(at)


def test_what_if_stands_beside_the_roster_as_it_is(tmp_path):
    folder = centre(tmp_path / "centre")
    at = app(folder, locale="en-GB", start=date.isoformat(START), days="1")
    at = go(with_plan(at, planned(folder, relieved=True)), "simulation")
    at.number_input(key="volume").set_value(50)
    at.number_input(key="sick").set_value(2)
    at.number_input(key="runs").set_value(20)
    healthy(at.button(key="simulate").click().run())
    (frame,) = [element.value for element in at.dataframe]
    assert list(frame.columns) == ["figure", "target", "as it is", "contacts +50%", "ill 2", "all together"]
    by_figure = frame.set_index("figure")
    assert by_figure.loc["answer rate", "target"] == "≥ 90.0%"
    base, more, ill, both = (float(by_figure.loc["answer rate"].iloc[k].split("%")[0]) for k in (1, 2, 3, 4))
    assert both < min(more, ill) <= max(more, ill) < base
    assert more < base - 3
    assert "answer rate = answered / offered" in texts(at)


def test_figures_of_a_roster_changed_since_say_so(tmp_path):
    folder = centre(tmp_path / "centre")
    at = app(folder, locale="en-GB", start=date.isoformat(START), days="1")
    at = go(with_plan(at, planned(folder, relieved=True)), "simulation")
    at.number_input(key="runs").set_value(20)
    healthy(at.button(key="simulate").click().run())
    assert "before it was changed" not in texts(at)
    work(at).plan = planned(folder, relieved=False)
    assert "before it was changed" in texts(healthy(at.run()))
