"""Chats held together, against exact birth-death values and Erlang A; shares by their definitions."""

import csv
from pathlib import Path

import numpy as np
import pytest

from roster.staffing.chat import chat_queue
from roster.staffing.delay import queue_figures
from roster.staffing.expected import Demand, ExpectedService
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

with (Path(__file__).parent / "data" / "chat_reference.csv").open() as table:
    ROWS = [row for row in csv.DictReader(table) if row["patience_s"]]


def people(rate=600, aht=300, **targets):
    return int(requirement(rate, aht, ServiceTargets(180, **targets)).people)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['agents']}x{row['K']} {row['slowdown']}")
def test_chats_meet_the_reference(row):
    slower = tuple(float(part) for part in row["slowdown"].split("|"))
    rate, aht, patience, n = (float(row[k]) for k in ("lambda_per_hour", "aht_single_s", "patience_s", "agents"))
    state = chat_queue(rate, aht, patience, n, slower)
    assert float(state.p_wait()) == pytest.approx(float(row["bd_p_wait"]), abs=1e-12)
    assert float(state.p_abandon) == pytest.approx(float(row["bd_p_abandon"]), abs=1e-12)
    assert float(state.p_abandon) * patience == pytest.approx(float(row["bd_mean_wait_s"]), abs=1e-9)


def test_contacts_that_do_not_slow_each_other_are_as_many_people():
    many = queue_figures([60, 240, 700], 400, 150, 9, 20, (1.0, 1.0, 1.0))
    plain = queue_figures([60, 240, 700], 400, 150, 27, 20)
    for name, found in vars(many).items():
        np.testing.assert_allclose(found, getattr(plain, name), rtol=1e-9, atol=1e-12, err_msg=name)


def test_fewer_people_are_needed_who_hold_two_and_more_where_each_chat_takes_longer():
    alone, two, slow = (
        people(200, 480, slower=slower, service_level=0.9, answer_within_s=30)
        for slower in ((1.0,), (1.0, 1.0), (1.0, 1.6))
    )
    assert two < slow < alone
    assert two == -(-alone // 2)


def test_holding_more_must_not_serve_less():
    with pytest.raises(ValueError, match="never falls"):
        chat_queue(60, 300, 100, 5, (1.0, 2.5))


def test_several_at_once_need_a_patience():
    with pytest.raises(ValueError, match="patience_s"):
        ServiceTargets(slower=(1.0, 1.2))
    with pytest.raises(ValueError, match="patience_s"):
        queue_figures(60, 300, None, 5, 20, (1.0, 1.2))


def test_a_loss_rate_over_the_answered_is_stricter_than_over_the_offered():
    """20 abandoned for 100 answered are 16.7 % of the offered."""
    assert people(loss_rate=0.05, loss_over="answered") == people(answer_rate=1 / 1.05)
    assert people(loss_rate=0.05) == people(answer_rate=0.95) == 52
    assert people(3000, loss_rate=0.2, loss_over="answered") > people(3000, loss_rate=0.2)
    targets = ServiceTargets(180, loss_rate=0.05, occupancy=0.99)
    assert str(requirement(600, 300, targets).binding) == "loss_rate"


def test_leaving_out_who_gives_up_early_needs_fewer_people():
    """50 erlangs, 50 people: .731 of the offered within 20 s, .760 without the short abandons."""
    assert queue_figures(600, 300, 180, 50, 20).sl_answered_within == pytest.approx(0.731, abs=5e-4)
    asked = {"service_level": 0.755, "answer_within_s": 20}
    assert people(**asked, service_level_over="offered") == 51
    assert people(**asked, service_level_over="patient") == 50


def test_days_on_which_nobody_is_answered_in_time_count_against_the_level_of_the_patient():
    """A day far above its people has callers who stay and are not answered: the level never falls with people."""
    targets = ServiceTargets(900, service_level=0.8, answer_within_s=20, service_level_over="patient")
    n = np.arange(150, 330)
    demand = Demand(np.full(len(n), 2400.0), np.full(len(n), 300.0), np.ones((len(n), 1)), 0.3)
    level = ExpectedService(demand, n, targets).figure("service_level")
    assert (np.diff(level) > 0).all()
    assert int(requirement(2400, 300, targets, day_cv=0.3).people) == n[np.argmax(level >= 0.8)]
