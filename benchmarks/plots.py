"""Draws traces: `python -m benchmarks.plots TRACE.csv --kind time --out benchmarks/results/NAME.svg`.

A trace is what `--trace` of the benchmarks keeps: case, seconds, level, objective, bound. `--kind time` draws cost and
bound against time, a panel a case and level; `--kind size` the seconds until a roster stands within `--gap` of the best
bound of its case, against the first number in the case's name, its size, beside a line of linear growth. Written as SVG
or PNG by the name of the file, by vl-convert, which `make bench` puts beside the environment.
"""

import argparse
import re
from pathlib import Path

import altair as alt
import pandas as pd

LEVELS = {2: "contract", 3: "service", 4: "fairness", 5: "wishes", 6: "cost"}
WIDTH, HEIGHT, COLUMNS = 260, 170, 3
LINES = ["cost", "bound"]
SOONEST_S = 0.05
"""The left edge of a time axis, which has no 0."""


def steps(trace: pd.DataFrame) -> pd.DataFrame:
    """Long form: a row for each value of cost and bound, both held to the end of their panel."""
    trace = trace.assign(panel=trace.case + ", " + trace.level.map(LEVELS))
    end = trace.groupby("panel", sort=False).tail(1).assign(seconds=trace.groupby("case").seconds.max().max())
    long = pd.concat([trace, end]).melt(
        ["panel", "seconds"], ["objective", "bound"], var_name="of", value_name="points"
    )  # fmt: skip
    long["seconds"] = long.seconds.clip(lower=SOONEST_S)
    return long.dropna().replace({"of": {"objective": "cost"}})


def against_time(trace: pd.DataFrame) -> alt.Chart:
    """Cost and bound as steps, both axes logarithmic where no value is 0."""
    long = steps(trace)
    kind = "log" if (long.points > 0).all() else "symlog"
    lines = alt.Chart(long).mark_line(interpolate="step-after", strokeWidth=2).encode(
        x=alt.X("seconds:Q", title="seconds", scale=alt.Scale(type="log", nice=False),
                axis=alt.Axis(tickCount=5, format="~g")),
        y=alt.Y("points:Q", title=None, scale=alt.Scale(type=kind, zero=False, nice=False, padding=6),
                axis=alt.Axis(tickCount=5, format="~s")),
        color=alt.Color("of:N", title=None, scale=alt.Scale(domain=LINES, range=["#1f5fa8", "#c0641a"])),
        strokeDash=alt.StrokeDash("of:N", title=None, scale=alt.Scale(domain=LINES, range=[[1, 0], [5, 3]])),
    )  # fmt: skip
    panels = list(dict.fromkeys(long.panel))
    faceted = lines.properties(width=WIDTH, height=HEIGHT).facet(
        facet=alt.Facet("panel:N", title=None, sort=panels), columns=COLUMNS
    )  # fmt: skip
    return faceted.resolve_scale(y="independent").resolve_axis(x="independent")


def reached(trace: pd.DataFrame, gap: float) -> pd.DataFrame:
    """By case and level: its size, and the first moment at which the cost lay within the gap of the best bound."""
    rows = []
    for (case, level), moments in trace.groupby(["case", "level"], sort=False):
        size, least = re.search(r"\d+", str(case)), moments.bound.max()
        close = moments[moments.objective <= least + gap * moments.objective.abs()]
        if size and len(close):
            rows.append((int(size.group()), LEVELS[int(level)], max(float(close.seconds.min()), SOONEST_S)))
    return pd.DataFrame(rows, columns=["size", "level", "seconds"])


def against_size(trace: pd.DataFrame, gap: float) -> alt.LayerChart:
    """Seconds to the gap over the size, on two logarithmic axes, and what growth in proportion would be."""
    found = reached(trace, gap)
    first = found.sort_values("size").iloc[0]
    line = pd.DataFrame({"size": [found["size"].min(), found["size"].max()]})
    line["seconds"] = first.seconds * line["size"] / first["size"]
    x = alt.X("size:Q", title="people", scale=alt.Scale(type="log", nice=False),
              axis=alt.Axis(values=sorted({*found["size"]}), format="~d"))  # fmt: skip
    y = alt.Y("seconds:Q", title=f"seconds to a gap of {gap:.0%}", scale=alt.Scale(type="log"),
              axis=alt.Axis(format="~g"))  # fmt: skip
    points = alt.Chart(found).mark_line(point=alt.OverlayMarkDef(size=70), strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("level:N", title="level")
    )  # fmt: skip
    linear = alt.Chart(line).mark_line(strokeDash=[4, 4], color="#888").encode(x="size:Q", y="seconds:Q")
    label = alt.Chart(line.tail(1)).mark_text(text="in proportion", align="right", dy=-8, color="#666").encode(
        x="size:Q", y="seconds:Q"
    )  # fmt: skip
    return alt.layer(points, linear, label).properties(width=2 * WIDTH, height=2 * HEIGHT)


def main() -> None:
    """Reads the trace and writes the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace", type=Path)
    parser.add_argument("--kind", choices=("time", "size"), default="time")
    parser.add_argument("--levels", type=int, nargs="+", choices=sorted(LEVELS), default=[3])
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--title", default="")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    trace = pd.read_csv(given.trace, dtype={"case": str})
    trace = trace[trace.level.isin(given.levels)]
    if trace.empty:
        parser.error(f"{given.trace} has no row of level {given.levels}")
    chart = against_time(trace) if given.kind == "time" else against_size(trace, given.gap)
    chart = chart.properties(title=given.title) if given.title else chart
    chart.configure_axis(labelFontSize=12, titleFontSize=13).configure_header(labelFontSize=13, labelFontWeight="bold")
    chart.configure_legend(labelFontSize=12).save(str(given.out), scale_factor=2)


if __name__ == "__main__":
    main()
