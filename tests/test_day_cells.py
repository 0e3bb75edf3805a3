"""A day of the workbook cut into half-hours."""

from roster.exports.xlsx.day_cells import Run, runs, serving
from tests.test_xlsx import TUESDAY, at, row


def test_runs_take_the_activity_with_the_most_time_and_work_before_standing_by():
    midnight = at(TUESDAY, 0)
    found = [
        row(TUESDAY, "P1", "0-12", kind="oncall", activity="on-call"),
        row(TUESDAY, "P1", "9-9.75"),
        row(TUESDAY, "P1", "9.75-10", activity="break"),
        row(TUESDAY, "P1", "23-25", activity="report"),
    ]
    assert list(runs(found, midnight)) == [
        Run(0, 18, "oncall", "on-call"),
        Run(18, 20, "work", "duty"),
        Run(20, 24, "oncall", "on-call"),
        Run(46, 48, "work", "report"),
    ]


def test_a_gap_ends_a_run():
    found = [row(TUESDAY, "P1", "9-10"), row(TUESDAY, "P1", "11-12")]
    assert [run[:2] for run in runs(found, at(TUESDAY, 0))] == [(18, 20), (22, 24)]


def test_only_those_who_serve_throughout_a_half_hour_are_counted():
    found = [row(TUESDAY, "P1", "9-10.25"), row(TUESDAY, "P2", "9-10", activity="lunch")]
    assert serving(found, at(TUESDAY, 0))[17:22] == [0, 1, 1, 0, 0]
