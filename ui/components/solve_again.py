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


def take_result(ws: Workspace) -> None:
    """Puts a roster found into hand; where none was, says so and leaves the one in hand as it is."""
    job = ws.job
    if job is None or job.result is ws.plan:
        return
    if job.result is not None and job.result.roster is not None:
        ws.take(job.result)
    elif job.state == "failed":
        st.error(ws.say("roster.failed", reason=job.error))
    else:
        st.warning(ws.say("roster.no_roster"))
