"""Sizing by simulation where formulas fail: what it adds, and when it is done."""

from dataclasses import replace

import numpy as np
import pytest

from planning.demand import forecast, in_step, requirement
from roster.calendar import Horizon
from roster.loading.scenario import load_scenario
from roster.simulation.refine import heavier
from roster.staffing.queue_load import QueueLoad
from roster.staffing.targets import ServiceTargets
from tests.simulation.centre import START, centre
from tests.simulation.scenes import scene, stream

TARGETS = ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20)


def falling(per_hour, *, aht_s, targets=TARGETS):
    """Half-hours of calls, and their load as if it came and went with them."""
    rate = np.asarray(per_hour, dtype=float)
    calls = np.concatenate([rate, np.zeros(48 - len(rate))]) / 2
    one = scene([stream(calls, aht_s=aht_s, targets=targets, handling_cv=1.0)], [[(0, 24)]])
    starts = np.arange(len(rate))
    load = QueueLoad(starts, rate / 2, np.full(len(rate), aht_s), rate, np.ones((len(rate), 1)))
    return heavier(one, load)


def test_people_are_added_where_long_calls_outlast_the_busy_hour():
    """Of 45-minute calls those of the busy hours fill the places of the quiet ones after it."""
    factors = falling([10] * 4 + [80] * 6 + [10] * 6, aht_s=2700)
    assert factors[10:13].min() > 1.3
    assert factors[10:13].mean() > 1.2 * factors[2:4].mean()


def test_short_calls_at_a_steady_rate_are_left_as_they_are():
    assert falling([120] * 16, aht_s=180).max() < 1.1


def test_without_a_share_to_aim_at_there_is_nothing_to_refine():
    with pytest.raises(ValueError, match="answer rate"):
        falling([60] * 8, aht_s=300, targets=ServiceTargets(patience_s=180, asa_s=20))


@pytest.mark.parametrize(
    ("setting", "aht", "done"), [("auto", 200, False), ("auto", 2000, True), ("never", 2000, False)]
)
def test_the_contract_and_the_length_of_calls_say_whether(tmp_path, setting, aht, done):
    folder = centre(tmp_path / "centre", queue=f'refined = "{setting}"')
    table = folder / "history.csv"
    heading, *rows = table.read_text(encoding="utf-8").splitlines()
    kept = [",".join([*row.split(",")[:2], "5,5,0", str(aht)]) for row in rows]
    table.write_text("\n".join([heading, *kept]) + "\n", encoding="utf-8")
    scenario = load_scenario(folder)
    made = forecast(scenario, Horizon(START, 1, "Asia/Shanghai"))
    assert bool(made.heavier) == done
    if done:
        plain = requirement(replace(made, heavier={}), scenario.contract)["required"]
        assert (requirement(made, scenario.contract)["required"] >= plain).all()
        fine = in_step(made, scenario.contract)
        assert len(fine.heavier["hotline"]) == len(fine.rows("hotline"))
