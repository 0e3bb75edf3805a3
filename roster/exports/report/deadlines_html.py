"""The calendar of deadlines as a table."""

from roster.exports.catalogue import named
from roster.exports.deadlines import LIKE, DeadlineLine
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, table, tag

_HEADS = (
    "deadline.due", "deadline.state", "deadline.what", "deadline.about", "deadline.planned", "deadline.done_by",
)  # fmt: skip


def deadline_table(report: Report) -> Markup:
    """Recurring work by due day: what, for which period, how much of it stands on the roster, and with whom."""
    return join(tag("p", say("deadline.note"), class_="note"), table(_HEADS, *map(_line, report.deadlines)))


def _line(line: DeadlineLine) -> Markup:
    links = [tag("a", clause, href=f"#clause-{clause}") for clause in line.clauses]
    chip = tag("span", both(named("deadline", line.state)), class_=f"chip {LIKE[line.state]}")
    done_by = [tag("div", text, class_="nowrap") for text in line.done_by]
    if line.missing:
        done_by.append(tag("div", say("deadline.missing", people="、".join(line.missing)), class_="breach-text"))
    return tag(
        "tr",
        tag("td", f"{line.due}", class_="nowrap"),
        tag("td", chip),
        tag("td", *(join(link, " ") for link in links), both(line.what), tag("div", both(line.who), class_="place")),
        tag("td", line.about, class_="nowrap"),
        tag("td", say("deadline.amount", planned=line.planned, minutes=line.minutes), class_="nowrap"),
        tag("td", *done_by),
    )
