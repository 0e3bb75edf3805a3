"""What HTML and PDF say alike: facts in words, before any form is given to them."""

from collections.abc import Iterator
from datetime import date, datetime

from roster.exports.catalogue import clock, named
from roster.exports.report.contacts import NIGHT_CLOSES, NIGHT_OPENS, Contact
from roster.exports.report.coverage import QueueCover, QueueDay
from roster.exports.report.facts import Report, SimulatedFigure
from roster.exports.report.wording import called, same, words
from roster.shifts import DAY_MINUTES
from roster.shifts import clock as minutes_clock
from roster.words import Words


def planned_facts(report: Report) -> Iterator[tuple[str, Words]]:
    """What was planned: keys of the words' section `planned`, and what there is to say."""
    solved = report.solved
    yield "scenario", same(report.scenario)
    yield "buyer", report.buyer
    yield "period", words("report.between", first=report.period[0], last=report.period[1])
    yield "horizon", words("planned.days", first=report.days[0], last=report.days[-1], days=len(report.days))
    yield "people", words("planned.counted", listed=report.people_on_file, rostered=report.people_rostered)
    yield "hours", words("planned.paid", hours=report.paid_minutes / 60)
    if solved.status:
        yield "status", words("planned.took", status=called("result", solved.status), seconds=solved.wall_s)
    if solved.seed is not None:
        yield "seed", same(str(solved.seed))
    yield "made", same(f"{report.made_at:%Y-%m-%d %H:%M %z}")


def service_lines(report: Report, cover: QueueCover) -> Iterator[Words]:
    """What is expected of the queue over the horizon, where that is known."""
    for service in report.solved.service:
        if service.queue == cover.queue:
            said = words("coverage.service", expected=service.expected, share=service.served_share)
            target = words("coverage.target", target=service.target) if service.target else None
            yield Words(
                f"{said.zh}（{target.zh}）" if target else said.zh,
                f"{said.en} ({target.en}). Counted: {service.definition}" if target else said.en,
            )
            yield from (_simulated(figure) for figure in service.simulated if figure.target is not None)
    busiest = max((slot.offered or 0.0 for day in cover.days for slot in day.slots), default=0.0)
    if busiest > 0:
        yield words("coverage.busiest", busiest=busiest)


def _simulated(figure: SimulatedFigure) -> Words:
    """A simulated figure beside its target."""

    def shown(value: float | None) -> str:
        if value is None:
            return "–"
        return f"{value:.1f} s" if figure.figure == "asa_s" else f"{value:.1%}"

    target = f"{'≥' if figure.at_least else '≤'} {shown(figure.target)}"
    facts = {"value": shown(figure.value), "target": target, "chance": figure.chance or 0.0}
    zh = words("coverage.simulated", figure=figure.title.zh, **facts).zh
    return Words(zh, words("coverage.simulated", figure=figure.title.en, **facts).en)


def day_verdict(day: QueueDay) -> Words:
    """How the day stands against the need; empty where the need is not known."""
    if day.short:
        return words("coverage.short", count=len(day.short), worst=max(slot.missing for slot in day.short))
    known = any(slot.needed is not None for slot in day.slots)
    return words("coverage.kept") if known else Words("", "")


def night_note() -> Words:
    """What counts as a night, and what the table must not be used for."""
    closes = minutes_clock(NIGHT_CLOSES - DAY_MINUTES)
    note = words("contact.note", opens=minutes_clock(NIGHT_OPENS), closes=closes)
    return note.join(words("contact.warning"))


def hours(contact: Contact, day: date) -> Words:
    """The stretch as clock times, with what does not fall on the day marked."""
    start, end = _clock(contact.start, day), _clock(contact.end, day)
    return Words(f"{start.zh} – {end.zh}", f"{start.en} – {end.en}")


def arrival(contact: Contact) -> Words:
    """How soon the person is there, empty where nothing is on file."""
    return same("—") if contact.arrival_hours is None else words("contact.within", hours=contact.arrival_hours)


def phone(contact: Contact) -> Words:
    """The telephone number, or that there is none."""
    return same(contact.phone) if contact.phone else words("contact.no_phone")


def day_name(day: date) -> Words:
    """A date with its weekday."""
    weekday = words("contact.weekday", day=named("weekday", str(day.isoweekday())))
    return Words(f"{day} {weekday.zh}", f"{day} {weekday.en}")


def contact_cells(contact: Contact, day: date) -> tuple[Words, ...]:
    """Name, duty, team and role, hours, telephone: the columns of both tables."""
    place = Words(f"{contact.team.zh} / {contact.role.zh}", f"{contact.team.en} / {contact.role.en}")
    name = same(f"{contact.name} {contact.staff_id}")
    return (name, contact.duty, place, hours(contact, day), phone(contact))


def backup_cells(contact: Contact, day: date) -> tuple[Words, ...]:
    """The same, and how soon the person is there."""
    return (*contact_cells(contact, day), arrival(contact))


def _clock(moment: datetime, day: date) -> Words:
    if moment.date() < day:
        return same(f"{moment:%m-%d %H:%M}")
    return Words(clock(moment, day, "zh"), clock(moment, day, "en"))
