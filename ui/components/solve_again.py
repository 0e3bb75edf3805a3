"""Solving again from the roster in hand: what is locked stays, the rest is arranged anew."""

import streamlit as st

from planning.draft import Draft, lock_edits, locks
from ui.state import Workspace, jobs, workspace

FIRST_LIMIT_S = 20
_NAMED = 12


def solve_again(ws: Workspace, draft: Draft) -> None:
    """The time limit and the button that starts; it asks first where edits would be lost."""
    say = ws.say
    limit = st.number_input(say("roster.seconds"), 1, 3600, FIRST_LIMIT_S, key="resolve-seconds", width=100)
    if st.button(say("roster.resolve"), icon=":material/lock_reset:", help=say("roster.resolve_help")):
        if draft.at_risk:
            st.dialog(say("roster.at_risk_title"))(_ask_first)(limit)
        else:
            _start(ws, draft, limit)


def _ask_first(limit: float) -> None:
    """Names the edits that are not locked, to be locked or let go."""
    ws = workspace()
    draft, say = ws.draft, ws.say
    if draft is None:
        return
    people, places = draft.problem.person_by_id, draft.at_risk
    listed = [f"{people[who].name} {day:%m-%d}" for who, day in places[:_NAMED]]
    st.text(say("roster.at_risk", count=len(places)) + "\n" + "、".join(listed) + ("…" if places[_NAMED:] else ""))
    keep, lose = st.columns(2)
    if keep.button(say("roster.lock_and_solve"), type="primary", icon=":material/lock:", width="stretch"):
        ws.draft = lock_edits(draft)
        _start(ws, ws.draft, limit)
    if lose.button(say("roster.replace_and_solve"), icon=":material/lock_reset:", width="stretch"):
        _start(ws, draft, limit)


def _start(ws: Workspace, draft: Draft, limit: float) -> None:
    horizon = draft.problem.horizon
    job = jobs().start(
        ws.scenario, horizon.start, horizon.days, time_limit=limit, locks=locks(draft), settled=draft.settled
    )
    ws.job_id = job.id
    st.rerun()


@st.fragment(run_every=0.5)
def solving() -> None:
    """The solve under way, with a button that stops it and keeps the best roster."""
    ws = workspace()
    job = ws.job
    if job is None or not job.running:
        st.rerun()
    st.progress(min(1.0, job.seconds / job.time_limit), ws.say("roster.solving", seconds=job.seconds))
    if st.button(ws.say("roster.stop"), disabled=job.stopping, icon=":material/stop_circle:"):
        jobs().stop(job)


def tell_failure(ws: Workspace) -> None:
    """Says why the latest solve brought no roster; the one in hand is as it was."""
    job = ws.job
    if job is None or job.running:
        return
    if job.state == "failed":
        st.error(ws.say("roster.failed", reason=job.error), icon=":material/error:")
    elif job.result is not None and job.result.roster is None:
        st.warning(ws.say("roster.no_roster"), icon=":material/hourglass_disabled:")
