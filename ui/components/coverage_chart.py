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


def _people(table: pd.DataFrame, say: Say) -> alt.LayerChart | alt.FacetChart:
    colour = alt.when("datum.enough").then(alt.value(ENOUGH)).otherwise(alt.value(SHORT))
    axis = alt.Axis(tickMinStep=1, format="d")
    y = alt.Y("rostered:Q", title=None, axis=axis)
    bars = alt.Chart(table, mark=alt.MarkDef(type="rect")).encode(
        x=_when(), x2="end:T", y=y, y2=alt.datum(0), color=colour, tooltip=_tips(say)
    )
    line = alt.MarkDef(type="rule", color=NEEDED, strokeWidth=2.5)
    needed = alt.Chart(table, mark=line).encode(x=_when(), x2="end:T", y="required:Q", tooltip=_tips(say))
    return alt.layer(bars, needed, height=230, title=_above(say("roster.people_axis")))


def _contacts(table: pd.DataFrame, say: Say) -> alt.Chart:
    y = alt.Y("offered:Q", title=None, axis=alt.Axis(tickCount=4))
    area = alt.MarkDef(type="rect", color=OFFERED, opacity=0.45)
    return alt.Chart(table, mark=area, height=160, title=_above(say("roster.offered"))).encode(
        x=_when(), x2="end:T", y=y, y2=alt.datum(0), tooltip=_tips(say)
    )


def _above(text: str) -> alt.TitleParams:
    """What is drawn, above the chart: beside it there is no room for words in a low one."""
    return alt.TitleParams(text, anchor="start", fontSize=12, fontWeight="normal")


def _when() -> alt.X:
    return alt.X("start:T", axis=alt.Axis(format="%H:%M", title=None, grid=False))


def _tips(say: Say) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("interval:N", title=say("roster.interval")),
        alt.Tooltip("rostered:Q", title=say("roster.rostered")),
        alt.Tooltip("required:Q", title=say("roster.needed")),
        alt.Tooltip("offered:Q", title=say("roster.offered"), format=".1f"),
    ]
