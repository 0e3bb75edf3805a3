"""The chart of a day: people needed as steps, people rostered as bars, contacts expected as a line below."""

import altair as alt
import pandas as pd
import streamlit as st

from ui.texts import Say

ENOUGH, SHORT, NEEDED, OFFERED = "#8ab6e8", "#e88a80", "#202124", "#7b6fb0"


def coverage_chart(table: pd.DataFrame, say: Say, *, key: str) -> None:
    """Draws the columns of `planning.coverage.coverage`. Intervals with too few people are red."""
    st.altair_chart(_chart(_worded(table), say), width="stretch", key=key)


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    """Times as wall-clock text without zone: the browser's own zone must not move the axis."""
    local = table.assign(
        start=table["start"].dt.tz_localize(None),
        end=table["end"].dt.tz_localize(None),
        enough=table["rostered"] >= table["required"],
        hours=[f"{start:%H:%M}-{end:%H:%M}" for start, end in zip(table["start"], table["end"], strict=True)],
    )
    return local.reset_index(drop=True)


def _chart(table: pd.DataFrame, say: Say) -> alt.VConcatChart:
    axis = alt.Axis(format="%H:%M", title=None, grid=False)
    when = alt.X("start:T", axis=axis)
    tips = [
        alt.Tooltip("hours:N", title=say("roster.interval")),
        alt.Tooltip("rostered:Q", title=say("roster.rostered")),
        alt.Tooltip("required:Q", title=say("roster.needed")),
        alt.Tooltip("offered:Q", title=say("roster.offered"), format=".1f"),
    ]
    colour = alt.condition("datum.enough", alt.value(ENOUGH), alt.value(SHORT))
    people = alt.Chart(table).encode(x=when, tooltip=tips)
    bars = people.mark_bar(strokeWidth=0).encode(
        x2="end:T", y=alt.Y("rostered:Q", title=say("roster.people_axis"), axis=alt.Axis(tickMinStep=1)), color=colour
    )
    steps = people.mark_line(interpolate="step-after", color=NEEDED, strokeWidth=2).encode(y="required:Q")
    calls = people.mark_area(interpolate="step-after", color=OFFERED, opacity=0.35).encode(
        y=alt.Y("offered:Q", title=say("roster.offered"))
    )
    return alt.vconcat((bars + steps).properties(height=170), calls.properties(height=70)).resolve_scale(x="shared")
