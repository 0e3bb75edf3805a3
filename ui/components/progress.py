"""A solve as it goes: objective and bound of each level over time."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from roster.base import SERVICE
from solver.messages import Progress
from ui.texts import Say

THOUSANDTHS = 1000
CHART_WIDTH = 200
"""Three charts with their axes, in pixels, fit beside the sidebar on a screen of 1280."""


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
    names = {level: f"{level} {say('level.' + str(level))}" for level in frame["level"].unique()}
    return frame.assign(name=frame["level"].map(names))


def _points(reply: Progress, say: Say, *, at: float) -> list[tuple[float, int, str, float]]:
    result = reply.result
    scale = THOUSANDTHS if result.level == SERVICE else 1
    return [
        (at, result.level, say("plan.objective"), result.objective / scale),
        (at, result.level, say("plan.bound"), result.bound / scale),
    ]


def progress_chart(frame: pd.DataFrame, say: Say) -> alt.ConcatChart:
    """Small charts side by side, one a level, each with its own scale."""
    lines = [say("plan.objective"), say("plan.bound")]
    colour = alt.Color("line:N", title=None, scale=alt.Scale(domain=lines, range=["#2f6f8f", "#e07a5f"]))
    across = alt.X("seconds:Q", title=say("plan.seconds"), axis=alt.Axis(format=".3~g", tickCount=5))
    ticks = alt.Axis(format=",.4~f", tickCount=5)
    up = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=ticks)
    charts = []
    for _, part in frame.groupby("level"):
        drawn: Any = alt.Chart(part, title=str(part["name"].iloc[0]), width=CHART_WIDTH, height=140)
        line = drawn.mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=18))
        charts.append(line.encode(x=across, y=up, color=colour, tooltip=["seconds", "line", "value"]))
    side_by_side = alt.concat(*charts, columns=3).resolve_scale(y="independent", x="independent")
    return side_by_side.configure_legend(orient="top")
