"""Where the bars and lines of a coverage chart stand, whoever draws them. y grows downwards."""

from collections.abc import Callable
from dataclasses import dataclass

from roster.exports.report.coverage import QueueCover, QueueDay, Slot

LEFT, RIGHT, TOP, BOTTOM = 20.0, 24.0, 6.0, 14.0
"""Room around the plot for figures and hours."""

Point = tuple[float, float]
Height = Callable[[Slot], float | None]


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
    """One day of one queue. `steps` are unbroken stretches of the need; ticks pair a place with a figure.

    `offered` are stretches of the contacts expected, against the busiest interval of the queue as full height;
    `served` stretches of the share served in simulation, against 100 % as full height; `shares` are ticks of it in
    percent, empty where nothing was simulated.
    """

    width: float
    height: float
    bars: tuple[Box, ...]
    missing: tuple[Box, ...]
    steps: tuple[tuple[Point, ...], ...]
    hours: tuple[tuple[float, int], ...]
    counts: tuple[tuple[float, int], ...]
    offered: tuple[tuple[Point, ...], ...] = ()
    served: tuple[tuple[Point, ...], ...] = ()
    shares: tuple[tuple[float, int], ...] = ()

    @property
    def floor(self) -> float:
        """Where nobody is."""
        return self.height - BOTTOM


@dataclass(frozen=True)
class Scale:
    """The same axes for all days of a queue: minutes [opens, closes) across, 0 to `most` people up.

    `busiest`: contacts of the busiest interval, above 0.
    """

    opens: int
    closes: int
    most: int
    width: float
    height: float
    busiest: float = 1.0

    def x(self, minute: int) -> float:
        """Across."""
        return round(LEFT + (minute - self.opens) / (self.closes - self.opens) * (self.width - LEFT - RIGHT), 1)

    def y(self, people: int) -> float:
        """Down from the top."""
        return self.up(people / self.most)

    def up(self, share: float) -> float:
        """Down from the top, for a share of the full height."""
        return round(self.height - BOTTOM - share * (self.height - TOP - BOTTOM), 1)


def scale(cover: QueueCover, width: float, height: float) -> Scale:
    """Axes that hold every day of the queue, in whole hours."""
    slots = [slot for day in cover.days for slot in day.slots]
    opens = min((slot.start for slot in slots), default=0) // 60 * 60
    closes = -(-max((slot.end for slot in slots), default=60) // 60) * 60
    most = max((max(slot.needed or 0, slot.rostered) for slot in slots), default=0)
    busiest = max((slot.offered or 0.0 for slot in slots), default=0.0)
    return Scale(opens, closes, max(most, 1), width, height, busiest or 1.0)


def chart(day: QueueDay, axes: Scale) -> Chart:
    """The chart of a day."""
    hours = range(axes.opens, axes.closes + 1, 120 if axes.closes - axes.opens <= 720 else 240)
    counts = range(0, axes.most + 1, -(-axes.most // 3))
    shares = (0, 50, 100) if any(slot.served is not None for slot in day.slots) else ()
    return Chart(
        axes.width,
        axes.height,
        bars=tuple(_box(axes, slot, 0, slot.rostered) for slot in day.slots),
        missing=tuple(_box(axes, slot, slot.rostered, slot.rostered + slot.missing) for slot in day.short),
        steps=_lines(axes, day, lambda slot: None if slot.needed is None else slot.needed / axes.most),
        offered=_lines(axes, day, lambda slot: None if slot.offered is None else slot.offered / axes.busiest),
        served=_lines(axes, day, lambda slot: slot.served),
        hours=tuple((axes.x(minute), minute // 60) for minute in hours),
        counts=tuple((axes.y(count), count) for count in counts),
        shares=tuple((axes.up(share / 100), share) for share in shares),
    )


def _box(axes: Scale, slot: Slot, low: int, high: int) -> Box:
    left, right, top = axes.x(slot.start), axes.x(slot.end), axes.y(high)
    gap = 0.6 if right - left > 3 else 0.0
    return Box(left, top, round(right - left - gap, 1), round(axes.y(low) - top, 1), slot)


def _lines(axes: Scale, day: QueueDay, height: Height) -> tuple[tuple[Point, ...], ...]:
    """Step lines over neighbouring slots whose height, a share of the full one, is known."""
    lines: list[list[Point]] = []
    last = None
    for slot in day.slots:
        share = height(slot)
        if share is None:
            continue
        if last is None or slot.start != last:
            lines.append([])
        lines[-1] += [(axes.x(slot.start), axes.up(share)), (axes.x(slot.end), axes.up(share))]
        last = slot.end
    return tuple(tuple(line) for line in lines)
