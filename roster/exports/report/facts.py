"""Everything the report says, gathered before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from roster.compliance import Judgement, hard_breaches
from roster.exports.deadlines import DeadlineLine, deadline_lines
from roster.exports.report.contacts import Watch, backups, nights
from roster.exports.report.coverage import QueueCover, coverage
from roster.exports.report.table import RosterTable, roster_table
from roster.exports.report.verdicts import (
    ClauseEntry,
    Reading,
    Shortage,
    clause_entries,
    readings,
    shortages,
    verdict_counts,
)
from roster.roster import Roster
from roster.words import Words


@dataclass(frozen=True)
class LevelFigures:
    """One level of the objectives: `gap` is (objective - bound) / objective, a share; `unit` as in summary.json."""

    level: int
    name: str
    unit: str
    objective: float
    bound: float
    gap: float


@dataclass(frozen=True)
class SimulatedFigure:
    """A figure of a queue when calls are played against the roster.

    `figure` and `formula` as in `roster.staffing.definitions`; `low`..`high` hold the expected figure with 95 %
    confidence, `least`..`most` 95 % of the runs; `chance` is the share of runs that keep the target. None: unknown.
    """

    figure: str
    title: Words
    formula: str
    target: float | None
    at_least: bool
    value: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    chance: float | None


@dataclass(frozen=True)
class ServiceFigures:
    """A queue over the horizon: contacts expected, the share served, its target, and what is counted as served."""

    queue: str
    expected: float
    served_share: float
    target: float | None
    definition: str
    simulated: tuple[SimulatedFigure, ...] = ()


@dataclass(frozen=True)
class Solved:
    """How the roster came about, as plain values: exports know no solver.

    `status` is OPTIMAL or FEASIBLE; `levels` may be empty for a roster that was judged only.
    Raises ValueError for a naive `made_at`.
    """

    made_at: datetime
    status: str = ""
    seed: int | None = None
    wall_s: float = 0.0
    levels: tuple[LevelFigures, ...] = ()
    service: tuple[ServiceFigures, ...] = ()
    warnings: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        if self.made_at.utcoffset() is None:
            raise ValueError(f"made_at is an aware date-time, not {self.made_at}")


@dataclass(frozen=True)
class Report:
    """The facts of a planned horizon. `solved.made_at` is in the horizon's time zone; `paid_minutes` sum all people."""

    scenario: str
    title: Words
    buyer: Words
    period: tuple[date, date]
    days: tuple[date, ...]
    people_on_file: int
    people_rostered: int
    paid_minutes: int
    made_at: datetime
    solved: Solved
    verdicts: tuple[tuple[str, int], ...]
    hard_breaches: int
    clauses: tuple[ClauseEntry, ...]
    shortages: tuple[Shortage, ...]
    readings: tuple[Reading, ...]
    coverage: tuple[QueueCover, ...]
    nights: tuple[Watch, ...]
    backups: tuple[Watch, ...]
    deadlines: tuple[DeadlineLine, ...]
    table: RosterTable


def gather(roster: Roster, judgements: Sequence[Judgement], requirement: pd.DataFrame, solved: Solved) -> Report:
    """The report of a roster and its judgements.

    `requirement` has the columns start (aware), queue, required: people needed by interval; it may have no rows.
    """
    problem = roster.problem
    contract, horizon = problem.contract, problem.horizon
    return Report(
        scenario=contract.id,
        title=contract.title.words(),
        buyer=contract.buyer.words(),
        period=(contract.period.start, contract.period.end),
        days=horizon.dates,
        people_on_file=len(problem.people),
        people_rostered=len({row.staff_id for row in roster.rows if row.kind != "leave"}),
        paid_minutes=sum(row.minutes for row in roster.rows if row.paid and row.works),
        made_at=solved.made_at.astimezone(horizon.zone),
        solved=solved,
        verdicts=verdict_counts(judgements),
        hard_breaches=hard_breaches(tuple(judgements)),
        clauses=tuple(clause_entries(problem, judgements)),
        shortages=tuple(shortages(problem, judgements)),
        readings=tuple(readings(problem, judgements)),
        coverage=coverage(roster, requirement),
        nights=nights(roster),
        backups=backups(roster),
        deadlines=deadline_lines(roster),
        table=roster_table(roster),
    )
