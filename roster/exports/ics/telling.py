"""What a calendar says of a duty, in Chinese and English. It never speaks of anybody else."""

from collections.abc import Iterator

from roster.exports.catalogue import Language, clock, named, said, text
from roster.exports.duties import AssignedDuty
from roster.exports.names import Names
from roster.words import Words


def summary(duty: AssignedDuty, names: Names) -> Words:
    """The duty in one line: how it binds the person, and what it is."""
    kind = named("kind", duty.kind)
    name = named("activity", duty.rows[0].activity) if duty.kind == "leave" else names.shift(duty.shift)
    return Words(
        text("calendar.summary", "zh", kind=kind.zh, name=name.zh),
        text("calendar.summary", "en", kind=kind.en, name=name.en),
    )


def description(duty: AssignedDuty, names: Names) -> str:
    """Shift, team, post, times of every stretch and place: first in Chinese, then in English."""
    chinese = "\n".join(_lines(duty, names, "zh"))
    english = "\n".join(_lines(duty, names, "en"))
    return f"{chinese}\n\n{english}".strip()


def location(duty: AssignedDuty, names: Names) -> str:
    """The sites of the duty in order, each once, in both languages; empty for leave."""
    if duty.kind == "leave":
        return ""
    sites = dict.fromkeys(row.site for row in duty.rows if row.site)
    pairs = [names.site(site) for site in sites]
    return " / ".join(f"{pair.zh} ({pair.en})" for pair in pairs)


def _lines(duty: AssignedDuty, names: Names, language: Language) -> Iterator[str]:
    if duty.kind == "leave":
        return
    join = "；" if language == "zh" else "; "
    teams = dict.fromkeys((row.team, row.role) for row in duty.rows)
    served = [f"{said(names.team(t), language)} / {said(names.role(t, r), language)}" for t, r in teams]
    posts = dict.fromkeys(row.post for row in duty.rows if row.post)
    sites = dict.fromkeys(row.site for row in duty.rows if row.site)
    facts = {
        "shift": f"{duty.shift} {said(names.shift(duty.shift), language)}",
        "team": join.join(served),
        "post": join.join(said(names.post(post), language) for post in posts),
        "site": join.join(said(names.site(site), language) for site in sites),
        "times": join.join(_stretches(duty, names, language)),
    }
    for key, fact in facts.items():
        if fact:
            yield text(f"calendar.{key}", language, text=fact)


def _stretches(duty: AssignedDuty, names: Names, language: Language) -> Iterator[str]:
    for row in duty.rows:
        start, end = (clock(moment, duty.date, language) for moment in (row.start, row.end))
        activity = said(named("activity", row.activity), language)
        piece = names.piece(duty.shift, row.post)
        if piece:
            activity = text("calendar.piece", language, activity=activity, post=said(piece, language))
        yield text("calendar.between", language, start=start, end=end, activity=activity)
