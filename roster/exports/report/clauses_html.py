"""The clause table: every clause with its verdicts, its words, and what the roster shows."""

from collections.abc import Iterator

from roster.exports.catalogue import named
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, table, tag
from roster.exports.report.verdicts import ClauseEntry, Finding, RuleLine

TOLD_AT_MOST = 25
_HEADS = ("clause.rule", "clause.status", "clause.words", "clause.required", "clause.measured")


def clause_table(report: Report) -> Markup:
    """The clauses in the order of the contract; quotes unfold."""
    rows = (row for entry in report.clauses for row in _clause(entry))
    return join(tag("p", say("clause.note"), class_="note"), table(_HEADS, *rows))


def _clause(entry: ClauseEntry) -> Iterator[Markup]:
    title = (
        tag("span", f"{entry.document} · {entry.where}", class_="where"),
        join(tag("strong", entry.clause), " ", both(entry.title), " · ", both(entry.kind)),
        _sources(entry),
    )
    yield tag("tr", tag("td", *title, colspan=len(_HEADS)), class_="clause", id=f"clause-{entry.clause}")
    for line in entry.rules:
        yield _rule(line)


def _rule(line: RuleLine) -> Markup:
    status = tag("span", both(named("status", line.status)), class_=f"chip {line.status}")
    reading = [tag("div", say("clause.not_in_force", reading=line.other_reading))] if line.other_reading else []
    return tag(
        "tr",
        tag("td", both(line.title) if line.title else say("clause.no_rule")),
        tag("td", status, *reading),
        tag("td", both(line.demand), *_findings(line)),
        *_figures(line.tightest),
        class_="rule other" if line.other_reading else "rule",
    )


def _figures(place: Finding | None) -> Iterator[Markup]:
    """What is required and what was measured, and where."""
    if place is None:
        yield from (tag("td"), tag("td"))
        return
    where = [tag("div", place.when, class_="place")] if place.when else []
    yield tag("td", both(place.required))
    yield tag("td", both(place.measured), *where)


def _findings(line: RuleLine) -> Iterator[Markup]:
    findings = (*line.breaches, *line.open)
    if findings:
        items = [_finding(finding) for finding in findings[:TOLD_AT_MOST]]
        if len(findings) > TOLD_AT_MOST:
            items.append(tag("li", say("report.more", count=len(findings) - TOLD_AT_MOST)))
        yield tag("ul", *items, class_="findings")


def _finding(finding: Finding) -> Markup:
    told = [f"{finding.when} ", both(finding.who), " "]
    if finding.verdict == "breached":
        told.append(both(finding.amount))
    if finding.note:
        told.append(both(finding.note))
    return tag("li", *told, class_="breach-text" if finding.verdict == "breached" else None)


def _sources(entry: ClauseEntry) -> Markup:
    quotes = (tag("blockquote", quote) for quote in entry.quotes)
    unfolding = tag("details", tag("summary", say("clause.quote")), *quotes)
    if entry.evidence is None:
        return unfolding
    return join(tag("div", say("clause.evidence"), " ", both(entry.evidence), class_="evidence"), unfolding)
