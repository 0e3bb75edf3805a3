"""The compiled loops against simpy call by call, against each other, and against closed forms."""

import csv
from pathlib import Path

import numpy as np
import pytest

from roster.simulation.arrays import Contacts, Lines
from roster.simulation.by_number import play_by_number
from roster.simulation.first_come import play_first_come
from roster.simulation.routing import play_routed
from tests.simulation.oracle import agents_in_simpy, servers_in_simpy
from tests.simulation.scenes import drawn, duties_of, staggered

CHATS = Path(__file__).parent.parent / "data" / "chat_reference.csv"


def lines(*, most=(1,), slower=None, order=None):
    deepest = max(most)
    table = np.ones((len(most), deepest + 1))
    if slower:
        table[0, 1 : len(slower) + 1] = slower
    return Lines(np.array(range(len(most)) if order is None else order), np.array(most), table)


@pytest.mark.parametrize("loop", [play_first_come, lambda contacts, duties: play_routed(contacts, duties, lines())])
@pytest.mark.parametrize("agents", [6, 14, 40])
def test_breaks_and_ends_of_duty_are_simpys_call_by_call(loop, agents):
    contacts, duties = drawn(1500, hours=12), staggered(agents, hours=12)
    expected = agents_in_simpy(contacts, duties)
    found = loop(contacts, duties)
    assert 0.05 < np.isinf(expected).mean() < 0.95
    np.testing.assert_allclose(found.begun, expected, rtol=1e-12)


def test_a_constant_number_of_people_is_simpys_resource_call_by_call():
    contacts, duties = drawn(2000, hours=10), duties_of(*[[(0, 1e9)]] * 15)
    np.testing.assert_allclose(play_first_come(contacts, duties).begun, servers_in_simpy(contacts, 15), rtol=1e-12)


def test_changing_numbers_of_people_are_simpys_call_by_call():
    """n(t) people: person k is there while more than k are asked for, and comes a moment after person k - 1."""
    hourly = [4, 9, 14, 11, 16, 8, 3, 0]
    people = [
        [(3600.0 * h + k, 3600.0 * g) for h, g in _runs([n > k for n in hourly])] for k in range(max(hourly))
    ]  # fmt: skip
    contacts, duties = drawn(1200, hours=7), duties_of(*people)
    np.testing.assert_allclose(play_first_come(contacts, duties).begun, agents_in_simpy(contacts, duties), rtol=1e-12)


def _runs(asked):
    """(first, one past the last) of each run of hours in which somebody is asked for."""
    edges = np.flatnonzero(np.diff([False, *asked, False]))
    return zip(edges[::2], edges[1::2], strict=True)


def test_both_loops_give_the_same_people_the_same_work():
    contacts, duties = drawn(3000, hours=12), staggered(25, hours=12)
    one, other = play_first_come(contacts, duties), play_routed(contacts, duties, lines())
    np.testing.assert_array_equal(one.agent, other.agent)
    for column in ("busy_from", "busy_to"):
        np.testing.assert_allclose(np.sort(getattr(one, column)), np.sort(getattr(other, column)), rtol=1e-12)


def by_hand(arrivals, queue=None, *, patience=np.inf, work=100.0, tries=1, again=0.0):
    count = len(arrivals)
    return Contacts(
        np.array(arrivals, dtype=float), np.array(queue or [0] * count), np.full(count, patience),
        np.full(count, work), np.full(count, tries), np.full(count, again), np.zeros(count, dtype=np.int64),
    )  # fmt: skip


@pytest.mark.parametrize("loop", [play_first_come, lambda contacts, duties: play_routed(contacts, duties, lines())])
def test_the_call_begun_before_the_end_of_duty_is_finished_and_the_next_waits_for_the_next_duty(loop):
    found = loop(by_hand([50, 60, 290]), duties_of([(0, 100), (300, 1000)]))
    assert found.begun.tolist() == [50, 300, 400]
    assert found.busy_to.tolist() == [150, 400, 500]
    assert found.busy_stretch.tolist() == [0, 1, 1]


@pytest.mark.parametrize("loop", [play_first_come, lambda contacts, duties: play_routed(contacts, duties, lines())])
def test_nobody_on_duty_answers_nobody(loop):
    found = loop(by_hand([50, 60], patience=30), duties_of())
    assert np.isinf(found.begun).all()
    assert (found.agent == -1).all()


def test_the_queue_of_higher_priority_goes_first():
    contacts = by_hand([0, 10, 20], [0, 0, 1])
    duties = duties_of([(0, 1000)], queues=2)
    assert play_routed(contacts, duties, lines(most=(1, 1), order=(0, 1))).begun.tolist() == [0, 100, 200]
    assert play_routed(contacts, duties, lines(most=(1, 1), order=(1, 0))).begun.tolist() == [0, 200, 100]


def test_people_answer_only_the_queues_of_their_duty():
    contacts = by_hand([0, 1], [0, 1], patience=50)
    duties = duties_of([(0, 1000)], [(0, 1000)], queues=1)
    assert play_routed(contacts, duties, lines(most=(1, 1))).agent.tolist() == [0, -1]


def test_who_gives_up_calls_again_while_tries_last():
    contacts = by_hand([0, 5, 6], patience=20, tries=3, again=40)
    found = play_routed(contacts, duties_of([(0, 200)]), lines())
    tries = [
        (int(c), float(at), float(begun)) for c, at, begun in zip(found.contact, found.at, found.begun, strict=True)
    ]
    assert tries == [
        (0, 0, 0), (1, 5, np.inf), (2, 6, np.inf), (1, 65, np.inf), (2, 66, np.inf), (1, 125, 125), (2, 126, np.inf),
    ]  # fmt: skip


def test_two_chats_at_once_take_longer_each_and_a_third_waits():
    """Alone until 10, then both at half speed: the first is done at 10 + 2 x 90, the second 10 later."""
    found = play_routed(by_hand([0, 10, 20]), duties_of([(0, 5000)]), lines(most=(2,), slower=(1, 2)))
    assert found.begun.tolist() == [0, 10, 190]
    assert found.busy_from.tolist() == [0]
    assert found.busy_to.tolist() == [300]


def test_a_chat_goes_to_who_holds_fewest_and_chats_keep_a_phone_waiting():
    contacts = by_hand([0, 1, 2, 3], [0, 0, 0, 1])
    found = play_routed(contacts, duties_of([(0, 5000)], [(0, 5000)], queues=2), lines(most=(2, 1)))
    assert found.agent.tolist()[:3] == [0, 1, 0]
    assert found.begun.tolist() == [0, 1, 2, 101]


def chat_rows():
    with CHATS.open() as file:
        return [row for row in csv.DictReader(file) if float(row["sim_p_wait"]) > 0.005]


@pytest.mark.parametrize("row", chat_rows(), ids=lambda row: f"{row['agents']}x{row['K']} {row['slowdown']}")
def test_chats_are_the_reference_simulation(row):
    """Three million arrivals there, 150,000 here: within four standard errors of both, and some for correlation."""
    rng, count = np.random.default_rng(7), 150_000
    rate, patience = float(row["lambda_per_hour"]) / 3600, float(row["patience_s"] or "inf")
    contacts = Contacts(
        np.cumsum(rng.exponential(1 / rate, count)), np.zeros(count, dtype=np.int64),
        rng.exponential(patience, count) if patience < np.inf else np.full(count, np.inf),
        rng.exponential(float(row["aht_single_s"]), count), np.ones(count, dtype=np.int64), np.zeros(count),
        np.zeros(count, dtype=np.int64),
    )  # fmt: skip
    slower = [float(s) for s in row["slowdown"].split("|")]
    duties = duties_of(*[[(0, 1e12)]] * int(row["agents"]))
    found = play_routed(contacts, duties, lines(most=(int(row["K"]),), slower=slower))
    waited = (found.begun > found.at).mean()
    share = float(row["sim_p_wait"])
    assert waited == pytest.approx(share, abs=4 * 3 * np.sqrt(share * (1 - share) / count))


def test_a_constant_number_is_simpys_resource_call_by_call():
    contacts = drawn(2000, hours=10)
    found = play_by_number(contacts, np.full(40, 15), interval_s=1800.0)
    np.testing.assert_allclose(found, servers_in_simpy(contacts, 15), rtol=1e-12)


def test_fewer_people_begin_nothing_until_enough_have_finished():
    """Two at work when one is asked for: the third waits until both are done."""
    contacts = by_hand([0, 10, 70], work=150.0)
    assert play_by_number(contacts, np.array([2, 1, 1, 1, 1]), interval_s=60.0).tolist() == [0, 10, 160]
    assert play_by_number(contacts, np.array([2, 1, 0, 0, 0]), interval_s=60.0).tolist() == [0, 10, np.inf]
    assert play_by_number(contacts, np.array([0, 2, 2, 2, 2]), interval_s=60.0).tolist() == [60, 60, 210]
    impatient = by_hand([0, 10, 70], work=150.0, patience=89.0)
    assert play_by_number(impatient, np.array([2, 1, 1, 1, 1]), interval_s=60.0).tolist() == [0, 10, np.inf]


def test_an_appointment_goes_before_those_who_wait_without_one():
    """One agent busy from 0 on; a caller waits from 10, sessions are booked for 20 and 30."""
    contacts = by_hand([0, 10, 20, 30])._replace(booked=np.array([0, 0, 1, 1]))
    found = play_routed(contacts, duties_of([(0, 1000)]), lines())
    assert found.begun.tolist() == [0, 300, 100, 200]
    plain = play_routed(by_hand([0, 10, 20, 30]), duties_of([(0, 1000)]), lines())
    assert plain.begun.tolist() == [0, 100, 200, 300]


def test_who_comes_after_an_appointment_still_finds_the_end_of_the_line():
    contacts = by_hand([0, 10, 20, 30, 40])._replace(booked=np.array([0, 0, 1, 0, 1]))
    found = play_routed(contacts, duties_of([(0, 1000)]), lines())
    assert found.begun.tolist() == [0, 300, 100, 400, 200]
