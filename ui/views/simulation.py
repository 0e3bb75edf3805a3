"""Simulation: calls played against the roster in hand, as it is and what if, side by side."""

import streamlit as st

from planning.simulate import simulate_roster
from roster.errors import InputError
from roster.simulation.variation import Change, Variation
from ui.components.faults import show_faults
from ui.components.service_table import service_tables
from ui.state import Workspace, workspace

FIRST_RUNS, MOST_RUNS = 100, 1000


def show(ws: Workspace) -> None:
    """The page."""
    say, plan = ws.say, ws.edited
    st.title(say("simulation.title"))
    if plan is None or plan.roster is None:
        st.info(say("simulation.empty"), icon=":material/info:")
        return
    st.caption(say("simulation.about"))
    what_if, runs = _asked(ws)
    if st.button(say("simulation.go"), type="primary", icon=":material/play_arrow:", key="simulate"):
        try:
            with st.spinner(say("simulation.running", runs=runs)):
                ws.simulated = simulate_roster(plan.scenario, plan.roster, runs=runs, what_if=what_if)
        except InputError as error:
            ws.simulated = None
            show_faults(error, ws)
    if ws.simulated is None:
        return
    if ws.simulated.roster.rows != plan.roster.rows:
        st.warning(say("simulation.old"), icon=":material/update:")
    service_tables(ws.simulated, say)


def _asked(ws: Workspace) -> tuple[list[Variation], int]:
    """Each change by itself, where there are several all of them together, and how often the span is played."""
    say = ws.say
    volume, aht, sick, answer, count = st.columns(5, vertical_alignment="bottom")
    more = volume.number_input(say("simulation.volume"), -90, 500, 20, step=5, key="volume")
    longer = aht.number_input(say("simulation.aht"), -90, 500, 0, step=5, key="aht")
    ill = sick.number_input(say("simulation.sick"), 0, 1000, 0, key="sick")
    target = answer.number_input(say("simulation.answer_rate"), 0, 99, 0, key="answer-rate")
    runs = count.number_input(say("simulation.runs"), 20, MOST_RUNS, FIRST_RUNS, step=20, key="runs")
    changes = (
        *((Change("volume", 1 + more / 100),) if more else ()),
        *((Change("aht", 1 + longer / 100),) if longer else ()),
        *((Change("sick", int(ill)),) if ill else ()),
        *((Change("answer_rate", target / 100),) if target else ()),
    )
    named = {"volume": f"{more:+g}%", "aht": f"{longer:+g}%", "sick": f"{ill:g}", "answer_rate": f"≥ {target:g}%"}
    alone = [Variation(f"{say.named('what_if', change.what)} {named[change.what]}", (change,)) for change in changes]
    together = [Variation(say("simulation.together"), changes)] if len(alone) > 1 else []
    return [*alone, *together], int(runs)


show(workspace())
