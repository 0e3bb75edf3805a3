"""The compiled sizing against the published reference and against the formulas that it stands in for."""

import csv
from pathlib import Path

import numpy as np
import pytest

from roster.staffing.erlang_a import erlang_a
from roster.staffing.expected import Demand, ExpectedService
from roster.staffing.requirement import requirement
from roster.staffing.state_sums import share_of, wait_of_answered
from roster.staffing.targets import ServiceTargets

with (Path(__file__).parent / "data" / "erlang_reference.csv").open(encoding="utf-8") as table:
    ROWS = [
        {name: float(text) for name, text in row.items() if name != "source" and text} for row in csv.DictReader(table)
    ]
IMPATIENT = [row for row in ROWS if "patience_s" in row and row["lambda_per_hour"] > 0 and row["n"] > 0]


def test_figures_are_those_of_the_reference():
    assert len(IMPATIENT) > 100
    for row in IMPATIENT:
        load = row["lambda_per_hour"] * row["aht_s"] / 3600
        found = share_of(load, row["aht_s"], row["patience_s"], int(row["n"]), row["T_s"])
        assert found.answered == pytest.approx(1 - row["p_abandon"], abs=1e-10)
        assert found.in_time == pytest.approx(row["sl_answered_within_T_over_offered"], abs=1e-8)
        assert found.in_time / found.staying == pytest.approx(row["sl_excl_short_abandons"], abs=1e-8)
        assert found.busy == pytest.approx(row["occupancy"], abs=1e-10)
        assert found.waited_s == pytest.approx(row["mean_wait_all_s"], rel=1e-8, abs=1e-8)
        by_patience = row["patience_s"] / row["aht_s"]
        waited = found.waiting * row["patience_s"] * wait_of_answered(row["n"] * by_patience, load * by_patience)
        assert waited / found.answered == pytest.approx(row["asa_answered_s"], rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("load", "n", "within"), [(4000, 400, 20), (4000, 400, 3600), (2000, 3900, 20), (0.01, 1, 0), (900, 1, 60)]
)
def test_figures_far_from_balance_do_not_overflow(load, n, within):
    """Weights of states reach beyond 1e308 where nine in ten give up, or where twice as many are there as needed."""
    found, exact = share_of(load, 300.0, 600.0, n, within), erlang_a(load * 12, 300.0, 600.0, n, within)
    assert found.answered == pytest.approx(exact.answer_rate, abs=1e-10)
    assert found.in_time == pytest.approx(exact.sl_answered_within, abs=1e-9)
    assert found.staying * exact.sl_excl_short_abandons == pytest.approx(exact.sl_answered_within, abs=1e-9)


TARGETS = [
    ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20),
    ServiceTargets(patience_s=60, answer_rate=0.95),
    ServiceTargets(patience_s=300, loss_rate=0.05, loss_over="answered", occupancy=0.85),
    ServiceTargets(patience_s=120, asa_s=10),
    ServiceTargets(patience_s=120, asa_s=10, asa_over="offered", answer_rate=0.8),
    ServiceTargets(patience_s=90, service_level=0.9, answer_within_s=15, service_level_over="patient"),
]


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("day_cv", [0.0, 0.2])
def test_the_people_found_keep_every_target_and_one_fewer_breaks_the_one_that_binds(targets, day_cv):
    """Judged by the formulas over busy and quiet days and over parts of an interval, one of them without callers."""
    rng = np.random.default_rng(5)
    rate = np.concatenate([[0.0], 10 ** rng.uniform(-1, 4, 40)])
    aht, course = rng.uniform(60, 900, 41), rng.dirichlet(np.ones(3), 41) * 3
    course[7] = [0, 1, 2]
    found = requirement(rate, aht, targets, day_cv=day_cv, course=course)
    names = [name for name in ("answer_rate", "service_level", "loss_rate", "asa", "occupancy") if asked(targets, name)]
    enough = {
        name: kept(ExpectedService(Demand(rate, aht, course, day_cv), found.people, targets), name) for name in names
    }
    less = np.maximum(found.people - 1, 0)
    fewer = {name: kept(ExpectedService(Demand(rate, aht, course, day_cv), less, targets), name) for name in names}
    assert (found.people[0], found.binding[0]) == (0, "none")
    for at in range(1, 41):
        assert all(enough[name][at] for name in names)
        first = next(name for name in names if found.people[at] == 1 or not fewer[name][at])
        assert found.binding[at] == first


@pytest.mark.parametrize("targets", TARGETS)
def test_loads_sized_together_need_what_each_needs_alone(targets):
    """Neighbours in size bound each other where they are alike, and only there."""
    rng = np.random.default_rng(7)
    rate, aht = np.repeat(rng.uniform(0, 200, 30), 2), np.tile([240.0, 600.0], 30)
    course = np.ones((60, 2))
    course[40:] = [0.5, 1.5]
    found = requirement(rate, aht, targets, course=course)
    for at in range(60):
        alone = requirement(rate[at : at + 1], aht[at], targets, course=course[at : at + 1])
        assert (found.people[at], found.binding[at]) == (alone.people[0], alone.binding[0])


def asked(targets, name):
    """The goal of a figure."""
    return targets.asa_s if name == "asa" else getattr(targets, name)


def kept(service, name):
    """Whether each load keeps its goal."""
    value, goal = service.figure(name), asked(service.targets, name)
    return value >= goal if name in ("answer_rate", "service_level") else value <= goal
