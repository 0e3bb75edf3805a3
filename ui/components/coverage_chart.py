"""The charts of a day: people rostered as bars behind the line of people needed, and the contacts expected."""

import altair as alt
import pandas as pd
import streamlit as st

from ui.texts import Say

ENOUGH, SHORT, NEEDED, OFFERED = "#8ab6e8", "#e88a80", "#202124", "#7b6fb0"


def coverage_chart(table: pd.DataFrame, say: Say, *, key: str) -> None:
    """Draws the columns of `planning.coverage.coverage`. Intervals with too few people are red."""
    shown = _worded(table)
    st.altair_chart(_people(shown, say), width="stretch", key=f"{key}-people")
    st.altair_chart(_contacts(shown, say), width="stretch", key=f"{key}-contacts")


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    """Times without zone, for the wall clock of the contract: the browser's own zone must not move the axis."""
    spans = zip(table["start"], table["end"], strict=True)
    return table.assign(
        start=table["start"].dt.tz_localize(None),
        end=table["end"].dt.tz_localize(None),
        enough=table["rostered"] >= table["required"],
        interval=[f"{start:%H:%M}-{end:%H:%M}" for start, end in spans],
    )


def _people(table: pd.DataFrame, say: Say) -> alt.LayerChart:
    base = alt.Chart(table).encode(x=_when(), x2="end:T", tooltip=_tips(say))
    colour = alt.when("datum.enough").then(alt.value(ENOUGH)).otherwise(alt.value(SHORT))
    axis = alt.Axis(tickMinStep=1, format="d")
    bars = base.mark_rect().encode(
        y=alt.Y("rostered:Q", title=say("roster.people_axis"), axis=axis), y2=alt.datum(0), color=colour
    )
    needed = base.mark_rule(color=NEEDED, strokeWidth=2.5).encode(y="required:Q")
    return (bars + needed).properties(height=190)


def _contacts(table: pd.DataFrame, say: Say) -> alt.Chart:
    title = say("roster.offered")
    return (
        alt.Chart(table)
        .mark_rect(color=OFFERED, opacity=0.45)
        .encode(x=_when(), x2="end:T", y=alt.Y("offered:Q", title=title), y2=alt.datum(0), tooltip=_tips(say))
        .properties(height=110)
    )


def _when() -> alt.X:
    return alt.X("start:T", axis=alt.Axis(format="%H:%M", title=None, grid=False))


def _tips(say: Say) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("interval:N", title=say("roster.interval")),
        alt.Tooltip("rostered:Q", title=say("roster.rostered")),
        alt.Tooltip("required:Q", title=say("roster.needed")),
        alt.Tooltip("offered:Q", title=say("roster.offered"), format=".1f"),
    ]
