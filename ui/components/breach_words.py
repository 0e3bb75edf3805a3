"""A breach in one line: the clause, what was found and what is asked."""

from planning.marks import Mark
from roster.exports.catalogue import named
from roster.exports.xlsx.view import View
from ui.texts import text


def breach_words(mark: Mark, view: View) -> str:
    """For example 'SH-01 Seats: found 11, limit 12 persons (post call-back)'."""
    clause, breach = mark.judgement.clause, mark.breach
    note = view.say(breach.note) if breach.note else ""
    return text(
        "grid.breach" if mark.hard else "grid.soft_breach",
        view.language,
        clause=clause.id,
        title=view.say(clause.title.words()),
        found=breach.found,
        limit=breach.limit,
        unit=view.say(named("unit", breach.unit)),
        note=f"（{note}）" if note and view.language == "zh" else f" ({note})" if note else "",
        time=f" {breach.start:%H:%M}-{breach.end:%H:%M}" if breach.start and breach.end else "",
    )
