"""Judgements as a table, and one of them in detail: the quote, what was found and where."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from roster.base import Breach
from roster.compliance import Judgement
from roster.exports.catalogue import named, said
from roster.exports.names import Names
from roster.problem import Problem
from ui.texts import Say

MARKS = {"met": "✓", "breached": "✗", "at_risk": "!", "unknown": "?", "not_applicable": "–"}
COLOURS = {
    "met": "#2e7d4f",
    "breached": "#c62828",
    "at_risk": "#b26a00",
    "unknown": "#6b7280",
    "not_applicable": "#9ca3af",
}


def judgement_frame(judgements: Iterable[Judgement], names: Names, say: Say) -> pd.DataFrame:
    """One row a judgement: verdict, clause, rule, what is asked, what was found."""
    rows = [_judgement_row(judgement, names, say) for judgement in judgements]
    heads = ("verdict", "clause", "kind", "rule", "asked", "measured", "required", "unit", "places")
    return pd.DataFrame(rows, columns=[say(f"compliance.{head}") for head in heads])


def _judgement_row(judgement: Judgement, names: Names, say: Say) -> tuple[object, ...]:
    clause, title, worst = judgement.clause, judgement.title, judgement.tightest
    verdict = f"{MARKS[judgement.status]} {say('verdict.' + judgement.status)}"
    if not judgement.in_force:
        verdict += f"（{say('compliance.other_reading')}）"
    return (
        verdict,
        f"{clause.id} {say.of(clause.title.words())}",
        say(f"kind.{clause.kind}"),
        say.of(title) if title else "",
        say.of(names.asked(judgement)),
        worst.found if worst else None,
        worst.limit if worst else None,
        said(named("unit", worst.unit), say.language) if worst else "",
        len(judgement.breaches),
    )


def coloured(frame: pd.DataFrame) -> object:
    """The frame with its verdicts in colour."""
    colours = {mark: COLOURS[verdict] for verdict, mark in MARKS.items()}
    first = frame.columns[0]
    return frame.style.map(lambda text: f"color: {colours[str(text)[:1]]}; font-weight: 600", subset=[first]).format(
        precision=2, na_rep=""
    )


def breach_frame(findings: Iterable[Breach], problem: Problem, say: Say) -> pd.DataFrame:
    """One row a finding: when, who, how much."""
    names = Names(problem.contract)
    heads = ("verdict", "day", "time", "staff", "team", "measured", "required", "unit", "note")
    rows = [_finding_row(finding, problem, names, say) for finding in findings]
    return pd.DataFrame(rows, columns=[say(f"compliance.{head}") for head in heads])


def _finding_row(finding: Breach, problem: Problem, names: Names, say: Say) -> tuple[object, ...]:
    people = [problem.person_by_id.get(staff_id) for staff_id in finding.staff_ids]
    place = [say.of(names.team(finding.team)) if finding.team else ""]
    place.append(say.of(names.role(finding.team, finding.role)) if finding.role else "")
    time = f"{finding.start:%H:%M}–{finding.end:%H:%M}" if finding.start and finding.end else ""
    return (
        f"{MARKS[finding.verdict]} {say('verdict.' + finding.verdict)}",
        finding.day,
        time,
        "、".join(f"{person.name} {person.staff_id}" for person in people if person),
        " / ".join(filter(None, place)),
        finding.found,
        finding.limit,
        said(named("unit", finding.unit), say.language),
        say.of(finding.note) if finding.note else "",
    )


def show_judgement(judgement: Judgement, problem: Problem, say: Say) -> None:
    """A judgement in detail."""
    clause = judgement.clause
    st.markdown(f"#### {clause.id} {say.of(clause.title.words())}")
    st.caption(say("compliance.where", document=say.named("document", clause.document), where=clause.where))
    st.text(say("compliance.quote") + "：" + " / ".join(" ".join(quote.split()) for quote in clause.quote))
    st.text(say("compliance.asked") + "：" + say.of(Names(problem.contract).asked(judgement)))
    if clause.evidence:
        st.text(say("compliance.evidence") + "：" + say.of(clause.evidence.words()))
    if judgement.findings:
        st.markdown(f"**{say('compliance.found')}**")
        ordered = sorted(judgement.findings, key=lambda finding: (finding.verdict != "breached", finding.verdict))
        frame = breach_frame(ordered, problem, say)
        st.dataframe(coloured(frame), hide_index=True, width="stretch", placeholder="")
    else:
        st.caption(say("compliance.no_findings"))
