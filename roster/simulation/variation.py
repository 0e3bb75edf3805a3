"""What if: a scene with more contacts, longer handling, people ill, or other targets."""

from dataclasses import dataclass, replace
from typing import Literal

from roster.simulation.scene import Scene, Stream

TARGETS = ("answer_rate", "service_level", "answer_within_s", "loss_rate", "asa_s", "occupancy")
What = Literal[
    "volume", "aht", "patience", "absence", "sick",
    "answer_rate", "service_level", "answer_within_s", "loss_rate", "asa_s", "occupancy",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing changed in one queue (in all where `queue` is empty).

    `volume`, `aht` and `patience` are factors on what is expected; `absence` the share of duties nobody turns up for;
    `sick` the number of people who fall ill each day, of all queues; the others the new value of a target.

    Raises ValueError for a value the thing cannot have, or for people ill in one queue.
    """

    what: What
    value: float
    queue: str = ""

    def __post_init__(self) -> None:
        if self.what in ("volume", "aht", "patience") and not 0 < self.value <= 100:
            raise ValueError(f"0 < {self.what} <= 100 is broken by {self.value:g}")
        if self.what == "absence" and not 0 <= self.value < 1:
            raise ValueError(f"0 <= absence < 1 is broken by {self.value:g}")
        if self.what == "sick" and not (self.value >= 0 and self.value == int(self.value)):
            raise ValueError(f"sick is a whole number of people, not {self.value:g}")
        if self.what == "sick" and self.queue:
            raise ValueError("sick counts the people of all queues")


@dataclass(frozen=True)
class Variation:
    """Changes made together, and what the user calls them."""

    label: str
    changes: tuple[Change, ...]


def varied(scene: Scene, variation: Variation) -> Scene:
    """The scene with the changes made. Raises ValueError for a queue it has not, or targets that cannot be."""
    for change in variation.changes:
        names = [stream.name for stream in scene.streams]
        if change.queue and change.queue not in names:
            raise ValueError(f"no queue {change.queue!r}: one of {', '.join(names)}")
        if change.what == "sick":
            scene = replace(scene, sick=int(change.value))
        else:
            scene = replace(scene, streams=_streams(scene.streams, change))
    return scene


def _streams(streams: tuple[Stream, ...], change: Change) -> tuple[Stream, ...]:
    """The streams with one thing changed, where all are meant in those it is asked of."""
    meant = {s.name for s in streams if change.queue in ("", s.name) and _asked(s, change.what)}
    if not meant:
        where = f"queue {change.queue!r}" if change.queue else "every queue"
        raise ValueError(f"{change.what} has nothing to change: the contract of {where} asks for no such target")
    return tuple(_changed(stream, change) if stream.name in meant else stream for stream in streams)


def _asked(stream: Stream, what: What) -> bool:
    """Whether a target can take another value: one within a time needs both, work that may wait has no other."""
    if what in ("service_level", "answer_within_s"):
        return stream.targets.service_level is not None
    return what not in TARGETS or what == "occupancy" or not stream.targets.deferrable


def _changed(stream: Stream, change: Change) -> Stream:
    targets = stream.targets
    match change.what:
        case "volume":
            return replace(stream, expected=stream.expected * change.value)
        case "aht":
            booked = stream.booked * (1.0, 1.0, change.value)
            return replace(stream, aht_s=stream.aht_s * change.value, booked=booked)
        case "absence":
            return replace(stream, absence=change.value)
        case "patience" if targets.patience_s is not None:
            return replace(stream, targets=replace(targets, patience_s=targets.patience_s * change.value))
        case "patience":
            return stream
        case target:
            return replace(stream, targets=replace(targets, **{target: change.value}))
