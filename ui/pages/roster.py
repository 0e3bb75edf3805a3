"""The roster in hand: change it by mouse, see at once what breaks, take it back, lock and solve again."""

import streamlit as st

from planning.coverage import coverage
from planning.demand import requirement
from planning.draft import Draft, apply_all, begin, locks, undo
from planning.edits import edits_of
from planning.marks import marks
from planning.plan import Plan
from ui.components.breach_words import breaches_frame
from ui.components.coverage_chart import coverage_chart
from ui.components.roster_grid import roster_grid
from ui.state import Workspace, jobs, sent, workspace

FIRST_LIMIT_S = 20


def page() -> None:
    """The page."""
    ws = workspace()
    st.title(ws.say("roster.title"))
    if ws.job is not None and ws.job.running:
        st.fragment(_solving, run_every=0.5)()
        return
    _take_result(ws)
    plan = ws.plan
    if plan is None or plan.roster is None:
        st.info(ws.say("roster.no_plan"))
        return
    if ws.draft is None:
        ws.draft = begin(plan.roster)
    _editing()


@st.fragment(key="grid")
def _editing() -> None:
    """All that follows an edit: figures, grid, breaches, coverage. An edit reruns this part alone."""
    ws = workspace()
    if ws.plan is None or ws.draft is None:
        return
    key = f"grid-{id(ws.plan)}"
    _bar(ws, ws.draft)
    if ws.draft.refused:
        st.warning(ws.say(f"roster.refused_{ws.draft.refused}"), icon=":material/block:")
    roster_grid(ws.draft, ws.say, key=key, on_edits=lambda: _apply(key))
    _breaches(ws, ws.draft)
    _coverage(ws, ws.plan, ws.draft)


def _apply(key: str) -> None:
    ws = workspace()
    if ws.draft is not None:
        ws.draft = apply_all(ws.draft, edits_of(sent(key, "ops") or []))


def _bar(ws: Workspace, draft: Draft) -> None:
    say, found = ws.say, marks(draft.judgements).every
    hard = sum(mark.hard for mark in found)
    locked = sum(map(draft.locked, draft.cells))
    bar = st.columns([1, 1, 1, 1, 1.4, 1.2, 1.8], vertical_alignment="bottom")
    figures = (("hard", hard), ("soft", len(found) - hard), ("edits", len(draft.changes)), ("locks", locked))
    for place, (name, figure) in zip(bar, figures, strict=False):
        place.metric(say(f"roster.{name}"), figure)
    bar[4].button(
        say("roster.undo"), on_click=_undo, disabled=not draft.changes, icon=":material/undo:", width="stretch"
    )
    limit = bar[5].number_input(say("roster.seconds"), 1, 3600, FIRST_LIMIT_S, key="resolve-seconds")
    if bar[6].button(
        say("roster.resolve"), icon=":material/lock_reset:", help=say("roster.resolve_help"), width="stretch"
    ):
        horizon = draft.problem.horizon
        job = jobs().start(ws.scenario, horizon.start, horizon.days, time_limit=limit, locks=locks(draft))
        ws.job_id = job.id
        st.rerun()


def _undo() -> None:
    ws = workspace()
    if ws.draft is not None:
        ws.draft = undo(ws.draft)


def _breaches(ws: Workspace, draft: Draft) -> None:
    found = marks(draft.judgements).every
    st.subheader(ws.say("roster.breaches", count=len(found)))
    if not found:
        st.caption(ws.say("roster.no_breaches"))
        return
    st.dataframe(breaches_frame(found, draft.problem, ws.say), hide_index=True, width="stretch")


def _coverage(ws: Workspace, plan: Plan, draft: Draft) -> None:
    say, contract = ws.say, draft.problem.contract
    st.subheader(say("roster.coverage"))
    if plan.expected is None:
        st.caption(say("roster.no_demand"))
        return
    left, right = st.columns(2)
    day = left.selectbox(say("roster.day"), draft.problem.horizon.dates, key="coverage-day")
    queue = right.selectbox(
        say("roster.queue"), contract.queues, key="coverage-queue", format_func=lambda q: say.of((q.zh, q.en))
    )
    needed = requirement(plan.expected, contract)
    table = coverage(draft.roster, needed, queue, day, interval_minutes=plan.expected.interval_minutes)
    if table.empty:
        st.caption(say("roster.closed"))
    else:
        coverage_chart(table, say, key="coverage")


def _solving() -> None:
    ws = workspace()
    job = ws.job
    if job is None or not job.running:
        st.rerun()
    st.progress(min(1.0, job.seconds / job.time_limit), ws.say("roster.solving", seconds=job.seconds))
    if st.button(ws.say("roster.stop"), disabled=job.stopping, icon=":material/stop_circle:"):
        jobs().stop(job)


def _take_result(ws: Workspace) -> None:
    job = ws.job
    if job is None or job.result is ws.plan:
        return
    if job.result is not None and job.result.roster is not None:
        ws.take(job.result)
    elif job.state == "failed":
        st.error(ws.say("roster.failed", reason=job.error))
    else:
        st.warning(ws.say("roster.no_roster"))
