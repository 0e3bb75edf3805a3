"""What the plots of traces draw, from traces made by hand."""

import pandas as pd

from benchmarks.plots import reached, steps
from benchmarks.record import UNKNOWN, Trace
from solver.outcome import LevelResult

TRACE = pd.DataFrame(
    [
        ("hotline 100x28", 1.0, 3, 150, None), ("hotline 100x28", 4.0, 3, 101, 90.0),
        ("hotline 100x28", 9.0, 3, 100, 100.0),
        ("hotline 300x28", 5.0, 3, 200, 100.0), ("hotline 300x28", 20.0, 3, 100, 100.0),
        ("hotline 900x28", 30.0, 3, 200, 100.0),
    ],
    columns=["case", "seconds", "level", "objective", "bound"],
)  # fmt: skip


def test_the_gap_is_reached_by_the_best_bound_of_the_case():
    assert reached(TRACE, 0.01).to_numpy().tolist() == [[100, "service", 4.0], [300, "service", 20.0]]
    assert reached(TRACE, 0.5).seconds.tolist() == [1.0, 5.0, 30.0]


def test_lines_are_held_to_the_end_and_an_unknown_bound_is_not_drawn():
    long = steps(TRACE)
    assert set(long.panel) == {"hotline 100x28, service", "hotline 300x28, service", "hotline 900x28, service"}
    first = long[long.panel == "hotline 100x28, service"]
    assert first[first.of == "bound"].points.tolist() == [90.0, 100.0, 100.0]
    assert first[first.of == "cost"][["seconds", "points"]].to_numpy().tolist()[-1] == [30.0, 100.0]


def test_a_trace_is_read_back(tmp_path):
    for case in ("one", "two"):
        Trace(tmp_path / "t.csv", case)(LevelResult(3, 7, UNKNOWN if case == "one" else 5), 0.0)
    read = pd.read_csv(tmp_path / "t.csv")
    assert read[["case", "level", "objective"]].to_numpy().tolist() == [["one", 3, 7], ["two", 3, 7]]
    assert read.bound.isna().tolist() == [True, False]
