"""What a contract asks of a queue."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class ServiceTargets:
    """Targets of one queue, all to be met at once; None means that it is not asked.

    `patience_s`: mean time in s until a waiting contact gives up (> 0); None: nobody gives up (Erlang C).
    `answer_rate`: at least this share of all offered contacts is answered, 0 < rate < 1. `service_level`: at
    least this share of all offered contacts is answered within `answer_within_s`, 0 < level < 1.
    `answer_within_s`: the threshold of the service level in s, from joining the queue (>= 0); both or
    neither. `asa_s`: the mean wait of the answered contacts, over the answered, is at most this many s (> 0).
    `occupancy`: time busy with contacts over time on duty is at most this share, 0 < occupancy <= 1.
    `loss_rate`: at most this many are abandoned for each contact of `loss_over`, offered or answered (> 0; below 1
    of the offered). `service_level_over` "patient" leaves those out who gave up within the threshold, `asa_over`
    "offered" takes the wait of everybody. `slower`: how many times longer each of 1, 2 ... contacts takes that one
    person may hold at once. `unplanned_absence`: the share of rostered time lost to sickness and lateness, 0 <= share
    < 1; planned breaks, training and leave are not in it. `deferrable`: contacts may wait; at least `service_level` of
    them are begun before `answer_within_s` of service time have passed, and no other target is asked but `occupancy`,
    the share of time on duty that people can work on them.

    Raises:
        ValueError: a share out of its range, a time not above 0, or a service level without its threshold.
    """

    patience_s: float | None = None
    answer_rate: float | None = None
    service_level: float | None = None
    answer_within_s: float | None = None
    asa_s: float | None = None
    occupancy: float | None = None
    loss_rate: float | None = None
    loss_over: Literal["offered", "answered"] = "offered"
    service_level_over: Literal["offered", "patient"] = "offered"
    asa_over: Literal["answered", "offered"] = "answered"
    slower: tuple[float, ...] = (1.0,)
    unplanned_absence: float = 0.0
    deferrable: bool = False

    def __post_init__(self) -> None:
        for name in ("answer_rate", "service_level"):
            _require(name, getattr(self, name), lambda share: 0 < share < 1, f"0 < {name} < 1")
        _require("occupancy", self.occupancy, lambda share: 0 < share <= 1, "0 < occupancy <= 1")
        most = 1.0 if self.loss_over == "offered" else float("inf")
        _require("loss_rate", self.loss_rate, lambda rate: 0 < rate < most, f"0 < loss_rate < {most:g}")
        _require("unplanned_absence", self.unplanned_absence, lambda s: 0 <= s < 1, "0 <= unplanned_absence < 1")
        if len(self.slower) > 1 and self.patience_s is None:
            raise ValueError("several contacts at once need a patience_s")
        for name in ("patience_s", "asa_s"):
            _require(name, getattr(self, name), lambda s: 0 < s < float("inf"), f"0 < {name} < inf")
        _require("answer_within_s", self.answer_within_s, lambda s: s >= 0, "0 <= answer_within_s")
        if (self.service_level is None) != (self.answer_within_s is None):
            raise ValueError("service_level and answer_within_s must both be given or both be None")
        live = (self.patience_s, self.answer_rate, self.asa_s, self.loss_rate)
        if self.deferrable and (self.service_level is None or any(target is not None for target in live)):
            raise ValueError("work that may wait has a service_level and no patience, answer rate, wait or loss rate")


def _require(name: str, value: float | None, holds: Callable[[float], bool], inequality: str) -> None:
    if value is not None and not holds(value):
        raise ValueError(f"{inequality} is broken by {name} = {value}")
