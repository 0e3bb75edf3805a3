"""Where the bars and lines of a coverage chart stand, whoever draws them. y grows downwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roster.exports.report.coverage import QueueCover, QueueDay, Slot

LEFT, RIGHT, TOP, BOTTOM = 20.0, 4.0, 6.0, 14.0
"""Room around the plot for figures and hours."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle and the interval it stands for."""

    x: float
    y: float
    width: float
    height: float
    slot: Slot


@dataclass(frozen=True)
class Chart:
    """One day of one queue. `steps` are unbroken stretches of the need; ticks pair a place with a figure."""

    width: float
    height: float
    bars: tuple[Box, ...]
    missing: tuple[Box, ...]
    steps: tuple[tuple[Point, ...], ...]
    hours: tuple[tuple[float, int], ...]
    counts: tuple[tuple[float, int], ...]

    @property
    def floor(self) -> float:
        """Where nobody is."""
        return self.height - BOTTOM


@dataclass(frozen=True)
class Scale:
    """The same axes for all days of a queue: minutes [opens, closes) across, 0 to `most` people up."""

    opens: int
    closes: int
    most: int
    width: float
    height: float

    def x(self, minute: int) -> float:
        """Across."""
        return round(LEFT + (minute - self.opens) / (self.closes - self.opens) * (self.width - LEFT - RIGHT), 1)

    def y(self, people: int) -> float:
        """Down from the top."""
        return round(self.height - BOTTOM - people / self.most * (self.height - TOP - BOTTOM), 1)


def scale(cover: QueueCover, width: float, height: float) -> Scale:
    """Axes that hold every day of the queue, in whole hours."""
    slots = [slot for day in cover.days for slot in day.slots]
    opens = min((slot.start for slot in slots), default=0) // 60 * 60
    closes = -(-max((slot.end for slot in slots), default=60) // 60) * 60
    most = max((max(slot.needed or 0, slot.rostered) for slot in slots), default=0)
    return Scale(opens, closes, max(most, 1), width, height)


def chart(day: QueueDay, axes: Scale) -> Chart:
    """The chart of a day."""
    hours = range(axes.opens, axes.closes + 1, 120 if axes.closes - axes.opens <= 720 else 240)
    counts = range(0, axes.most + 1, -(-axes.most // 3))
    return Chart(
        axes.width,
        axes.height,
        bars=tuple(_box(axes, slot, 0, slot.rostered) for slot in day.slots),
        missing=tuple(_box(axes, slot, slot.rostered, slot.rostered + slot.missing) for slot in day.short),
        steps=tuple(tuple(_step_line(axes, run)) for run in _runs(day.slots)),
        hours=tuple((axes.x(minute), minute // 60) for minute in hours),
        counts=tuple((axes.y(count), count) for count in counts),
    )


def _box(axes: Scale, slot: Slot, low: int, high: int) -> Box:
    left, right, top = axes.x(slot.start), axes.x(slot.end), axes.y(high)
    gap = 0.6 if right - left > 3 else 0.0
    return Box(left, top, round(right - left - gap, 1), round(axes.y(low) - top, 1), slot)


def _runs(slots: Iterable[Slot]) -> Iterator[list[Slot]]:
    """Neighbouring slots whose need is known."""
    run: list[Slot] = []
    for slot in slots:
        if run and (slot.needed is None or slot.start != run[-1].end):
            yield run
            run = []
        if slot.needed is not None:
            run.append(slot)
    if run:
        yield run


def _step_line(axes: Scale, run: Iterable[Slot]) -> Iterator[Point]:
    for slot in run:
        height = axes.y(slot.needed or 0)
        yield axes.x(slot.start), height
        yield axes.x(slot.end), height
