"""A solve as it goes: objective and bound of each level over time."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from solver.messages import Progress
from solver.outcome import points_a_unit
from ui.texts import Say

SIDE_BY_SIDE = 3
"""How many charts stand in a row."""
CHART_HEIGHT = 270
"""Pixels of a chart with its title, legend and axes."""


def progress_frame(replies: Sequence[Progress], say: Say, *, seconds: float) -> pd.DataFrame:
    """`seconds, level, line, value`: two rows a reply, and each level's last figures carried on to `seconds`."""
    points: list[tuple[float, int, str, float]] = []
    last: dict[int, Progress] = {}
    for reply in replies:
        points += _points(reply, say, at=reply.seconds)
        last[reply.result.level] = reply
    newest = max(last, default=0)
    for level, reply in last.items():
        if level == newest and seconds > reply.seconds:
            points += _points(reply, say, at=seconds)
    frame = pd.DataFrame(points, columns=["seconds", "level", "line", "value"])
    names = {
        level: f"{level} {say('level.' + str(level))} · {say('plan.gap')} {reply.result.gap:.2%}"
        for level, reply in last.items()
    }
    return frame.assign(name=frame["level"].map(names))


def _points(reply: Progress, say: Say, *, at: float) -> list[tuple[float, int, str, float]]:
    result = reply.result
    scale = points_a_unit(result.level)
    return [
        (at, result.level, say("plan.objective"), result.objective / scale),
        (at, result.level, say("plan.bound"), result.bound / scale),
    ]


def progress_charts(frame: pd.DataFrame, say: Say) -> list[alt.Chart]:
    """A small chart a level, each with its own scale."""
    lines = [say("plan.objective"), say("plan.bound")]
    scale, top = alt.Scale(domain=lines, range=["#2f6f8f", "#e07a5f"]), alt.Legend(orient="top")
    colour = alt.Color("line:N", title=None, scale=scale, legend=top)
    across = alt.X("seconds:Q", title=say("plan.seconds"), axis=alt.Axis(format=".3~g", tickCount=5))
    ticks = alt.Axis(format=",.4~f", tickCount=5)
    up = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=ticks)
    charts = []
    for _, part in frame.groupby("level"):
        drawn: Any = alt.Chart(part, title=str(part["name"].iloc[0]), height=CHART_HEIGHT)
        line = drawn.mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=18))
        charts.append(line.encode(x=across, y=up, color=colour, tooltip=["seconds", "line", "value"]))
    return charts


def show_progress(replies: Sequence[Progress], say: Say) -> None:
    """The charts in rows as wide as the page."""
    st.caption(say("plan.chart"))
    charts = progress_charts(progress_frame(replies, say, seconds=replies[-1].seconds), say)
    for first in range(0, len(charts), SIDE_BY_SIDE):
        for column, chart in zip(st.columns(SIDE_BY_SIDE), charts[first:], strict=False):
            column.altair_chart(chart, width="stretch")
