"""Compliance: the verdict on every clause, with its evidence and every breach."""

from collections import Counter

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from planning.check import check_content
from planning.letters.template import letter_template
from roster.calendar import Horizon
from roster.compliance import Judgement
from roster.errors import InputError
from roster.exports.names import Names
from roster.problem import Problem
from ui.components.breach_table import COLOURS, MARKS, coloured, judgement_frame, show_judgement
from ui.components.faults import show_faults
from ui.components.upload import upload
from ui.state import Workspace, workspace

Judged = tuple[tuple[Judgement, ...], Problem]
_GRAVEST = ("breached", "at_risk", "unknown", "met", "not_applicable")
KINDS = ("hard", "goal", "duty", "cap", "record", "kpi")


def show(ws: Workspace) -> None:
    """The page."""
    say = ws.say
    st.title(say("compliance.title"))
    given = _given(ws)
    judged = _own(ws) if given is None else _brought(ws, given)
    if judged is None and given is not None:
        return
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


def _given(ws: Workspace) -> UploadedFile | None:
    """A roster made elsewhere, handed over to be judged, and the empty form for one."""
    say = ws.say
    with st.expander(say("compliance.bring"), icon=":material/upload_file:"):
        given = upload(say("compliance.upload"), ("csv", "xlsx"), say, key="brought-roster")
        st.download_button(
            say("compliance.template"), lambda: letter_template(ws.scenario, _chosen(ws), say.language),
            f"{ws.scenario.contract.id}-{ws.start}-letters.xlsx", on_click="ignore", icon=":material/download:",
            help=say("compliance.template_help"),
        )  # fmt: skip
    return given


def _chosen(ws: Workspace) -> Horizon:
    return Horizon(ws.start, ws.days, ws.scenario.contract.timezone)


def _brought(ws: Workspace, given: UploadedFile) -> Judged | None:
    """The upload's verdict over its own days, or over the days chosen; faults are shown and no verdict beside them."""
    say = ws.say
    span = st.segmented_control(
        say("compliance.span"), ["file", "chosen"], default="file", key="brought-span", required=True,
        format_func=lambda of: say(f"compliance.span_{of}", start=ws.start, days=ws.days),
    )  # fmt: skip
    asked = (ws.start, ws.days) if span == "chosen" else (None, None)
    try:
        checked = check_content(ws.scenario, given.name, given.getvalue(), start=asked[0], days=asked[1])
    except InputError as error:
        show_faults(error, ws, title=say("compliance.refused", name=given.name, count=len(error.faults)))
        return None
    if not checked.roster.rows:
        st.warning(say("compliance.nothing_inside", name=given.name), icon=":material/event_busy:")
        return None
    for warning in checked.warnings:
        st.warning(say.of(warning), icon=":material/warning:")
    horizon = checked.roster.problem.horizon
    st.caption(say("compliance.source_upload", name=given.name, start=horizon.start, days=horizon.days))
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
    """The judgements that the filters leave, breaches first, then what is open."""
    say = ws.say
    left, right = st.columns(2)
    verdicts = left.pills(
        say("compliance.verdict"), list(MARKS), selection_mode="multi", key="verdicts",
        format_func=lambda verdict: say(f"verdict.{verdict}"),
    )  # fmt: skip
    kinds = right.pills(
        say("compliance.kind"), KINDS, selection_mode="multi", key="kinds", format_func=lambda kind: say(f"kind.{kind}")
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    in_force = left.toggle(say("compliance.only_in_force"), value=True, key="in-force")
    wanted = right.text_input(say("compliance.search"), key="judgement-search", icon=":material/search:").casefold()
    ordered = sorted(judgements, key=lambda judgement: (_GRAVEST.index(judgement.status), not judgement.hard))
    return [
        judgement
        for judgement in ordered
        if (not verdicts or judgement.status in verdicts)
        and (not kinds or judgement.clause.kind in kinds)
        and (not in_force or judgement.in_force)
        and wanted in _words(judgement)
    ]


def _words(judgement: Judgement) -> str:
    clause = judgement.clause
    said = [clause.id, *clause.title.words(), *judgement.words, *clause.quote, *(judgement.title or ())]
    return "\n".join(said).casefold()


show(workspace())
