"""Check: any roster file, judged clause by clause without the solver."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from planning.asking import ask, horizon_of, warnings_of
from planning.holes import holes
from planning.letters.printed import printed_differences
from planning.letters.rows import letters_note, rows_of_letters
from roster.calendar import Horizon
from roster.compliance import Judgement, audit, hard_breaches
from roster.errors import Fault, InputError
from roster.loading.scenario import Scenario, read_roster
from roster.loading.text_file import read_bytes
from roster.queue import Queue
from roster.roster import Roster, Stretch
from roster.staffing.definitions import definitions
from roster.words import Words


@dataclass(frozen=True)
class Checked:
    """A roster file with its judgement. Rows before the horizon are its history, rows after it are passed over."""

    roster: Roster
    judgements: tuple[Judgement, ...]
    warnings: tuple[Words, ...]

    @property
    def hard_breaches(self) -> int:
        """Hard breaches found."""
        return hard_breaches(self.judgements)


def check(scenario: Scenario, file: Path, *, start: date | None, days: int | None) -> Checked:
    """As `judge`, with a warning where the contract asks for service, which only `roster simulate` judges."""
    judged = judge(scenario, file, start=start, days=days)
    return replace(judged, warnings=(*_service_not_judged(scenario, file), *judged.warnings))


def judge(scenario: Scenario, file: Path, *, start: date | None, days: int | None) -> Checked:
    """Judges a roster file over [start, start + days); without `start` over the file's own span, with a warning.

    Nothing is forecast, so service is not judged: `roster plan` and `roster simulate` judge it by playing contacts. The
    file's days before `start` take the place of the scenario's previous rows of these days.

    Raises InputError for a file that cannot be read, and without `start` for one without rows.
    """
    rows, told, read = _read(file, scenario, start)
    horizon, notes = _span(scenario, told, file, start, days)
    notes = (*notes, *read)
    inside = set(horizon.dates)
    problem = ask(scenario, horizon, None)
    problem = problem.model_copy(update={"previous": history_of(problem.previous, rows, horizon)})
    roster = Roster(problem, tuple(row for row in rows if row.date in inside))
    if not roster.rows:
        notes = (*notes, _nothing_inside(file, horizon))
    notes = (
        *notes,
        *_strange_shifts(roster),
        *holes(roster),
        *printed_differences(read_bytes(file), file.name, roster),
    )
    after = sum(row.date > horizon.dates[-1] for row in rows)
    if after:
        notes = (*notes, Words(f"{after} 行在所查日期之后，未评判。", f"{after} rows after the span are not judged."))
    return Checked(roster, audit(roster), (*notes, *warnings_of(scenario, horizon)))


def _read(
    file: Path, scenario: Scenario, start: date | None
) -> tuple[tuple[Stretch, ...], tuple[date, ...], tuple[Words, ...]]:
    """The rows of a roster in whatever form it has, the days it speaks of, and what is to be noted of it."""
    letters = rows_of_letters(file, scenario, start or scenario.contract.period.start)
    if letters is not None:
        return *letters, (letters_note(file.name),)
    rows, notes = read_roster(file, scenario)
    return rows, tuple(row.date for row in rows), notes


def check_content(scenario: Scenario, name: str, content: bytes, *, start: date | None, days: int | None) -> Checked:
    """Judges a roster file handed over as bytes; its name tells .csv from .xlsx. Raises InputError as `check` does."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        return check(scenario, file, start=start, days=days)


def _service_not_judged(scenario: Scenario, file: Path) -> Iterator[Words]:
    """That nothing is said of answer rates and waits, where the contract asks for some."""
    asked = [queue for queue in scenario.contract.queues if _has_target(queue)]
    if asked:
        zh, en, name = "、".join(queue.zh for queue in asked), ", ".join(queue.en for queue in asked), file.name
        yield Words(
            f"服务水平未评判（{zh}）：核对班表不作话务预测；roster simulate 场景 {name} 按预测来电模拟并评判。",
            f"service was not judged ({en}): a check forecasts nothing; roster simulate SCENARIO {name} judges it by "
            "playing the contacts expected.",
        )


def _has_target(queue: Queue) -> bool:
    return any(definition.target is not None for definition in definitions(queue.targets))


def _strange_shifts(roster: Roster) -> Iterator[Words]:
    """Shift codes that the contract's catalogue does not know, with the first place of each."""
    known = {shift.id for shift in roster.problem.contract.shifts}
    places: dict[str, str] = {}
    for row in roster.rows:
        if row.kind != "leave" and row.shift not in known:
            places.setdefault(row.shift.strip(), f"{row.staff_id} {row.date}")
    for code, place in places.items():
        zh, en = f"班次代码“{code}”不在班次目录中", f"shift code '{code}' is not in the catalogue"
        if not code:
            zh, en = "有的行没有写班次代码", "rows have no shift code"
        yield Words(f"{zh}（首见于 {place}）：按其实际起止时间评判。", f"{en} (first at {place}): judged by its times.")


def history_of(previous: tuple[Stretch, ...], rows: tuple[Stretch, ...], horizon: Horizon) -> tuple[Stretch, ...]:
    """The rows before a horizon: a file's own where it has rows of a day, else those known already."""
    earlier = tuple(row for row in rows if row.date < horizon.start)
    told = {row.date for row in earlier}
    return (*(row for row in previous if row.date not in told), *earlier)


def _nothing_inside(file: Path, horizon: Horizon) -> Words:
    first, last = horizon.start, horizon.dates[-1]
    return Words(
        f"{file.name} 在 {first} 至 {last} 没有任何一行：按无人上班评判。",
        f"{file.name} has no row in {first}..{last}: judged as if nobody worked.",
    )


def _span(
    scenario: Scenario, told: tuple[date, ...], file: Path, start: date | None, days: int | None
) -> tuple[Horizon, tuple[Words, ...]]:
    if start is not None:
        return horizon_of(scenario, start, 7 if days is None else days), ()
    if not told:
        raise InputError([Fault(file.name, "no rows", "say which days to judge with --start and --days")])
    first, last = min(told), max(told)
    count = (last - first).days + 1 if days is None else days
    note = Words(
        f"未说明日期：按文件自身的日期 {first} 起 {count} 天评判，首尾缺失的日子看不出来。",
        f"no days given: judged over the file's own span, {count} days from {first}; days missing at its ends are "
        "not seen.",
    )
    return horizon_of(scenario, first, count), (note,)
