"""What `roster plan` prints of service: the share forecast, and what the roster gave in simulation, beside targets."""

import pytest

from planning.asking import ask
from planning.check import check
from planning.demand import forecast
from planning.plan import Plan
from planning.service import service_of
from planning.show import show_plan
from roster.loading.scenario import load_scenario
from solver.outcome import Outcome
from tests.simulation.centre import START, centre, roster_file
from tests.small_scenario import CONTRACT


def printed(tmp_path, capsys, monkeypatch, targets):
    monkeypatch.setenv("ROSTER_LANG", "en")
    folder = centre(tmp_path / "centre")
    contract = folder / "contract.toml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("answer_rate = 0.9\n", targets), encoding="utf-8")
    scenario = load_scenario(folder)
    roster = check(scenario, roster_file(tmp_path / "roster.csv", relieved=True), start=START, days=1).roster
    made = forecast(scenario, roster.problem.horizon)
    service = service_of(roster, made, scenario.history, runs=5)
    outcome = Outcome("FEASIBLE", roster.rows, (), 0.0, 0.0, 1)
    problem = ask(scenario, roster.problem.horizon, made)
    show_plan(Plan(scenario, problem, made, outcome, roster, (), {}, (), 1.0, service), (), tmp_path)
    return capsys.readouterr().out


def test_simulated_figures_stand_beside_each_target(tmp_path, capsys, monkeypatch):
    assert "answer_rate = 0.9\n" in CONTRACT
    out = printed(tmp_path, capsys, monkeypatch, "answer_rate = 0.9\nasa_s = 20\n")
    assert "served (target 90%), a forecast" in out
    (rate,) = [line for line in out.splitlines() if "simulated: answer rate" in line]
    assert 0.8 < float(rate.split("answer rate ")[1].split("%")[0]) / 100 < 1
    assert "(target ≥ 90.0%, met in " in rate
    assert "simulated: mean wait" in out
    assert "(target ≤ 20.0 s, met in " in out


@pytest.mark.parametrize("targets", ["loss_rate = 0.1\n", ""])
def test_a_queue_without_a_share_as_target_is_told_without_one(tmp_path, capsys, monkeypatch, targets):
    out = printed(tmp_path, capsys, monkeypatch, targets)
    assert "served, a forecast" in out
    assert ("simulated: loss rate" in out) == bool(targets)
