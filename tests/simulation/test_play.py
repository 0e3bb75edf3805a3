"""Whole scenes: steady state against Erlang A, chance shared by variants, absence, intervals of confidence."""

from dataclasses import replace

import numpy as np
import pytest

from roster.simulation.draws import contacts, rates
from roster.simulation.figures import chance_met, estimate, figures, periods
from roster.simulation.parts import groups
from roster.simulation.play import lines, play, simulate
from roster.simulation.routing import play_routed
from roster.simulation.tally import PLACE, covered, tally
from roster.simulation.variation import Change, Variation, varied
from roster.simulation.watch import present
from roster.staffing.definitions import definitions
from roster.staffing.erlang_a import erlang_a
from roster.staffing.targets import ServiceTargets
from tests.simulation.scenes import scene, stream

ALL_DAY = [(0, 24)]


def steady(people=25, *, per_hour=240, days=1, **settings):
    """The same load day and night, exponential handling times."""
    calls = stream(np.full(48 * days, per_hour / 2), handling_cv=1.0, **settings)
    return scene([calls], [[(0, 24 * days)]] * people, days=days)


def of(results, kind="span"):
    return {figured.definition.figure: figured for figured in figures(results, kind)}


def test_the_steady_state_is_erlang_a():
    """Lognormal handling of the same mean and CV 1 is no exponential: service differs by less than a point."""
    found = of(simulate(steady(22, days=4), runs=40))
    exact = erlang_a(240, 300, 180, 22, 20)
    assert found["service_level"].estimate.value == pytest.approx(exact.sl_answered_within, abs=0.015)
    assert found["answer_rate"].estimate.value == pytest.approx(exact.answer_rate, abs=0.005)
    assert found["occupancy"].estimate.value == pytest.approx(exact.occupancy, abs=0.01)
    assert found["asa_s"].estimate.value == pytest.approx(exact.asa_answered_s, abs=1.5)


def test_the_interval_of_confidence_shrinks_with_runs_and_that_of_days_does_not():
    few, many = (of(simulate(steady(22), runs=runs))["answer_rate"].estimate for runs in (20, 180))
    assert (many.high - many.low) == pytest.approx((few.high - few.low) / 3, rel=0.35)
    assert (many.most - many.least) > 0.6 * (few.most - few.least)
    assert many.least < many.low < many.value < many.high < many.most


def test_confidence_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(3)
    below = rng.poisson(50, (400, 30)).astype(float)
    above = rng.binomial(below.astype(int), 0.8).astype(float)
    held = [e.low <= 0.8 <= e.high for e in (estimate(a, b) for a, b in zip(above, below, strict=True))]
    assert 0.90 < np.mean(held) < 0.985


def test_equal_seeds_give_equal_figures_and_others_do_not():
    one, same, other = (simulate(steady(), runs=3, seed=seed).counts for seed in (5, 5, 6))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_more_volume_keeps_the_callers_there_are():
    """Common random numbers: the k-th caller keeps patience and handling, and comes a little earlier."""
    base = steady()
    more = varied(base, Variation("", (Change("volume", 1.2),)))
    few, many = (contacts(s, rates(s, runs=1, seed=1)[0], run=0, seed=1) for s in (base, more))
    assert len(many.arrival) == pytest.approx(1.2 * len(few.arrival), rel=0.02)
    np.testing.assert_array_equal(many.patience[: len(few.patience)], few.patience)
    np.testing.assert_array_equal(many.work[: len(few.work)], few.work)
    np.testing.assert_allclose(many.arrival[: len(few.arrival)] * 1.2, few.arrival)


def test_callers_come_when_they_are_expected():
    expected = np.zeros(48)
    expected[18:24], expected[28] = 40, 200
    calls = scene([stream(expected)], [ALL_DAY])
    callers = [contacts(calls, expected[None], run=run, seed=1) for run in range(50)]
    counts = np.mean([np.bincount((c.arrival // 1800).astype(int), minlength=48) for c in callers], axis=0)
    assert counts[expected == 0].sum() == 0
    np.testing.assert_allclose(counts[expected > 0], expected[expected > 0], rtol=0.08)


def test_a_busy_day_is_busy_in_every_interval():
    def factors(generator, runs):
        return np.repeat(generator.gamma(25, 1 / 25, (runs, 1)), 48, axis=1)

    results = simulate(scene([stream(np.full(48, 50.0), busyness=factors)], [ALL_DAY] * 20), runs=150)
    offered = results.counts[:, 0, :, PLACE["offered"]]
    assert np.corrcoef(offered[:, :24].sum(axis=1), offered[:, 24:].sum(axis=1))[0, 1] > 0.8
    assert offered.sum(axis=1).std() / offered.sum(axis=1).mean() == pytest.approx(0.2, rel=0.2)


def test_every_contact_is_answered_or_abandoned():
    counts = simulate(steady(15), runs=3).counts
    offered, answered, abandoned = (counts[..., PLACE[name]] for name in ("offered", "answered", "abandoned"))
    np.testing.assert_array_equal(offered, answered + abandoned)
    assert abandoned.sum() > 100


def test_a_lunch_without_relief_is_lost_service_in_its_half_hours():
    relieved = [[(9, 12), (13, 17)], [(9, 13), (14, 17)]] * 5
    together = [[(9, 12), (13, 17)]] * 10
    expected = np.where((np.arange(48) >= 18) & (np.arange(48) < 34), 30.0, 0.0)
    kept, lost = (
        [f.estimate.value for f in figures(simulate(scene([stream(expected)], people), runs=30), "interval")
         if f.definition.figure == "answer_rate"]
        for people in (relieved, together)
    )  # fmt: skip
    assert min(kept) > 0.6
    assert max(lost[6:8]) < 0.35
    np.testing.assert_allclose(lost[:5], kept[:5], atol=0.05)


def test_three_ill_are_three_fewer_on_duty_each_day():
    people = [[(9, 17), (33, 41)]] * 10
    expected = np.tile(np.where((np.arange(48) >= 18) & (np.arange(48) < 34), 20.0, 0.0), 2)
    base = scene([stream(expected)], people, days=2)
    ill = varied(base, Variation("sick=3", (Change("sick", 3),)))
    for results, there in ((simulate(base, runs=4), 10), (simulate(ill, runs=4), 7)):
        on_duty = results.counts[:, 0, :, PLACE["on_duty_s"]]
        np.testing.assert_allclose(on_duty[:, expected > 0], there * 1800)


def test_unplanned_absence_takes_its_share_of_duties():
    base = scene([stream(np.full(48, 1.0), absence=0.2)], [ALL_DAY] * 40)
    results = simulate(base, runs=100)
    assert results.counts[..., PLACE["on_duty_s"]].mean() == pytest.approx(0.8 * 40 * 1800, rel=0.02)


def test_time_busy_past_the_end_of_duty_is_no_time_on_duty():
    found = of(simulate(scene([stream(np.full(48, 30.0))], [[(9, 12)]] * 2), runs=20))
    assert 0.5 < found["occupancy"].estimate.value <= 1


def test_spans_are_cut_at_the_edges_of_intervals():
    seconds = covered(np.array([0.0, 50.0, 250.0]), np.array([30.0, 210.0, 900.0]), step=100.0, count=3)
    assert seconds.tolist() == [80, 100, 60]


def test_periods_are_days_weeks_from_monday_and_months():
    base = scene([stream(np.full(48 * 14, 1.0))], [ALL_DAY], days=14)  # Monday 21 April to Sunday 4 May
    months = periods(base, "month")
    assert [(p.start.isoformat()[:10], p.last - p.first, p.whole) for p in months] == [
        ("2025-04-21", 480, False), ("2025-05-01", 192, False),
    ]  # fmt: skip
    assert [p.whole for p in periods(base, "week")] == [True, True]
    assert len(periods(base, "day")) == 14
    assert sum(p.last - p.first for p in periods(base, "interval")) == 672


def test_the_chance_to_meet_a_target_counts_runs():
    definition = definitions(ServiceTargets(patience_s=100, answer_rate=0.9))[0]
    chance, low, high = chance_met(definition, np.array([80.0, 90, 95, 99]), np.full(4, 100.0))
    assert chance == 0.75
    assert low == pytest.approx(0.3006, abs=1e-4)
    assert high == pytest.approx(0.9544, abs=1e-4)


def test_loss_over_the_answered_and_waits_of_all_are_other_quotients():
    targets = ServiceTargets(
        patience_s=100, loss_rate=0.1, loss_over="answered", service_level=0.8, answer_within_s=20,
        service_level_over="patient", asa_over="offered",
    )  # fmt: skip
    base = scene([stream(np.full(48, 60.0), targets=targets)], [ALL_DAY] * 9)
    results = simulate(base, runs=5)
    found = {name: f.estimate.value for name, f in of(results).items()}
    total = dict(zip(PLACE, results.counts.sum(axis=(0, 1, 2)), strict=True))
    assert found["loss_rate"] == pytest.approx(total["abandoned"] / total["answered"])
    assert found["service_level"] == pytest.approx(total["in_time"] / (total["offered"] - total["abandoned_early"]))
    assert found["asa_s"] == pytest.approx(total["waited_s"] / total["offered"])
    assert total["abandoned_early"] > 0


def test_a_target_made_tighter_changes_the_count_and_not_the_callers():
    base = steady(22)
    tight = varied(base, Variation("", (Change("answer_within_s", 5),)))
    one, other = simulate(base, runs=3), simulate(tight, runs=3)
    np.testing.assert_array_equal(one.counts[..., PLACE["answered"]], other.counts[..., PLACE["answered"]])
    assert other.counts[..., PLACE["in_time"]].sum() < one.counts[..., PLACE["in_time"]].sum()


def test_a_target_of_all_queues_changes_those_that_are_asked_for_it():
    plain = stream(np.full(48, 20.0), targets=ServiceTargets(patience_s=180, answer_rate=0.9))
    asked = replace(stream(np.full(48, 20.0)), name="other")
    tight = varied(scene([plain, asked], [ALL_DAY] * 3), Variation("", (Change("answer_within_s", 5),)))
    assert [one.targets.answer_within_s for one in tight.streams] == [None, 5]
    with pytest.raises(ValueError, match="nothing to change: the contract of queue 'hotline'"):
        varied(tight, Variation("", (Change("answer_within_s", 5, "hotline"),)))


@pytest.mark.parametrize("change", [("volume", 0), ("aht", -1), ("absence", 1), ("sick", 1.5), ("sick", -1)], ids=str)
def test_a_change_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match=change[0]):
        Change(*change)


def test_two_queues_share_their_people_by_priority():
    targets = ServiceTargets(patience_s=120, answer_rate=0.9)
    queues = [stream(np.full(48, 30.0), targets=targets, priority=p) for p in (2, 1)]
    base = scene([queues[0], queues[1]], [ALL_DAY] * 9)
    results = simulate(base, runs=10)
    total = results.counts.sum(axis=(0, 2))
    answered = total[:, PLACE["answered"]] / total[:, PLACE["offered"]]
    assert answered[1] > answered[0] + 0.05


def test_a_scene_without_anybody_loses_everything():
    base = scene([stream(np.full(48, 3.0))], [[(0, 0.001)]])
    assert of(simulate(base, runs=2))["answer_rate"].estimate.value == 0


def test_play_hands_every_run_to_a_loop_that_keeps_the_order_of_arrival():
    base = steady()
    callers = contacts(base, base.streams[0].expected[None], run=0, seed=1)
    played = play(base, callers, present(base, np.ones((25, 2)), np.ones((25, 2))))
    begun = played.begun[np.isfinite(played.begun)]
    assert (np.diff(begun) >= 0).all()


def test_queues_that_share_nobody_are_played_as_if_alone():
    targets = ServiceTargets(patience_s=120, answer_rate=0.9)
    queues = [stream(np.full(48, 30.0), targets=targets), stream(np.full(48, 10.0), targets=targets)]
    whole = scene(queues, [ALL_DAY] * 9)
    bits = np.array([1, 2, 1, 2, 1, 1, 1, 1, 2])
    whole = replace(whole, watch=replace(whole.watch, queues=bits))
    assert groups(whole) == ((0,), (1,))
    callers = contacts(whole, np.array([q.expected for q in queues]), run=0, seed=1)
    duties = present(whole, np.ones((9, 2)), np.ones((9, 2)))
    found, other = play(whole, callers, duties), play_routed(callers, duties, lines(whole))
    for played in (found, other):
        assert (callers.queue[played.contact[played.agent >= 0]] + 1 == bits[played.agent[played.agent >= 0]]).all()
    np.testing.assert_array_equal(found.begun[np.argsort(found.contact)], other.begun[np.argsort(other.contact)])
    counts = (tally(whole, callers, duties, played) for played in (found, other))
    np.testing.assert_allclose(*counts, rtol=1e-9)


def test_one_who_answers_two_queues_on_two_days_joins_them():
    two = scene([stream(np.full(96, 1.0)), stream(np.full(96, 1.0))], [[(0, 24), (24, 48)], [(0, 24)]], days=2)
    assert groups(replace(two, watch=replace(two.watch, queues=np.array([1, 2, 1])))) == ((0, 1),)
    assert groups(replace(two, watch=replace(two.watch, queues=np.array([1, 1, 2])))) == ((0,), (1,))
