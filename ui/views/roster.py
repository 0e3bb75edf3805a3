"""The roster in hand: change it by mouse, see at once what breaks, take it back, lock and solve again."""

from collections.abc import Sequence

import streamlit as st

from planning.draft import Draft, apply_all, begin, lock_edits, undo
from planning.edits import edits_of
from planning.marks import Mark, marks
from ui.components.breach_words import breaches_frame
from ui.components.day_coverage import day_coverage
from ui.components.roster_grid import roster_grid
from ui.components.solve_again import solve_again, solving, tell_failure
from ui.kept import keep_draft, kept_draft, let_go
from ui.state import Workspace, sent, workspace


def show(ws: Workspace) -> None:
    """The page."""
    st.title(ws.say("roster.title"))
    if ws.job is not None and ws.job.running:
        solving()
        return
    ws.collect()  # the solve may have ended since the frame was drawn
    tell_failure(ws)
    if ws.plan is None or ws.plan.roster is None:
        st.info(ws.say("roster.no_plan"))
        return
    if ws.draft is None and kept_draft(ws) is not None:
        _offer(ws)
        return
    if ws.draft is None:
        ws.draft = begin(ws.plan.roster, known=ws.plan.judgements)
    editing()


def _offer(ws: Workspace) -> None:
    """Edits kept from before the page was loaded again: nothing else is done until they are taken up or let go."""
    kept, say = kept_draft(ws), ws.say
    assert kept is not None
    st.info(say("roster.kept", count=len(kept.edited)), icon=":material/history:")
    with st.container(horizontal=True):
        if st.button(say("roster.take_up"), type="primary", icon=":material/restore:"):
            ws.draft = kept
            st.rerun()
        if st.button(say("roster.let_go"), icon=":material/delete:"):
            let_go(ws)
            st.rerun()


@st.fragment(key="grid")
def editing() -> None:
    """All that follows an edit: figures, grid, breaches, coverage. An edit reruns this part alone."""
    ws = workspace()
    if ws.plan is None or ws.draft is None:
        return
    keep_draft(ws, ws.draft)
    key, found = f"grid-{id(ws.plan)}", marks(ws.draft.judgements).every
    _figures(ws, ws.draft, found)
    if ws.draft.refused:
        st.warning(ws.say(f"roster.refused_{ws.draft.refused}"), icon=":material/block:")
    roster_grid(ws.draft, ws.say, key=key, on_edits=lambda: _apply(key))
    _breaches(ws, ws.draft, found)
    day_coverage(ws, ws.plan, ws.draft)
    ws.draft.found  # noqa: B018  # reckoned while the page is looked at: the next edit is judged from it


def _apply(key: str) -> None:
    ws = workspace()
    if ws.draft is not None:
        ws.draft = apply_all(ws.draft, edits_of(sent(key, "ops") or []))


def _undo() -> None:
    ws = workspace()
    if ws.draft is not None:
        ws.draft = undo(ws.draft)


def _lock_edits() -> None:
    ws = workspace()
    if ws.draft is not None:
        ws.draft = lock_edits(ws.draft)


def _figures(ws: Workspace, draft: Draft, found: Sequence[Mark]) -> None:
    say, hard = ws.say, sum(mark.hard for mark in found)
    figures = {
        "hard": hard, "soft": len(found) - hard,
        "edits": len(draft.edited), "locks": len(draft.settled),
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, figure in figures.items():
            st.metric(say(f"roster.{name}"), figure, width="content")
        st.button(say("roster.undo"), on_click=_undo, disabled=not draft.changes, icon=":material/undo:")
        st.button(
            say("roster.lock_edits"), on_click=_lock_edits, disabled=not draft.at_risk, icon=":material/lock:",
            help=say("roster.lock_edits_help"),
        )  # fmt: skip
        solve_again(ws, draft)


def _breaches(ws: Workspace, draft: Draft, found: Sequence[Mark]) -> None:
    st.subheader(ws.say("roster.breaches", count=len(found)))
    if found:
        st.dataframe(breaches_frame(found, draft.problem, ws.say), hide_index=True, width="stretch")
    else:
        st.caption(ws.say("roster.no_breaches"))


show(workspace())
