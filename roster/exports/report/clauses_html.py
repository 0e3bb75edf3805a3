"""The clause table: every clause with its verdicts, its words, and what the roster shows."""

from collections.abc import Iterator

from roster.exports.catalogue import named
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, table, tag
from roster.exports.report.verdicts import ClauseEntry, Finding, RuleLine
from roster.exports.report.wording import words

TOLD_AT_MOST = 25
_HEADS = ("clause.rule", "clause.status", "clause.words", "clause.required", "clause.measured")


def clause_table(report: Report) -> Markup:
    """The clauses in the order of the contract; quotes and evidence unfold."""
    rows = (row for entry in report.clauses for row in _clause(entry))
    return join(tag("p", say("clause.note"), class_="note"), table(_HEADS, *rows))


def _clause(entry: ClauseEntry) -> Iterator[Markup]:
    where = tag("span", f"{entry.document} · {entry.where}", class_="where")
    title = tag(
        "td", where, tag("strong", entry.clause), " ", both(entry.title), " · ", both(entry.kind), colspan=len(_HEADS)
    )
    yield tag("tr", title, class_="clause", id=f"clause-{entry.clause}")
    for line in entry.rules:
        yield _rule(line)
    yield tag("tr", tag("td", _sources(entry), colspan=len(_HEADS)), class_="rule")


def _rule(line: RuleLine) -> Markup:
    status = tag("span", both(named("status", line.status)), class_=f"chip {line.status}")
    reading = [tag("div", say("clause.not_in_force", reading=line.other_reading))] if line.other_reading else []
    return tag(
        "tr",
        tag("td", both(line.title) if line.title else say("clause.no_rule")),
        tag("td", status, *reading),
        tag("td", both(line.demand), *_findings(line)),
        tag("td", both(line.required), class_="nowrap"),
        tag("td", both(line.measured), class_="nowrap"),
        class_="rule",
    )


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
    evidence = (
        [tag("p", say("clause.evidence"), words("report.colon").zh, both(entry.evidence))] if entry.evidence else []
    )
    return tag("details", tag("summary", say("clause.quote")), *quotes, *evidence)
