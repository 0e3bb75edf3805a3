"""Coverage against need: a small chart for each queue and day, drawn as inline SVG."""

from collections.abc import Iterator

from roster.exports.catalogue import named
from roster.exports.report.chart import RIGHT, Box, Chart, Point, chart, scale
from roster.exports.report.coverage import QueueCover, QueueDay
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, tag
from roster.exports.report.telling import day_verdict, service_lines
from roster.exports.report.wording import words
from roster.shifts import clock
from roster.words import Words

WIDTH, HEIGHT = 300.0, 118.0


def coverage_charts(report: Report) -> Markup:
    """All queues, day by day, with the key and what the service level comes to."""
    if not report.coverage:
        return tag("p", say("coverage.none"), class_="note")
    queues = (part for cover in report.coverage for part in _queue(report, cover))
    return join(tag("p", say("coverage.note"), class_="note"), _key(), *queues)


def _key() -> Markup:
    marks = (
        ("need", "line", None), ("have", "", "#a9cbe8"), ("missing", "", "#ef9a92"), ("offered", "line offered", None),
        ("served", "line served", None),
    )  # fmt: skip
    return tag(
        "div",
        *(
            tag("span", tag("i", class_=kind or None, style=fill and f"background:{fill}"), say(f"coverage.{key}"))
            for key, kind, fill in marks
        ),
        class_="key",
    )


def _queue(report: Report, cover: QueueCover) -> Iterator[Markup]:
    yield tag("h3", both(cover.name))
    for line in service_lines(report, cover):
        yield tag("p", both(line), class_="note")
    if not any(slot.needed is not None for day in cover.days for slot in day.slots):
        yield tag("p", say("coverage.unknown"), class_="note")
    axes = scale(cover, WIDTH, HEIGHT)
    yield tag("div", *(_figure(cover, day, chart(day, axes)) for day in cover.days), class_="charts")


def _figure(cover: QueueCover, day: QueueDay, drawn: Chart) -> Markup:
    verdict = day_verdict(day)
    weekday = words("contact.weekday", day=_weekday(day))
    caption = tag(
        "figcaption",
        tag("span", f"{day.day:%m-%d} ", both(weekday)),
        tag("span", both(verdict), class_="short" if day.short else "kept"),
    )
    label = f"{cover.name.zh} {day.day} {verdict.zh}"
    return tag("figure", caption, _svg(drawn, label))


def _weekday(day: QueueDay) -> Words:
    return named("weekday", str(day.day.isoweekday()))


def _svg(drawn: Chart, label: str) -> Markup:
    right = drawn.width - RIGHT
    grid = [
        join(
            tag("line", x1=20, x2=right, y1=y, y2=y, class_="grid"),
            tag("text", str(count), x=17, y=y + 3, text_anchor="end"),
        )
        for y, count in drawn.counts
    ]
    hours = [tag("text", str(hour), x=x, y=drawn.height - 3, text_anchor="middle") for x, hour in drawn.hours]
    shares = [tag("text", f"{share}%", x=right + 2, y=y + 3, class_="share") for y, share in drawn.shares]
    bars = [_bar(box, "bar") for box in drawn.bars if box.height] + [_bar(box, "gap") for box in drawn.missing]
    kinds = (("offered", drawn.offered), ("served", drawn.served), ("need", drawn.steps))
    steps = [tag("path", d=_path(step), class_=kind) for kind, lines in kinds for step in lines]
    box = f"0 0 {drawn.width:g} {drawn.height:g}"
    return tag("svg", *grid, *hours, *shares, *bars, *steps, viewBox=box, role="img", aria_label=label)


def _bar(box: Box, kind: str) -> Markup:
    slot = box.slot
    facts = {"start": clock(slot.start), "end": clock(slot.end), "needed": slot.needed, "rostered": slot.rostered}
    said = words("coverage.unasked" if slot.needed is None else "coverage.slot", **facts)
    if slot.offered is not None and slot.served is not None:
        said = said.join(words("coverage.played", offered=slot.offered, served=slot.served))
    title = tag("title", f"{said.zh} / {said.en}")
    return tag("rect", title, x=box.x, y=box.y, width=box.width, height=box.height, class_=kind)


def _path(step: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in step)
