"""Calendars, read back by icalendar, which writes them too, and by two readers apart from it: vobject and ical."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from roster.base import Cell
from roster.contract import Contract
from roster.errors import InputError
from roster.exports.calendars import calendars
from roster.exports.ics.events import WARN_BEFORE
from roster.options import rows_of
from roster.roster import Roster
from roster.shifts import Duty
from tests.worlds import MONDAY, at, contract, duty, person, problem

ANN, BOB = person("A", name="安妮"), person("B", name="鲍勃", team="lab", role="tech")
FIRST, SECOND, THIRD = (datetime(2025, 3, day, 4, 0, tzinfo=UTC) for day in (1, 2, 3))


def made(*duties: tuple[object, Duty], days: int = 4, people=(ANN, BOB), **fields: object) -> Roster:
    rows = tuple(row for who, what in duties for row in rows_of(Cell(who, what)))
    return Roster(problem(people, days=days, **fields), rows)


def published(roster: Roster, when: datetime = FIRST, earlier: dict[str, bytes] | None = None, who: str = "A") -> bytes:
    return calendars(roster, published=when, earlier={} if earlier is None else earlier)[who]


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).events


def the_event(content: bytes) -> icalendar.Event:
    (event,) = events(content)
    return event


def by_vobject(content: bytes) -> vobject.base.Component:
    calendar = vobject.readOne(content.decode())
    assert calendar.validate(raiseException=True)
    return calendar


def all_readers(content: bytes) -> tuple[tuple[datetime, datetime, str, str], ...]:
    """Start and end in UTC, transparency and status of each event; asserts that all readers agree on what it says."""
    one = tuple(map(read_by_icalendar, events(content)))
    assert one == tuple(map(read_by_vobject, by_vobject(content).vevent_list))
    assert one == tuple(map(read_by_ical, IcsCalendarStream.calendar_from_ics(content.decode()).events))
    return tuple(event[:4] for event in one)


def read_by_icalendar(event: icalendar.Event) -> tuple[object, ...]:
    return (
        event.start.astimezone(UTC), event.end.astimezone(UTC), str(event["TRANSP"]), str(event["STATUS"]),
        str(event["UID"]), int(event["SEQUENCE"]), event.LAST_MODIFIED, str(event["SUMMARY"]),
        str(event["DESCRIPTION"]), str(event["LOCATION"]),
    )  # fmt: skip


def read_by_vobject(event: vobject.base.Component) -> tuple[object, ...]:
    return (
        event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC), event.transp.value,
        event.status.value, event.uid.value, int(event.sequence.value), event.last_modified.value,
        event.summary.value, event.description.value, event.location.value,
    )  # fmt: skip


def read_by_ical(event: Event) -> tuple[object, ...]:
    assert event.status is not None
    return (
        event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC), event.transparency, event.status.value, event.uid,
        event.sequence, event.last_modified, event.summary, event.description, event.location,
    )  # fmt: skip


def test_a_night_is_one_event_that_blocks_the_time():
    content = published(made((ANN, duty(0, "22-30"))))
    night = (datetime(2025, 3, 3, 14, tzinfo=UTC), datetime(2025, 3, 3, 22, tzinfo=UTC), "OPAQUE", "CONFIRMED")
    assert all_readers(content) == (night,)
    assert the_event(content)["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert "22:00至次日06:00 值班" in the_event(content)["DESCRIPTION"]
    assert "22:00 to 06:00 next day duty" in the_event(content)["DESCRIPTION"]


def test_a_split_day_is_one_event_that_lists_its_stretches_and_rings_twice():
    content = published(made((ANN, duty(0, "9-11.30 13.30-16.30"))))
    assert all_readers(content) == ((at(0, 9), at(0, 16.5), "OPAQUE", "CONFIRMED"),)
    for text in (the_event(content)["DESCRIPTION"], by_vobject(content).vevent.description.value):
        assert "时间：09:00至11:30 值班；13:30至16:30 值班" in text
    assert triggers(content) == [timedelta(hours=-1), timedelta(hours=3.5)]


def triggers(content: bytes) -> list[timedelta]:
    """When the alarms of the only event ring, from its start; asserts that the two readers agree."""
    one = [alarm.TRIGGER for alarm in the_event(content).subcomponents]
    two = [alarm.trigger.value for alarm in getattr(by_vobject(content).vevent, "valarm_list", [])]
    assert one == two
    return one


def test_lunch_does_not_split_a_day():
    content = published(made((ANN, duty(0, "9-12 12-13:lunch 13-17"))))
    assert all_readers(content) == ((at(0, 9), at(0, 17), "OPAQUE", "CONFIRMED"),)
    assert triggers(content) == [timedelta(hours=-1)]
    assert "12:00至13:00 午餐" in the_event(content)["DESCRIPTION"]


def test_a_gap_rings_again_from_one_hour_on():
    assert len(triggers(published(made((ANN, duty(0, "9-11.01 12-17")))))) == 1
    assert len(triggers(published(made((ANN, duty(0, "9-11 12-17")))))) == 2


def test_a_stretch_inside_another_splits_nothing():
    assert len(triggers(published(made((ANN, duty(0, "9-17 10-11:quality 17.30-18")))))) == 1


def test_an_on_call_night_leaves_the_time_free_and_says_what_it_is():
    night = duty(0, "17.30-33", kind="oncall", activity="on-call", site="remote")
    content = published(made((ANN, night)))
    assert all_readers(content) == ((at(0, 17.5), at(1, 9), "TRANSPARENT", "CONFIRMED"),)
    assert the_event(content)["SUMMARY"] == "待命・17.30-33 / on call: 17.30-33"
    assert triggers(content) == [timedelta(minutes=-30)]
    assert [str(c) for c in the_event(content).categories] == ["待命", "on call"]


def test_backup_leaves_the_time_free_and_rings_no_alarm():
    content = published(made((ANN, duty(0, "9-17", kind="backup", activity="stand-by"))))
    assert all_readers(content) == ((at(0, 9), at(0, 17), "TRANSPARENT", "CONFIRMED"),)
    assert the_event(content)["SUMMARY"] == "备勤・9-17 / backup: 9-17"
    assert triggers(content) == []


def test_leave_of_a_whole_day_is_an_all_day_event_and_leave_of_hours_is_not():
    whole = the_event(published(made((ANN, duty(0, "0-24", kind="leave", activity="annual")))))
    hours = the_event(published(made((ANN, duty(0, "13-17", kind="leave", activity="annual")))))
    assert (whole.start, whole.end) == (MONDAY, MONDAY + timedelta(days=1))
    assert whole["DTSTART"].params["VALUE"] == "DATE"
    assert (hours.start, hours.end) == (at(0, 13), at(0, 17))
    assert {str(event["TRANSP"]) for event in (whole, hours)} == {"TRANSPARENT"}
    assert "年休假" in whole["SUMMARY"]


def test_an_equal_roster_gives_equal_bytes_whenever_it_is_published():
    duties = [(ANN, duty(0, "22-30")), (ANN, duty(2)), (BOB, duty(1, team="lab", role="tech"))]
    first = calendars(made(*duties), published=FIRST)
    assert calendars(made(*reversed(duties)), published=FIRST) == first
    assert calendars(made(*duties), published=SECOND, earlier=first) == first
    assert calendars(made(*duties), published=SECOND) != first


def test_a_changed_duty_keeps_its_uid_and_raises_its_version_alone():
    first = published(made((ANN, duty(0)), (ANN, duty(1))))
    second = published(made((ANN, duty(0)), (ANN, duty(1, "10-18"))), SECOND, {"A": first})
    before, after = ({e.start.date(): e for e in events(content)} for content in (first, second))
    same, changed = (MONDAY + timedelta(days=k) for k in (0, 1))
    assert after[same].to_ical() == before[same].to_ical()
    assert after[changed]["UID"] == before[changed]["UID"]
    assert versions(before[changed]) == (0, FIRST, FIRST, FIRST)
    assert versions(after[changed]) == (1, SECOND, SECOND, FIRST)


def versions(event: icalendar.Event) -> tuple[int, datetime, datetime, datetime]:
    return (event.sequence, event.DTSTAMP, event.LAST_MODIFIED, event.CREATED)


@pytest.mark.parametrize(
    "other",
    [
        duty(0, "9-17", site="onsite"),
        duty(0, "9-12 12-13:lunch 13-17"),
        duty(0, "9-17", post="seat"),
        duty(0, "9-17", role="expert"),
        duty(0, "9-17", activity="quality"),
    ],
    ids=["site", "lunch", "post", "role", "activity"],
)
def test_whatever_a_person_has_to_know_counts_as_a_change(other):
    first = published(made((ANN, duty(0, shift="D")), contract=named_contract()))
    second = published(made((ANN, replace(other, shift="D")), contract=named_contract()), SECOND, {"A": first})
    assert the_event(second).sequence == 1


def named_contract() -> Contract:
    """The small contract with a name of its own for each site and role."""
    small = contract()
    sites = tuple(site.model_copy(update={"zh": site.id, "en": site.id}) for site in small.sites)
    teams = tuple(
        team.model_copy(update={"roles": tuple(r.model_copy(update={"zh": r.id, "en": r.id}) for r in team.roles)})
        for team in small.teams
    )
    return small.model_copy(update={"sites": sites, "teams": teams})


def test_another_alarm_counts_as_a_change(monkeypatch):
    duties = made((ANN, duty(0)))
    first = published(duties)
    monkeypatch.setitem(WARN_BEFORE, "work", timedelta(hours=2))
    assert the_event(published(duties, SECOND, {"A": first})).sequence == 1


def test_a_duty_that_is_gone_is_kept_as_cancelled_once():
    first = published(made((ANN, duty(0, "22-30"))))
    second = published(made(), SECOND, {"A": first})
    assert all_readers(second) == ((at(0, 22), at(1, 6), "TRANSPARENT", "CANCELLED"),)
    assert the_event(second)["UID"] == the_event(first)["UID"]
    assert the_event(second)["SUMMARY"].startswith("已取消 ")
    assert versions(the_event(second)) == (1, SECOND, SECOND, FIRST)
    assert triggers(second) == []
    assert published(made(), THIRD, {"A": second}) == second


def test_a_cancelled_duty_keeps_its_name_to_the_letter():
    first = published(made((ANN, duty(0, shift="late, but; with a \\\\ in it"))))
    second = published(made(), SECOND, {"A": first})
    all_readers(second)
    assert the_event(second)["SUMMARY"] == f"已取消 cancelled: {the_event(first)['SUMMARY']}"
    assert by_vobject(second).vevent.summary.value.endswith("late, but; with a \\\\ in it")


def test_an_earlier_file_with_other_line_ends_and_order_says_the_same():
    duties = made((ANN, duty(0, "22-30")))
    moved = published(duties).replace(b"CLASS:PRIVATE\r\n", b"")
    moved = moved.replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\nCLASS:PRIVATE\r\n").replace(b"\r\n", b"\n")
    assert versions(the_event(published(duties, SECOND, {"A": moved}))) == (0, FIRST, FIRST, FIRST)


def test_a_cancelled_duty_that_comes_back_is_a_change():
    duties = made((ANN, duty(0)))
    second = published(made(), SECOND, {"A": published(duties)})
    third = the_event(published(duties, THIRD, {"A": second}))
    assert (str(third["STATUS"]), *versions(third)) == ("CONFIRMED", 2, THIRD, THIRD, FIRST)


def test_a_swap_cancels_one_persons_event_and_gives_the_other_one_of_their_own():
    first = calendars(made((ANN, duty(0))), published=FIRST)
    second = calendars(made((BOB, duty(0))), published=SECOND, earlier=first)
    ann, bob = the_event(second["A"]), the_event(second["B"])
    assert (str(ann["STATUS"]), str(bob["STATUS"])) == ("CANCELLED", "CONFIRMED")
    assert ann["UID"] != bob["UID"]


def test_days_outside_the_horizon_and_other_contracts_stay_as_they_were():
    first = published(made((ANN, duty(0)), (ANN, duty(3))))
    later = made((ANN, duty(3, "10-18")), start=MONDAY + timedelta(days=2))
    second = {e.start.date(): e for e in events(published(later, SECOND, {"A": first}))}
    assert versions(second[MONDAY]) == (0, FIRST, FIRST, FIRST)
    assert second[MONDAY + timedelta(days=3)].sequence == 1
    elsewhere = made(contract=contract(id="other"))
    assert [e.sequence for e in events(published(elsewhere, SECOND, {"A": first}))] == [0, 0]


def test_somebody_who_left_the_staff_list_still_hears_of_the_cancellation():
    first = calendars(made((ANN, duty(0))), published=FIRST)
    second = calendars(made(people=(BOB,)), published=SECOND, earlier=first)
    assert str(the_event(second["A"])["STATUS"]) == "CANCELLED"


def test_two_duties_of_one_day_are_two_events():
    content = published(made((ANN, duty(0)), (ANN, duty(0, "17-33", kind="oncall"))))
    assert len({str(e["UID"]) for e in events(content)}) == 2
    halves = published(made((ANN, duty(0, "9-13")), (ANN, duty(0, "14-18"))))
    assert len({str(e["UID"]) for e in events(halves)}) == 2


def test_nobody_else_is_named():
    three = [person(f"SH00{k}", name=name, phone=f"138-{k}") for k, name in enumerate(("安妮", "鲍勃", "蔡明"))]
    files = calendars(made(*((who, duty(day)) for who in three for day in (0, 1)), people=three), published=FIRST)
    for who in three:
        text = files[who.staff_id].replace(b"\r\n ", b"").decode()
        assert text.count("BEGIN:VEVENT") == 2
        others = [other for other in three if other is not who]
        assert not [o for o in others if o.staff_id in text or o.name in text or o.phone in text]


def test_everybody_employed_has_a_calendar_and_nobody_else():
    gone = person("C", employed_to=date(2025, 1, 31))
    assert set(calendars(made(people=(ANN, BOB, gone)), published=FIRST)) == {"A", "B"}


def test_the_file_keeps_to_the_standards():
    content = published(made((ANN, duty(0)), (ANN, duty(1, "17.30-33", kind="oncall", site="remote"))))
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in (
        b"VERSION:2.0", b"METHOD:PUBLISH", b"REFRESH-INTERVAL;VALUE=DURATION:PT1H", b"X-PUBLISHED-TTL:PT1H",
        b"X-WR-TIMEZONE:Asia/Shanghai", b"CLASS:PRIVATE",
    ):  # fmt: skip
        assert line in lines
    assert lines.count(b"BEGIN:STANDARD") == 1
    assert b"BEGIN:DAYLIGHT" not in lines
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.get_missing_tzids() == set()
    assert [component.errors for component in calendar.walk()] == [[]] * len(list(calendar.walk()))
    assert all(later.start > earlier.start for earlier, later in pairwise(calendar.events))


def test_a_naive_time_of_publication_is_refused():
    with pytest.raises(ValueError, match="aware"):
        calendars(made(), published=datetime(2025, 3, 1))


def test_every_earlier_file_that_cannot_be_read_is_named():
    spoilt = published(made((ANN, duty(0)))).replace(b"/2025-03-03/", b"/2025-33-03/")
    cut = spoilt.partition(b"END:VALARM")[0] + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    whole = published(made((ANN, duty(0))))
    unread = [whole.replace(b"DTSTART;", b"X-START;"), whole.replace(b"SEQUENCE:0", b"SEQUENCE:x"), cut]
    earlier = {"A": b"PK\x03\x04", "B": b"", "C": b"BEGIN:VCALENDAR\r\nBEGIN:", "D": spoilt}
    earlier |= dict(zip("EFG", unread, strict=True))
    with pytest.raises(InputError) as refused:
        calendars(made(), published=FIRST, earlier=earlier)
    assert [fault.place for fault in refused.value.faults] == [f"{name}.ics" for name in "ABCDEFG"]
