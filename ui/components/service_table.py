"""Simulated service side by side: a row a figure, a column a variant."""

import pandas as pd
import streamlit as st

from planning.simulate import Simulated
from roster.simulation.figures import Figured, figures, offered, periods
from roster.simulation.play import Results
from ui.texts import Say


def service_tables(simulated: Simulated, say: Say) -> None:
    """One table a queue, and what its figures are quotients of."""
    for q, stream in enumerate(simulated.results.scene.streams):
        queue = simulated.roster.problem.contract.queues[q]
        st.markdown(f"**{queue.zh if say.language == 'zh' else queue.en}**")
        st.dataframe(service_frame(simulated, q, say), hide_index=True, width="stretch")
        defined = [figured.definition for figured in _of(simulated.results, stream.name)]
        formulas = [f"{say.of(one.title)} = {say.of(one.formula)}" for one in defined]
        st.caption("；".join(formulas) if say.language == "zh" else "; ".join(formulas))


def service_frame(simulated: Simulated, q: int, say: Say) -> pd.DataFrame:
    """Figures of one queue over the whole span, as shown."""
    name = simulated.results.scene.streams[q].name
    labels = [label or say("simulation.as_it_is") for label, _ in simulated.all]
    found = [{f.definition.figure: f for f in _of(results, name)} for _, results in simulated.all]
    coming = [offered(results, q, periods(results.scene, "span")[0]).value for _, results in simulated.all]
    rows = [[say("simulation.offered"), "", *(f"{contacts:,.0f}" for contacts in coming)]]
    for figure, first in found[0].items():
        row = [by_figure[figure] for by_figure in found]
        rows.append([say.of(first.definition.title), _target(first), *map(_value, row)])
        if any(figured.chance for figured in row):
            rows.append([say("simulation.chance"), "", *map(_chance, row)])
    return pd.DataFrame(rows, columns=[say("simulation.figure"), say("simulation.target"), *labels])


def _of(results: Results, name: str) -> list[Figured]:
    return [figured for figured in figures(results, "span") if figured.queue == name]


def _shown(figured: Figured, value: float) -> str:
    if value != value:
        return "–"
    return f"{value:.1f} s" if figured.definition.figure == "asa_s" else f"{value:.1%}"


def _target(figured: Figured) -> str:
    target = figured.definition.target
    return "" if target is None else f"{'≥' if figured.definition.at_least else '≤'} {_shown(figured, target)}"


def _value(figured: Figured) -> str:
    of = figured.estimate
    return f"{_shown(figured, of.value)} ± {_shown(figured, (of.high - of.low) / 2)}"


def _chance(figured: Figured) -> str:
    return "–" if figured.chance is None else f"{figured.chance[0]:.0%}"
