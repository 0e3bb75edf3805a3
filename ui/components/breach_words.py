"""A breach in one line: the clause, what was found and what is asked."""

from planning.marks import Mark
from roster.exports.catalogue import named
from ui.texts import Say


def breach_words(mark: Mark, say: Say) -> str:
    """For example 'SH-01 Seats: found 11, limit 12 persons (post call-back)'."""
    clause, breach = mark.judgement.clause, mark.breach
    note = say.of(breach.note) if breach.note else ""
    return say(
        "grid.breach" if mark.hard else "grid.soft_breach",
        clause=clause.id,
        title=say.of(clause.title.words()),
        found=breach.found,
        limit=breach.limit,
        unit=say.of(named("unit", breach.unit)),
        note=f"（{note}）" if note and say.language == "zh" else f" ({note})" if note else "",
        time=f" {breach.start:%H:%M}-{breach.end:%H:%M}" if breach.start and breach.end else "",
    )
