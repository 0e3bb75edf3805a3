"""Calendars handed out again: each edition follows the one before."""

import icalendar

from planning.publishing import calendar_of, publish
from roster.base import Cell
from roster.options import rows_of
from roster.roster import Roster
from tests.worlds import duty, person, problem

ANN, BOB = person("A"), person("B")


def roster(*duties):
    rows = tuple(row for who, what in duties for row in rows_of(Cell(who, what)))
    return Roster(problem((ANN, BOB), days=2), rows)


def events(content):
    found = icalendar.Calendar.from_ical(content).events
    return [(int(event["SEQUENCE"]), str(event["STATUS"])) for event in found]


def test_an_edition_follows_the_one_handed_out_before(tmp_path):
    first = publish(roster((ANN, duty(0, "9-17")), (BOB, duty(0, "9-17"))), tmp_path)
    assert events(first[calendar_of("A")]) == [(0, "CONFIRMED")]
    second = publish(roster((ANN, duty(0, "13-21"))), tmp_path)
    assert events(second[calendar_of("A")]) == [(1, "CONFIRMED")]
    assert events(second[calendar_of("B")]) == [(1, "CANCELLED")]
    assert publish(roster((ANN, duty(0, "13-21"))), tmp_path) == second
    assert (tmp_path / calendar_of("A")).read_bytes() == second[calendar_of("A")]


def test_one_persons_calendar_is_an_edition_for_that_person_alone(tmp_path):
    publish(roster((ANN, duty(0, "9-17")), (BOB, duty(0, "9-17"))), tmp_path)
    alone = publish(roster((ANN, duty(0, "13-21"))), tmp_path, staff_id="A")
    assert list(alone) == [calendar_of("A")]
    assert events((tmp_path / calendar_of("B")).read_bytes()) == [(0, "CONFIRMED")]
    assert events(publish(roster((ANN, duty(0, "9-17"))), tmp_path)[calendar_of("A")]) == [(2, "CONFIRMED")]


def test_without_a_folder_every_edition_is_a_first_one():
    one = roster((ANN, duty(0, "9-17")))
    assert publish(one, None) == publish(one, None)
    assert events(publish(one, None)[calendar_of("A")]) == [(0, "CONFIRMED")]
