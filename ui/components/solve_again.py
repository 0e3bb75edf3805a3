"""Solving again from the roster in hand: what is locked stays, the rest is arranged anew."""

import streamlit as st

from planning.draft import Draft, locks
from ui.state import Workspace, jobs, workspace

FIRST_LIMIT_S = 20


def solve_again(ws: Workspace, draft: Draft) -> None:
    """The time limit and the button that starts."""
    say, horizon = ws.say, draft.problem.horizon
    left, right = st.columns([1, 1.4], vertical_alignment="bottom")
    limit = left.number_input(say("roster.seconds"), 1, 3600, FIRST_LIMIT_S, key="resolve-seconds")
    named, said = say("roster.resolve"), say("roster.resolve_help")
    if right.button(named, icon=":material/lock_reset:", help=said, width="stretch"):
        job = jobs().start(ws.scenario, horizon.start, horizon.days, time_limit=limit, locks=locks(draft))
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
