"""Queueing formulas against 40-digit values, published figures, a birth-death chain and their limits."""

import csv
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special

from planning.erlang_table import COLUMNS, FIGURES, erlang_table
from roster.errors import InputError
from roster.staffing.delay import steady_state
from roster.staffing.erlang_a import erlang_a
from roster.staffing.erlang_b import blocking, log_reciprocal_blocking
from roster.staffing.erlang_c import erlang_c
from roster.staffing.waiting_series import log_waiting_series

REFERENCE = Path(__file__).parent / "data" / "erlang_reference.csv"
TIMES = ("asa_answered_s", "mean_wait_all_s")


@pytest.fixture(scope="module")
def reference():
    return pd.read_csv(REFERENCE)


def assert_agrees(found, expected, column):
    relative, absolute = (1e-6, 0) if column in TIMES else (0, 1e-8)
    np.testing.assert_allclose(found, expected, rtol=relative, atol=absolute, err_msg=column)


@pytest.mark.parametrize("column", FIGURES)
def test_erlang_c_meets_the_reference(reference, column):
    rows = reference[reference["patience_s"].isna()]
    assert len(rows) == 56
    figures = erlang_c(rows["lambda_per_hour"], rows["aht_s"], rows["n"], rows["T_s"])
    assert_agrees(getattr(figures, FIGURES[column]), rows[column], column)


@pytest.mark.parametrize("column", FIGURES)
def test_erlang_a_meets_the_reference(reference, column):
    rows = reference[reference["patience_s"].notna()]
    assert len(rows) == 244
    figures = erlang_a(rows["lambda_per_hour"], rows["aht_s"], rows["patience_s"], rows["n"], rows["T_s"])
    assert_agrees(getattr(figures, FIGURES[column]), rows[column], column)


def test_published_erlang_b_and_c():
    assert blocking(5, 10) == pytest.approx(0.018385, abs=5e-7)
    assert erlang_c(20, 3600, 24, 0).p_wait == pytest.approx(0.298072, abs=5e-7)


def test_garnett_mandelbaum_reiman_example():
    """50 agents, 48 calls a minute, 1 minute, patience 2 minutes: Garnett, Mandelbaum & Reiman (2002)."""
    patient, impatient = erlang_c(2880, 60, 50, 20), erlang_a(2880, 60, 120, 50, 20)
    assert patient.asa_answered_s == pytest.approx(20.8, abs=0.05)
    assert impatient.mean_wait_all_s == pytest.approx(3.7, abs=0.05)
    assert impatient.p_abandon == pytest.approx(0.031, abs=5e-4)
    assert impatient.occupancy == pytest.approx(0.93, abs=5e-3)


@pytest.mark.parametrize(("rate", "aht", "patience", "n"), [(30, 300, 120, 3), (80, 240, 900, 4), (12, 600, 30, 1)])
def test_erlang_a_is_the_birth_death_chain(rate, aht, patience, n):
    states = np.arange(1, 600)
    leaving = np.minimum(states, n) / aht + np.maximum(states - n, 0) / patience
    weight = np.concatenate([[1.0], np.cumprod(rate / 3600 / leaving)])
    share = weight / weight.sum()
    queue = np.maximum(np.arange(600) - n, 0)
    found = erlang_a(rate, aht, patience, n, 20)
    assert found.p_wait == pytest.approx(share[n:].sum(), abs=1e-12)
    assert found.p_abandon == pytest.approx((share * queue).sum() / patience / (rate / 3600), abs=1e-12)
    assert found.occupancy == pytest.approx((share * np.minimum(np.arange(600), n)).sum() / n, abs=1e-12)


@pytest.mark.parametrize(
    ("rate", "aht", "patience", "n"),
    [(1e6, 3600, 36_000, 1), (1e7, 3600, 1, 5), (1e5, 300, 36_000, 3050), (6e5, 1800, 900, 7)],
)
def test_overload_is_finite_and_tends_to_the_fluid_limit(rate, aht, patience, n):
    figures = erlang_a(rate, aht, patience, n, 20)
    assert all(np.isfinite(value) for value in vars(figures).values())
    assert figures.p_abandon == pytest.approx(1 - n / (rate * aht / 3600), abs=1e-9)
    assert figures.occupancy == pytest.approx(1, abs=1e-9)


def test_light_load_with_many_agents_is_finite():
    figures = erlang_a([0.001, 0.01, 36], [60, 60, 60], 36_000, [3000, 1, 1], 20)
    assert all(np.isfinite(value).all() for value in vars(figures).values())
    assert figures.p_wait[0] == 0
    np.testing.assert_allclose(figures.p_wait[1:], figures.occupancy[1:], rtol=1e-9)  # one agent: busy = wait


def test_impatience_vanishes_into_erlang_c():
    with_patience, without = erlang_a(100, 300, 1e9, 10, 30), erlang_c(100, 300, 10, 30)
    assert with_patience.sl_answered_within == pytest.approx(float(without.sl_answered_within), abs=1e-6)
    assert with_patience.asa_answered_s == pytest.approx(float(without.asa_answered_s), rel=1e-4)


def test_nobody_on_duty():
    a, c = erlang_a(60, 300, 180, 0, 20), erlang_c(60, 300, 0, 20)
    assert (a.p_wait, a.p_abandon, a.sl_answered_within, a.mean_wait_all_s) == (1, 1, 0, 180)
    assert a.asa_answered_s == np.inf
    assert (c.p_wait, c.sl_answered_within, c.answer_rate, c.asa_answered_s) == (1, 0, 0, np.inf)


@pytest.mark.parametrize("n", [0, 4])
def test_nobody_calls(n):
    for figures in (erlang_a(0, 300, 180, n, 20), erlang_c(0, 300, n, 20)):
        assert (figures.p_wait, figures.p_abandon, figures.asa_answered_s, figures.occupancy) == (0, 0, 0, 0)
        assert (figures.sl_answered_within, figures.answer_rate) == (1, 1)


def test_threshold_zero_counts_only_those_who_never_wait():
    figures = erlang_a(300, 300, 120, 25, 0)
    assert figures.sl_answered_within == pytest.approx(1 - float(figures.p_wait), abs=1e-12)


def test_both_branches_of_the_waiting_series_agree():
    x, y = np.array([600.0, 600.0, 5000.0]), np.array([6.0, 250.0, 2000.0])
    j = np.arange(1, 4000)
    direct = [np.log1p(np.exp(np.cumsum(np.log(b / (a + j)))).sum()) for a, b in zip(x, y, strict=True)]
    np.testing.assert_allclose(log_waiting_series(x, y), direct, rtol=1e-11)


@pytest.mark.parametrize(("load", "n"), [(0.5, 0), (0.5, 7), (99.9, 20), (99.9, 140), (4000, 1500), (4000, 4300)])
def test_blocking_is_its_recursion_also_where_a_float_would_underflow(load, n):
    reciprocal = Fraction(1)
    for k in range(1, n + 1):
        reciprocal = 1 + reciprocal * k / Fraction(load)
        reciprocal = Fraction(int(reciprocal * 2**4000), 2**4000)
    exact = math.log(reciprocal.numerator) - math.log(reciprocal.denominator)
    assert float(log_reciprocal_blocking(load, n)) == pytest.approx(exact, abs=1e-11)


@pytest.mark.parametrize(("rate", "aht", "patience", "n"), [(30, 300, 120, 3), (90, 600, 3600, 2), (2000, 300, 60, 40)])
def test_those_who_stay_have_not_given_up_by_the_threshold(rate, aht, patience, n):
    """Those who give up by T: theta e^(-theta v) P(V > v) over 0 < v < T, V the offered wait, from the chain."""
    theta, mu, within = 1 / patience, 1 / aht, 45.0
    states = np.arange(1, 4000)
    log_weight = np.cumsum(np.log(rate / 3600 / (np.minimum(states, n) * mu + np.maximum(states - n, 0) * theta)))
    share = special.softmax(np.concatenate([[0.0], log_weight]))
    v = np.linspace(0, within, 20_001)
    density = n * mu * share[n] * np.exp(rate / 3600 * (1 - np.exp(-theta * v)) / theta - n * mu * v)
    waiting = share[n:].sum() - integrate.cumulative_trapezoid(density, v, initial=0)
    early = np.trapezoid(theta * np.exp(-theta * v) * waiting, v)
    assert float(steady_state(rate, aht, patience, n).staying(np.asarray(within))) == pytest.approx(1 - early, abs=1e-7)


@pytest.mark.parametrize("arguments", [(-1, 300, 180, 5, 20), (10, 0, 180, 5, 20), (10, 300, 0, 5, 20),
                                       (10, 300, 180, 2.5, 20), (10, 300, 180, 5, -1)])  # fmt: skip
def test_impossible_queues_are_refused(arguments):
    with pytest.raises(ValueError, match="is broken"):
        erlang_a(*arguments)


def test_table_writes_the_reference_again(tmp_path, reference):
    asked = tmp_path / "asked.csv"
    reference[["lambda_per_hour", "aht_s", "patience_s", "n", "T_s"]].to_csv(asked, index=False)
    erlang_table(asked, tmp_path / "out.csv")
    found = pd.read_csv(tmp_path / "out.csv")
    assert tuple(found.columns) == COLUMNS == tuple(reference.columns)
    for column in FIGURES:
        assert_agrees(found[column], reference[column], column)


def test_table_takes_the_reference_file_itself_and_keeps_the_source(tmp_path):
    erlang_table(REFERENCE, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        assert next(csv.DictReader(file))["source"] == "GMR2002"


def test_table_lists_every_bad_cell_and_writes_nothing(tmp_path):
    asked, out = tmp_path / "asked.csv", tmp_path / "out.csv"
    asked.write_text("lambda_per_hour,aht_s,patience_s,n,T_s\n60,300,,5,20\n-1,300,0,2.5,20\n60,,180,5,x\n", "utf-8")
    with pytest.raises(InputError) as refused:
        erlang_table(asked, out)
    places = [(fault.place, fault.value) for fault in refused.value.faults]
    assert places == [
        ("asked.csv, row 3, column lambda_per_hour", "-1"),
        ("asked.csv, row 3, column patience_s", "0"),
        ("asked.csv, row 3, column n", "2.5"),
        ("asked.csv, row 4, column aht_s", ""),
        ("asked.csv, row 4, column T_s", "x"),
    ]
    assert not out.exists()


HEADER = "lambda_per_hour,aht_s,patience_s,n,T_s"


@pytest.mark.parametrize(
    "text",
    [
        "lambda_per_hour,aht_s,patience_s,n\n1,1,1,1\n",
        f"{HEADER},colour\n1,1,1,1,1,x\n",
        f"{HEADER}\n1,1,1,1,1,9\n",
        "",
    ],
)
def test_table_refuses_other_shapes(tmp_path, text):
    (tmp_path / "asked.csv").write_text(text, "utf-8")
    with pytest.raises(InputError):
        erlang_table(tmp_path / "asked.csv", tmp_path / "out.csv")


def test_table_of_no_rows_is_a_header(tmp_path):
    (tmp_path / "asked.csv").write_text("lambda_per_hour,aht_s,patience_s,n,T_s\n", "utf-8")
    erlang_table(tmp_path / "asked.csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8").strip() == ",".join(COLUMNS)
