"""Explain: which clauses clash and the ways out, why somebody has a shift, what each clause costs."""

from functools import partial

import streamlit as st

from planning.explain import Cell, OnProcess, Told, answer, explain, explaining_limit
from planning.explain_asked import Asking
from planning.explain_words import clash_sentences, closing, sentences, way_out
from planning.plan import Plan
from solver.explain_results import Clash, Explanation
from ui.state import Workspace, workspace

POLL_S = 0.5


def show(ws: Workspace) -> None:
    """The page."""
    st.title(ws.say("explain.title"))
    st.caption(ws.say("explain.about", start=ws.start, days=ws.days))
    _ask(ws)
    asking = ws.asking
    if asking is None:
        return
    st.fragment(_wait, run_every=POLL_S if asking.running else None)(ws, asking)
    if asking.error:
        st.error(ws.say("explain.failed", error=asking.error), icon=":material/error:")
    elif asking.told is not None:
        _told(ws, asking.told)


def _ask(ws: Workspace) -> None:
    """The questions: clashes of the scenario as it is, and two about the roster in hand."""
    say, plan = ws.say, ws.edited
    running = ws.asking is not None and ws.asking.running
    usual = int(explaining_limit(ws.days))
    limit = float(st.number_input(say("explain.limit"), 1, 3600, usual, step=10, disabled=running, width=160))
    clashes, costs = st.columns(2)
    if clashes.button(say("explain.clashes"), type="primary", disabled=running, icon=":material/gavel:"):
        _start(ws, Asking(partial(_clashes, ws, limit), time_limit=limit))
    if plan is None or plan.roster is None:
        st.info(say("explain.no_roster"), icon=":material/info:")
        return
    if costs.button(say("explain.costs"), disabled=running, icon=":material/payments:"):
        _start(ws, Asking(partial(_about_costs, plan, limit), time_limit=limit))
    cell = _cell(ws, plan)
    if st.button(say("explain.why"), disabled=running, icon=":material/help:"):
        _start(ws, Asking(partial(_about_cell, plan, cell, limit), time_limit=limit))


def _cell(ws: Workspace, plan: Plan) -> Cell:
    """The person and the day asked about."""
    who, when = st.columns(2)
    people = plan.problem.person_by_id
    staff_id = who.selectbox(
        ws.say("explain.who"), list(people), format_func=lambda code: f"{people[code].name} ({code})", key="explain-who"
    )
    day = when.selectbox(ws.say("explain.day"), plan.problem.horizon.dates, key="explain-day")
    return staff_id, day


def _clashes(ws: Workspace, limit: float, begin: OnProcess) -> Told:
    return explain(ws.scenario, ws.start, ws.days, time_limit=limit, on_process=begin)


def _about_costs(plan: Plan, limit: float, begin: OnProcess) -> Told:
    found = answer(plan.problem, "costs", time_limit=limit, on_process=begin)
    return Told(plan.scenario, plan.problem, found)


def _about_cell(plan: Plan, cell: Cell, limit: float, begin: OnProcess) -> Told:
    rows = plan.roster.rows if plan.roster else ()
    found = answer(plan.problem, "cell", rows, cell, time_limit=limit, on_process=begin)
    return Told(plan.scenario, plan.problem, found)


def _start(ws: Workspace, asking: Asking) -> None:
    ws.asking = asking
    st.rerun()


def _wait(ws: Workspace, asking: Asking) -> None:
    """How long it has taken; the page follows once the answer is there."""
    if asking.running:
        ws.waiting = True
        bar, stop = st.columns([3, 1], vertical_alignment="center")
        bar.progress(min(asking.seconds / asking.time_limit, 1.0), ws.say("explain.running", seconds=asking.seconds))
        if stop.button(ws.say("explain.stop"), disabled=asking.stopping, icon=":material/stop:"):
            asking.stop()
    elif ws.waiting:
        ws.waiting = False
        st.rerun()


def _told(ws: Workspace, told: Told) -> None:
    answered = told.answer
    if not isinstance(answered, Explanation):
        for words in sentences(told):
            st.text(ws.say.of(words))
        return
    head = next(sentences(told))
    {"kept": st.success, "clash": st.error, "unknown": st.warning}[answered.status](ws.say.of(head))
    for number, clash in enumerate(answered.clashes, start=1):
        _clash(ws, told, clash, number, alone=len(answered.clashes) == 1)
    for words in closing(told.problem, answered):
        st.text(ws.say.of(words))


def _clash(ws: Workspace, told: Told, clash: Clash, number: int, *, alone: bool) -> None:
    """One clash in a frame: its clauses and figures, then the ways out as a list."""
    first, *others = [ws.say.of(words) for words in clash_sentences(told.problem, clash, number, alone=alone)]
    with st.container(border=True):
        st.text(first)
        for line in others[: len(others) - len(clash.ways)]:
            st.text(line.strip())
        for way in clash.ways:
            st.success(ws.say.of(way_out(told.problem, way)), icon=":material/arrow_forward:")


show(workspace())
