"""Compliance: the verdict on every clause, with its evidence and every breach."""

from collections import Counter

import streamlit as st

from planning.check import check_content
from roster.compliance import Judgement
from roster.errors import InputError
from roster.exports.names import Names
from roster.problem import Problem
from ui.components.breach_table import COLOURS, MARKS, coloured, judgement_frame, show_judgement
from ui.components.faults import show_faults
from ui.components.upload import upload
from ui.state import Workspace, workspace

Judged = tuple[tuple[Judgement, ...], Problem]
KINDS = ("hard", "goal", "duty", "cap", "record", "kpi")


def show(ws: Workspace) -> None:
    """The page."""
    say = ws.say
    st.title(say("compliance.title"))
    judged = _brought(ws) or _own(ws)
    if judged is None:
        st.info(say("compliance.empty"), icon=":material/info:")
        return
    judgements, problem = judged
    _counts(ws, judgements)
    found = _filter(ws, judgements)
    frame = judgement_frame(found, Names(problem.contract), say)
    chosen = st.dataframe(
        coloured(frame), hide_index=True, width="stretch", height=420, on_select="rerun", key="judgements",
        selection_mode="single-row", placeholder="",
    )  # fmt: skip
    rows = [row for row in chosen.selection.rows if row < len(found)]
    if not rows:
        st.caption(say("compliance.choose"))
        return
    with st.container(border=True):
        show_judgement(found[rows[0]], problem, say)


def _own(ws: Workspace) -> Judged | None:
    """The roster as planned or edited here."""
    plan = ws.edited
    if plan is None:
        return None
    horizon = plan.problem.horizon
    source = "compliance.source_plan" if plan is ws.plan else "compliance.source_draft"
    st.caption(ws.say(source, start=horizon.start, days=horizon.days))
    return plan.judgements, plan.problem


def _brought(ws: Workspace) -> Judged | None:
    """A roster made elsewhere, judged over the days chosen; faults are shown and nothing else changes."""
    say = ws.say
    with st.expander(say("compliance.bring"), icon=":material/upload_file:"):
        given = upload(say("compliance.upload"), ("csv", "xlsx"), say, key="brought-roster")
        if given is None:
            return None
        try:
            checked = check_content(ws.scenario, given.name, given.getvalue(), start=ws.start, days=ws.days)
        except InputError as error:
            show_faults(error, ws)
            return None
        for warning in checked.warnings:
            st.warning(say.of(warning), icon=":material/warning:")
    st.caption(say("compliance.source_upload", name=given.name, start=ws.start, days=ws.days))
    return checked.judgements, checked.roster.problem


def _counts(ws: Workspace, judgements: tuple[Judgement, ...]) -> None:
    counts: Counter[str] = Counter(judgement.status for judgement in judgements if judgement.in_force)
    for column, (verdict, mark) in zip(st.columns(len(MARKS)), MARKS.items(), strict=True):
        colour = COLOURS[verdict] if counts[verdict] else "#9ca3af"
        with column.container(border=True):
            st.html(
                f'<div style="color:{colour};font-size:1.9rem;font-weight:600;line-height:1.2">'
                f"{mark} {counts[verdict]}</div><div>{ws.say('verdict.' + verdict)}</div>"
            )


def _filter(ws: Workspace, judgements: tuple[Judgement, ...]) -> list[Judgement]:
    """The judgements that the filters leave, breaches first where none is chosen."""
    say = ws.say
    left, middle, right = st.columns([5, 5, 3], vertical_alignment="bottom")
    verdicts = left.pills(
        say("compliance.verdict"), list(MARKS), selection_mode="multi", key="verdicts",
        format_func=lambda verdict: say(f"verdict.{verdict}"),
    )  # fmt: skip
    kinds = middle.pills(
        say("compliance.kind"), KINDS, selection_mode="multi", key="kinds", format_func=lambda kind: say(f"kind.{kind}")
    )
    wanted = right.text_input(say("compliance.search"), key="judgement-search", icon=":material/search:").casefold()
    in_force = st.toggle(say("compliance.only_in_force"), value=True, key="in-force")
    return [
        judgement
        for judgement in judgements
        if (not verdicts or judgement.status in verdicts)
        and (not kinds or judgement.clause.kind in kinds)
        and (not in_force or judgement.in_force)
        and wanted in _words(judgement)
    ]


def _words(judgement: Judgement) -> str:
    clause, rule = judgement.clause, judgement.rule
    said = [clause.id, *clause.title.words(), *judgement.words, *clause.quote, *(rule.title if rule else ())]
    return "\n".join(said).casefold()


show(workspace())
