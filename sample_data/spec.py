"""What the generators know of a scenario: its places, how leave is granted, the shapes of its queues.

A scenario `some-id` has its own in `sample_data/specs/some_id.py`, as `SPEC`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Literal, NamedTuple

from roster.people import LabourFlag

Post = tuple[str, str]
"""A team and a role in it."""

HoursSystem = Literal["standard", "week", "month", "quarter", "year"]


class Opening(NamedTuple):
    """What one enrolled or reserve place asks for; `cost` is the base rate in fen an hour.

    `arrival_hours` is for the reserve; `skills` are the posts that can be taken over beside the home post.
    """

    post: Post
    cost: int
    study: str
    site: str = "office"
    skills: tuple[Post, ...] = ()
    flag: LabourFlag | None = None
    fte: float = 1.0
    arrival_hours: int | None = None
    hours_system: HoursSystem = "standard"


class ExtraNeed(NamedTuple):
    """`people` more than the enrolled who are needed at a post on each workday of [first, last]."""

    first: date
    last: date
    post: Post
    people: int


@dataclass(frozen=True)
class LeavePolicy:
    """Which absences the contractor copes with.

    `may_miss`: how many of a role may be away without a stand-in; whoever is away beyond that needs one.
    `spare`: reserve people left over for sickness when leave is planned.
    """

    may_miss: Mapping[Post, int] = field(default_factory=dict)
    extra: tuple[ExtraNeed, ...] = ()
    spare: int = 1


class Lift(NamedTuple):
    """The contacts of each day of [first, last] are multiplied by `factor`."""

    first: date
    last: date
    factor: float


class Hump(NamedTuple):
    """A bell over the base of a day: its middle and width in hours, its height (below 0: a dip)."""

    at: float
    width: float
    height: float


@dataclass(frozen=True)
class QueueShape:
    """What the generator knows of a queue.

    `hours`: opening as (first, last) in hours, half-open. `peak_load`: erlangs where the curve of a usual midweek
    day stands at 1 above its base. `people`: those who decide how many give up (patience in s), one number or one
    for each hour of the day. `day_cv`, `interval_cv`: how far days as a whole and single intervals scatter.
    `weekday`: factors from Monday to Sunday; the last two also serve make-up workdays. `day_off`: the factor of
    weekends and holidays beside that; 0 is closed. `month`: factor of the day in its month.
    """

    name: str
    hours: tuple[tuple[float, float], ...]
    peak_load: float
    aht_s: float
    acw_share: float
    people: int | tuple[int, ...]
    patience_s: float
    day_cv: float
    interval_cv: float
    month: Callable[[date], float]
    lifts: tuple[Lift, ...] = ()
    weekday: tuple[float, ...] = (1.14, 1.04, 1.0, 0.97, 0.93, 0.9, 0.9)
    day_off: float = 0.0
    base: float = 0.35
    humps: tuple[Hump, ...] = (Hump(10.0, 0.9, 1.0), Hump(12.4, 0.5, -0.3), Hump(14.7, 1.1, 0.75))


@dataclass(frozen=True)
class HistorySpec:
    """The days [first, last] of a history, its grid in minutes and its queues."""

    first: date
    last: date
    interval_minutes: int
    queues: tuple[QueueShape, ...]


@dataclass(frozen=True)
class StaffSpec:
    """The people: enrolled, then reserve, numbered from 001 and 901 behind the two letters of `prefix`.

    `shift_wishes`: by team, the shifts that people wish for. `costs_fen`: least and most an hour.
    """

    prefix: str
    enrolled: tuple[Opening, ...]
    reserve: tuple[Opening, ...]
    shift_wishes: Mapping[str, tuple[str, ...]]
    leave: LeavePolicy = LeavePolicy()
    costs_fen: tuple[int, int] = (4500, 7800)


@dataclass(frozen=True)
class ScenarioSpec:
    """Everything synthetic of a scenario for the period [first, last]; `events` are the rows of events.csv."""

    first: date
    last: date
    staff: StaffSpec
    history: HistorySpec
    events: tuple[tuple[str, str, str, str, float | str, str], ...] = ()


def load_spec(scenario: str) -> ScenarioSpec:
    """The spec of a scenario by its id. Raises ModuleNotFoundError where it has none."""
    return import_module(f"sample_data.specs.{scenario.replace('-', '_')}").SPEC
