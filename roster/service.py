"""The service that a roster's people can be expected to give: counts by queue and day, and what they say of targets.

Counts of another source (a simulation, records of calls) take the same form: `findings` judges any of them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Literal

import numpy as np

from roster.base import Breach, Verdict
from roster.load import Load
from roster.queue import Queue
from roster.roster import Roster
from roster.staffing.day_factor import day_factor_points
from roster.staffing.definitions import COUNTS, Count, Definition, definitions
from roster.staffing.delay import steady_state
from roster.staffing.figures import Floats
from roster.words import Words

Source = Literal["forecast", "simulation", "records"]
Model = tuple[float | None, float, tuple[float, ...]]
"""Mean patience in s (None: nobody gives up), the threshold in s, and `slower` of `queue_figures`."""
LONGEST_S = 3600.0
"""A mean wait is told up to here: where nobody gives up and too few answer it has no end."""
_SOURCES: dict[Source, Words] = {
    "forecast": Words("按预测来电与排班人数推算", "expected from the forecast and the people rostered"),
    "simulation": Words("按模拟推算", "expected from simulation"),
    "records": Words("实际记录", "from records"),
}


@dataclass(frozen=True)
class ServiceFigures:
    """What became of a queue's contacts on a day (None: all days), as counts and seconds by `COUNTS`."""

    queue: str
    day: date | None
    counts: dict[Count, float]
    source: Source = "forecast"

    def value(self, definition: Definition) -> float:
        """The figure as defined; shares in [0, 1], waits in s; at most LONGEST_S, also without a denominator."""
        below = self.counts[definition.denominator] - (self.counts[definition.less] if definition.less else 0)
        return min(self.counts[definition.numerator] / below, LONGEST_S) if below > 0 else LONGEST_S


def expected_service(roster: Roster, queue: Queue) -> tuple[ServiceFigures, ...]:
    """Figures of a queue by day: each interval a steady state with those who answer throughout it.

    Weighted over the day's factor, so that a busy day counts with its contacts. Empty without a forecast, and for
    work that may wait, which is no steady state: the simulation tells of it.
    """
    loads = [load for load in roster.problem.loads if load.queue == queue.id and load.mean > 0]
    if not loads or queue.due_within_minutes is not None:
        return ()
    model = (queue.patience_s, queue.answer_within_s or 0.0, queue.slower)
    zone, there = roster.problem.horizon.zone, zip(loads, _answering(roster, queue, loads), strict=True)
    return tuple(
        ServiceFigures(queue.id, day, dict(_day_counts(model, tuple(group))))
        for day, group in groupby(there, key=lambda pair: pair[0].start.astimezone(zone).date())
    )


def _answering(roster: Roster, queue: Queue, loads: Sequence[Load]) -> list[int]:
    """People who answer the queue throughout each of the intervals."""
    order = sorted(range(len(loads)), key=lambda at: loads[at].start)
    starts, there = [loads[at].start for at in order], [set[str]() for _ in loads]
    for row in roster.doing("work", "duty"):
        if row.team == queue.team and row.role in queue.roles:
            for at in order[bisect_left(starts, row.start) : bisect_left(starts, row.end)]:
                if loads[at].end <= row.end:
                    there[at].add(row.staff_id)
    return [len(people) for people in there]


@lru_cache(maxsize=8192)
def _day_counts(model: Model, there: tuple[tuple[Load, int], ...]) -> Mapping[Count, float]:
    """Counts of a day's intervals together, with the people who answer in each; an edit changes few days."""
    loads, people = [load for load, _ in there], np.array([count for _, count in there])
    return {name: float(row.sum()) for name, row in _counts(model, loads, people[:, None]).items()}


def _counts(model: Model, loads: Sequence[Load], people: Floats) -> dict[Count, Floats]:
    """Counts of each interval, shape (intervals,), for people of shape (intervals, 1)."""
    patience_s, within_s, slower = model
    values, weights = day_factor_points(loads[0].day_cv)
    rate = np.array([load.per_hour for load in loads])[:, None] * values
    aht = np.array([load.aht_s for load in loads])[:, None]
    within = np.asarray(within_s)
    found = steady_state(rate, aht, patience_s, people, slower)
    offered = np.array([load.mean for load in loads])[:, None] * values * weights
    answered = offered * found.answered()
    seconds = np.array([(load.end - load.start).total_seconds() for load in loads])[:, None]
    on_duty = people * seconds * weights
    by_name: dict[Count, Floats] = {
        "offered": offered,
        "answered": answered,
        "in_time": offered * found.answered_within(within),
        "abandoned": offered - answered,
        "abandoned_early": offered * (1 - found.staying(within)),
        "waited_answered_s": np.where(answered > 0, answered * np.minimum(found.asa_answered_s(), LONGEST_S), 0.0),
        "waited_s": offered * np.minimum(found.mean_wait_all_s(), LONGEST_S),
        "busy_s": on_duty * found.occupancy(),
        "on_duty_s": on_duty,
    }
    return {name: values.sum(axis=1) for name, values in by_name.items()}


def whole(figures: Sequence[ServiceFigures]) -> ServiceFigures:
    """The figures of all days together."""
    counts: dict[Count, float] = {name: sum(figure.counts[name] for figure in figures) for name in COUNTS}
    return ServiceFigures(figures[0].queue, None, counts, figures[0].source)


def findings(queue: Queue, figures: Sequence[ServiceFigures]) -> Iterator[Breach]:
    """For each target of the queue all days together, and the worst day.

    Records settle a target; what is only expected leaves it 'unknown', or 'at_risk' where it is missed. The worst day
    counts by itself where the targets hold on each day.
    """
    for definition in definitions(queue.targets) if figures else ():
        if definition.target is not None:
            worst = _worst(figures, definition)
            yield _finding(queue, definition, whole(figures), binds=True)
            yield _finding(queue, definition, worst, binds=queue.each_day)


def _worst(figures: Sequence[ServiceFigures], definition: Definition) -> ServiceFigures:
    sign = 1 if definition.at_least else -1
    return min(figures, key=lambda figure: sign * figure.value(definition))


def _finding(queue: Queue, definition: Definition, figure: ServiceFigures, *, binds: bool) -> Breach:
    value, target = figure.value(definition), definition.target or 0.0
    verdicts: tuple[Verdict, Verdict] = ("breached", "met") if figure.source == "records" else ("at_risk", "unknown")
    scale, unit = (1, "s") if definition.figure == "asa_s" else (100, "%")
    return Breach(
        round(scale * value, 2), round(scale * target, 2), unit, 0, figure.day, team=queue.team,
        verdict=verdicts[definition.met(value) or not binds], note=_note(queue, definition, figure),
    )  # fmt: skip


def _note(queue: Queue, definition: Definition, figure: ServiceFigures) -> Words:
    name, formula, source = definition.title, definition.formula, _SOURCES[figure.source]
    span = Words("最差日", "worst day") if figure.day else Words("全期", "all days")
    return Words(
        f"{queue.zh}{name.zh}（{formula.zh}），{span.zh}：{source.zh}。",
        f"{queue.en}: {name.en} ({formula.en}), {span.en}, {source.en}.",
    )
