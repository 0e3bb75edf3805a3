"""The plot of a backtest: for each queue the days as they came and were forecast, and the errors by week ahead."""

from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

from planning.catalogue import text
from roster.forecast.backtest import scores_of

_WIDTH, _LINES, _LEFT, _TOP, _HEIGHT = 900, 560, 60, 30, 220
_CAME = "#222222"
_COLOURS = ("#d1495b", "#8d99ae", "#2e86ab", "#f4a259", "#5b8e7d")
_FONT = 'font-family="sans-serif" font-size="12"'


def backtest_svg(past: pd.DataFrame) -> str:
    """One SVG with a row of two panels for each queue of the rows of `past_rows`."""
    queues = list(dict.fromkeys(past["queue"]))
    methods = list(dict.fromkeys(past["method"]))
    panels = [
        part
        for row, queue in enumerate(queues)
        for part in _queue(past[past["queue"] == queue], str(queue), methods, row * _HEIGHT)
    ]
    height = _HEIGHT * len(queues)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}">\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>\n' + "\n".join(panels) + "\n</svg>\n"
    )


def _queue(rows: pd.DataFrame, queue: str, methods: Sequence[str], top: float) -> Iterator[str]:
    yield _label(_LEFT, top + 18, text("forecast.title", queue=queue))
    yield from _days(rows[rows["week"] == 1], methods, top + _TOP)
    yield from _errors(scores_of(rows), methods, top + _TOP)


def _days(rows: pd.DataFrame, methods: Sequence[str], top: float) -> Iterator[str]:
    """Lines of contacts a day over the scored days, which stand side by side."""
    day = rows["start"].dt.date
    said = {method: part.groupby(day[part.index])["mean"].sum() for method, part in rows.groupby("method")}
    came = rows[rows["method"] == methods[0]].groupby(day)["offered"].sum()
    most = max([came.max(), *(line.max() for line in said.values())]) or 1.0
    tall, wide = _HEIGHT - _TOP - 40, _LINES - _LEFT
    lines = [("forecast.came", _CAME, came)] + [
        (method, colour, said[method]) for method, colour in zip(methods, _colours(methods), strict=True)
    ]
    for share in (0.0, 0.5, 1.0):
        y = top + tall * (1 - share)
        yield f'<line x1="{_LEFT}" x2="{_LINES}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
        yield _label(_LEFT - 6, y + 4, f"{most * share:,.0f}", anchor="end")
    for _, colour, line in reversed(lines):
        places = [
            f"{_LEFT + wide * (at + 0.5) / len(line):.1f},{top + tall * (1 - value / most):.1f}"
            for at, value in enumerate(line)
        ]
        yield f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
    yield _label(_LEFT, top + tall + 18, str(came.index[0]))
    yield _label(_LINES, top + tall + 18, str(came.index[-1]), anchor="end")


def _errors(scores: pd.DataFrame, methods: Sequence[str], top: float) -> Iterator[str]:
    """A bar for each week ahead and method, with its figure; the names are the legend of the lines too."""
    most = float(scores["wape"].max()) or 1.0
    left, y = _LINES + 30, top
    yield _label(left, y, text("forecast.came"), colour=_CAME)
    for week, part in scores.groupby("week"):
        y += 18
        yield _label(left, y, text("forecast.error", week=week))
        for method, colour in zip(methods, _colours(methods), strict=True):
            wape = float(part.loc[part["method"] == method, "wape"].iloc[0])
            y += 18
            yield f'<rect x="{left}" y="{y - 11:.1f}" width="{90 * wape / most:.1f}" height="13" fill="{colour}"/>'
            yield _label(left + 96, y, f"{wape:.1%}  {method}", colour=colour)


def _colours(methods: Sequence[str]) -> list[str]:
    return [_COLOURS[at % len(_COLOURS)] for at in range(len(methods))]


def _label(x: float, y: float, words: str, *, anchor: str = "start", colour: str = _CAME) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {_FONT}>{escape(words)}</text>'
