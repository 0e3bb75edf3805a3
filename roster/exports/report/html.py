"""report.html: one file with everything in it; opening it sends no request to anybody."""

from collections.abc import Callable, Iterator
from importlib.resources import files

from roster.exports.catalogue import named
from roster.exports.report.clauses_html import clause_table
from roster.exports.report.contacts_html import backup_table, night_table
from roster.exports.report.coverage_html import coverage_charts
from roster.exports.report.deadlines_html import deadline_table
from roster.exports.report.facts import LevelFigures, Report
from roster.exports.report.markup import Markup, both, join, say, table, tag
from roster.exports.report.roster_html import roster_grid
from roster.exports.report.telling import planned_facts
from roster.exports.report.verdicts import Reading, Shortage
from roster.exports.report.wording import called, figure, same, words
from roster.words import Words

SHORTAGES_TOLD = 300
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Keeps a browser from fetching anything, should a later edit ever ask for it."""

_WIDE = "width=device-width, initial-scale=1"


def report_html(report: Report) -> str:
    """The report as one HTML document, the same text for the same facts."""
    name = join(words("report.title").zh, " ", report.title.zh)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content=_WIDE),
        tag("link", rel="icon", href="data:,"),
        tag("title", name),
        tag("style", Markup((files("roster.exports.report") / "style.css").read_text(encoding="utf-8"))),
    )
    body = tag("body", tag("main", _header(report), *_sections(report), _footer(report)))
    return f"<!doctype html>\n{tag('html', head, body, lang='zh-CN')}\n"


def _parts(report: Report) -> Iterator[tuple[str, Callable[[Report], Markup]]]:
    """The sections in reading order: what a manager asks first comes first."""
    yield "planned", _planned
    yield "verdicts", _verdicts
    if report.solved.warnings:
        yield "warnings", _warnings
    yield "shortages", _shortages
    yield "levels", _levels
    yield "coverage", coverage_charts
    yield "tonight", night_table
    yield "backups", backup_table
    if report.deadlines:
        yield "deadlines", deadline_table
    yield "roster", roster_grid
    yield "clauses", clause_table
    if report.readings:
        yield "assumptions", _assumptions


def _header(report: Report) -> Markup:
    links = (tag("a", words(f"section.{key}").zh, href=f"#{key}") for key, _ in _parts(report))
    return tag("header", tag("h1", both(report.title)), tag("p", say("report.title")), tag("nav", *links))


def _sections(report: Report) -> Iterator[Markup]:
    for key, draw in _parts(report):
        yield tag("section", tag("h2", say(f"section.{key}")), draw(report), id=key)


def _footer(report: Report) -> Markup:
    moment = f"{report.made_at:%Y-%m-%d %H:%M}"
    return tag("footer", "Lunban · ", say("report.made", moment=moment))


def _planned(report: Report) -> Markup:
    facts = (
        tag("div", tag("dt", say(f"planned.{key}")), tag("dd", both(value))) for key, value in planned_facts(report)
    )
    return tag("dl", *facts, class_="facts")


def _verdicts(report: Report) -> Markup:
    hard = report.hard_breaches
    tiles = [_tile("breached" if hard else "met", hard, words("verdict.hard"))]
    tiles += [_tile(status if count else "", count, named("status", status)) for status, count in report.verdicts]
    return join(tag("div", *tiles, class_="tiles"), tag("p", say("verdict.rules"), class_="note"))


def _tile(kind: str, count: int, name: Words) -> Markup:
    return tag("div", tag("strong", str(count)), both(name), class_=f"tile {kind}".strip())


def _warnings(report: Report) -> Markup:
    return tag("ul", *(tag("li", both(warning)) for warning in report.solved.warnings), class_="warnings")


def _levels(report: Report) -> Markup:
    if not report.solved.levels:
        return tag("p", say("level.none"), class_="note")
    heads = ("level.level", "level.name", "level.objective", "level.bound", "level.gap", "level.unit")
    rows = table(heads, *map(_level, report.solved.levels), class_="levels")
    return join(rows, tag("p", say("level.note"), class_="note"))


def _level(level: LevelFigures) -> Markup:
    figures = (figure(level.objective), figure(level.bound), f"{level.gap:.2%}")
    return tag(
        "tr",
        tag("td", str(level.level)),
        tag("td", both(called("level", level.level))),
        *(tag("td", shown, class_="number") for shown in figures),
        tag("td", both(called("level_unit", level.unit))),
    )


def _shortages(report: Report) -> Markup:
    if not report.shortages:
        return tag("p", say("shortage.none"), class_="good")
    rows = [_shortage(shortage) for shortage in report.shortages[:SHORTAGES_TOLD]]
    shown = table(("shortage.clause", "shortage.when", "shortage.who", "shortage.amount"), *rows)
    left = len(report.shortages) - SHORTAGES_TOLD
    return join(shown, tag("p", say("report.more", count=left))) if left > 0 else shown


def _shortage(shortage: Shortage) -> Markup:
    finding = shortage.finding
    links = [tag("a", clause, href=f"#clause-{clause}") for clause in shortage.clauses]
    when = same(finding.when) if finding.when else words("shortage.days")
    return tag(
        "tr",
        tag("td", *(join(" ", link) for link in links), " ", both(shortage.rule)),
        tag("td", both(when), class_="nowrap"),
        tag("td", both(shortage.who)),
        tag("td", both(finding.amount), *([both(finding.note)] if finding.note else []), class_="amount"),
    )


def _assumptions(report: Report) -> Markup:
    return table(("clause.clause", "clause.words", "clause.reading", "clause.status"), *map(_reading, report.readings))


def _reading(reading: Reading) -> Markup:
    link = tag("a", reading.clause, href=f"#clause-{reading.clause}")
    status = (
        [tag("span", both(named("status", reading.status)), class_=f"chip {reading.status}")] if reading.status else []
    )
    use = say("clause.chosen" if reading.chosen else "clause.not_chosen")
    return tag(
        "tr",
        tag("td", link),
        tag("td", both(reading.meaning)),
        tag("td", reading.name, tag("div", use)),
        tag("td", *status),
        class_=None if reading.chosen else "rule other",
    )
