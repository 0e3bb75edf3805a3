"""Simulate: play contacts against any roster file, as it is and with changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planning.check import judge
from planning.demand import forecast
from planning.scene import scene_of
from planning.service import judged_by
from roster.compliance import Judgement, audit
from roster.errors import Fault, InputError
from roster.goals.coverage import Coverage
from roster.loading.scenario import Scenario
from roster.roster import Roster
from roster.simulation.play import RUNS, Results, simulate
from roster.simulation.scene import Scene
from roster.simulation.variation import Variation, varied
from roster.words import Words

MOST_RUNS = 10_000


@dataclass(frozen=True)
class Simulated:
    """A roster played: the results as it is, and those of each variation with the same callers."""

    roster: Roster
    results: Results
    variants: tuple[tuple[Variation, Results], ...]
    seed: int
    warnings: tuple[Words, ...]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What the roster as it is shows of the clauses on service."""
        judged = judged_by(self.roster, audit(self.roster), self.results)
        return tuple(judgement for judgement in judged if isinstance(judgement.goal, Coverage))

    @property
    def all(self) -> tuple[tuple[str, Results], ...]:
        """The results by label; the roster as it is has the label ''."""
        return (("", self.results), *((variation.label, results) for variation, results in self.variants))


def simulate_file(
    scenario: Scenario,
    file: Path,
    *,
    start: date | None = None,
    days: int | None = None,
    runs: int = RUNS,
    seed: int = 1,
    what_if: Sequence[Variation] = (),
    on_run: Callable[[int], None] = lambda _: None,
) -> Simulated:
    """Plays a roster file over [start, start + days), over its own span without `start`.

    Contacts come from the forecast made of the history before the span. Raises InputError for a file that cannot be
    read, a scenario without history before the span, a variation that cannot be.
    """
    checked = judge(scenario, file, start=start, days=days)
    return simulate_roster(
        scenario, checked.roster, runs=runs, seed=seed, what_if=what_if, warnings=checked.warnings, on_run=on_run
    )


def simulate_roster(
    scenario: Scenario,
    roster: Roster,
    *,
    runs: int = RUNS,
    seed: int = 1,
    what_if: Sequence[Variation] = (),
    warnings: tuple[Words, ...] = (),
    on_run: Callable[[int], None] = lambda _: None,
) -> Simulated:
    """As `simulate_file`, of a roster in hand."""
    _require(runs, seed)
    horizon = roster.problem.horizon
    if not scenario.contract.queues:
        raise InputError([Fault("contract.toml", "", "a [[queue]]: without one nobody calls")])
    expected = forecast(scenario, horizon)
    if expected is None:
        remedy = "the call history of earlier weeks: without one nothing is expected"
        raise InputError([Fault("history.csv", f"no rows before {horizon.start}", remedy)])
    scene = scene_of(roster, expected, scenario.history, scenario.bookings)
    scenes = _varied(scene, what_if)
    done = simulate(scene, runs=runs, seed=seed, on_run=on_run)
    variants = tuple((variation, simulate(other, runs=runs, seed=seed, on_run=on_run)) for variation, other in scenes)
    return Simulated(roster, done, variants, seed, warnings)


def _varied(scene: Scene, what_if: Sequence[Variation]) -> list[tuple[Variation, Scene]]:
    """The scene of each variation. Raises InputError with all that cannot be."""
    made, faults = [], []
    for variation in what_if:
        try:
            made.append((variation, varied(scene, variation)))
        except ValueError as error:
            faults.append(Fault("--what-if", variation.label, str(error)))
    if faults:
        raise InputError(faults)
    return made


def _require(runs: int, seed: int) -> None:
    faults = []
    if not 2 <= runs <= MOST_RUNS:
        faults.append(Fault("--runs", str(runs), f"from 2 to {MOST_RUNS} runs"))
    if seed < 0:
        faults.append(Fault("--seed", str(seed), "0 or more"))
    if faults:
        raise InputError(faults)
