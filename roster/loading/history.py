"""history.csv: what came in, by interval. Read by columns: it may hold hundreds of thousands of rows."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from roster.calendar import iso
from roster.errors import Fault, InputError
from roster.forecast.history import History
from roster.loading.cells import NUMBER
from roster.loading.known import Known
from roster.loading.nearest import unknown
from roster.loading.tables import Sheet

_SHOWN = 20
"""Rows named for one sort of fault; the others are counted."""
_MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?"
_OFFSET = _MOMENT + r"(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)"
_NUMBERS = ("offered", "answered", "abandoned", "aht_s", "acw_s")
_LENGTHS = (60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1)
_ON_GRID = 0.9
_CLOCKS_TURN_BY = 3
_SOME, _REGULAR = 0.01, 0.8
"""Steps of the interval length told that any history has; the share of its two most usual steps that is regular."""
_TELLING_ROWS = 48
"""Rows of a queue from which its interval length can be told."""


def load_history(sheet: Sheet, known: Known) -> History:
    """Past intervals in local time; the interval length is the longest on whose grid nearly all rows start.

    Raises InputError with every fault: cells, unknown queues, an interval given twice or off the grid, more
    contacts answered and abandoned than offered, queues of different interval lengths. Of one sort of fault the
    first rows are named, the others counted.
    """
    if not sheet.rows:
        raise InputError(sheet.faults)
    texts = pd.DataFrame({name: np.array(sheet.cells(name), dtype=object) for name in ("start", "queue", *_NUMBERS)})
    start = _starts(texts, known)
    numbers = texts[list(_NUMBERS)].apply(lambda column: pd.to_numeric(column, errors="coerce"))
    length = _interval_minutes(start)
    faults = [
        *sheet.faults,
        *_clock_faults(sheet, texts["start"], start, known),
        *_cell_faults(sheet, texts, start, numbers),
        *_queue_faults(sheet, texts["queue"], known),
        *_row_faults(sheet, texts, start, numbers, length),
        *_repeated(sheet, texts, start, known),
        *_length_faults(sheet, texts["queue"], start),
        *_step_faults(sheet, texts["queue"], start),
    ]
    if faults:
        raise InputError(faults)
    try:
        return History(numbers.assign(start=start, queue=texts["queue"]), length)
    except ValueError as error:
        raise InputError([Fault(sheet.file, "", str(error))]) from error


def _starts(texts: pd.DataFrame, known: Known) -> pd.Series:
    """Aware starts, NaT where the text is no local date-time or names an hour that the clock skips.

    Of an hour that the clock repeats, a queue's second row of the same time is the second hour. Where every row says
    its offset, no hour is in doubt.
    """
    written = texts["start"]
    if written.str.fullmatch(_OFFSET).all():
        moments = pd.to_datetime(written, format="ISO8601", errors="coerce", utc=True)
        return pd.Series(moments.dt.tz_convert(known.zone))
    standard = written.str.fullmatch(_MOMENT).astype(bool)
    written = written.where(standard, written[~standard].map(iso))
    naive = pd.to_datetime(
        written.where(written.str.fullmatch(_MOMENT).astype(bool)), format="ISO8601", errors="coerce"
    )
    first = ~pd.DataFrame({"queue": texts["queue"], "start": naive}).duplicated()
    return pd.Series(naive.dt.tz_localize(known.zone, ambiguous=first.to_numpy(), nonexistent="NaT"))


def _interval_minutes(start: pd.Series) -> int:
    """The longest length whose grid holds nearly all starts; 60 where there are none."""
    minutes = start.dt.minute.dropna()
    return next((length for length in _LENGTHS if not len(minutes) or (minutes % length == 0).mean() >= _ON_GRID), 1)


def _length_faults(sheet: Sheet, queues: pd.Series, start: pd.Series) -> Iterator[Fault]:
    lengths = {
        str(queue): _interval_minutes(starts)
        for queue, starts in start.dropna().groupby(queues)
        if len(starts) >= _TELLING_ROWS
    }
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{queue} {length} min" for queue, length in lengths.items())
        yield Fault(f"{sheet.file} column {sheet.shown('start')}", found, "one interval length for all queues")


def _step_faults(sheet: Sheet, queues: pd.Series, start: pd.Series) -> Iterator[Fault]:
    """Rows in regular steps that are not the interval length told from the clock: of 7 and 8 minutes in turn, of more
    than an hour, of an hour from half past. Their intervals would be taken for shorter ones."""
    for queue, starts in start.dropna().groupby(queues):
        usual = _steps(starts).value_counts(normalize=True)
        if len(starts) < _TELLING_ROWS or usual.get(_interval_minutes(starts), 0.0) >= _SOME:
            continue
        often = sorted(int(step) for step in usual.index[:2] if usual[step] >= _REGULAR / 4)
        if usual.iloc[:2].sum() >= _REGULAR:
            found = f"{queue} every {' or '.join(map(str, often))} min"
            remedy = "an interval length that divides an hour, such as 15 or 30, on the full hour"
            yield Fault(f"{sheet.file} column {sheet.shown('start')}", found, remedy)


def _steps(starts: pd.Series) -> pd.Series:
    """Minutes from row to row of one day; of daily totals, which stand at midnight, from day to day."""
    ordered = starts.sort_values()
    steps = ordered.diff() // pd.Timedelta(minutes=1)
    days = ordered.dt.date
    within = pd.Series(steps[(days == days.shift()) & (steps > 0)])
    return within if len(within) or (ordered.dt.hour > 0).any() else pd.Series(steps[steps > 0])


def _cell_faults(sheet: Sheet, texts: pd.DataFrame, start: pd.Series, numbers: pd.DataFrame) -> Iterator[Fault]:
    remedy = "a local date-time such as 2025-03-09T13:30, without offset unless every row has one"
    unread = start.isna() & ~_is_moment(texts["start"])
    yield from _named(sheet, "start", texts["start"], unread, remedy)
    yield from _named(sheet, "queue", texts["queue"], texts["queue"] == "", "a queue of the contract")
    for name in _NUMBERS:
        column = numbers[name]
        blank = texts[name] == ""
        wrong = ~(np.isfinite(column) & (column >= 0)) & ~(blank & (name != "offered"))
        yield from _named(sheet, name, texts[name], wrong, f"{NUMBER.allowed} that is at least 0")


def _queue_faults(sheet: Sheet, queues: pd.Series, known: Known) -> Iterator[Fault]:
    if known.queues is None:
        return
    for name in queues[~queues.isin(known.queues) & (queues != "")].unique():
        yield from _named(sheet, "queue", queues, queues == name, unknown("queue", str(name), known.queues))


def _row_faults(
    sheet: Sheet, texts: pd.DataFrame, start: pd.Series, numbers: pd.DataFrame, length: int
) -> Iterator[Fault]:
    seconds = start.dt.minute * 60 + start.dt.second
    off = start.notna() & (seconds % (length * 60) != 0)
    yield from _named(sheet, "start", texts["start"], off, f"a start on the {length}-minute grid of the other rows")
    over = numbers[["answered", "abandoned"]].sum(axis=1) > numbers["offered"].where(numbers["offered"] >= 0)
    yield from _named(sheet, "offered", texts["offered"], over, "at least answered and abandoned together")


def _is_moment(written: pd.Series) -> pd.Series:
    """Which texts name a date and time that the calendar has."""
    read = written.where(written.str.fullmatch(_MOMENT).astype(bool), written.map(iso))
    read = read.where(read.str.fullmatch(_MOMENT).astype(bool))
    return pd.to_datetime(read, format="ISO8601", errors="coerce").notna()


def _clock_faults(sheet: Sheet, written: pd.Series, start: pd.Series, known: Known) -> Iterator[Fault]:
    """Times that the clock of the zone skips."""
    skipped = start.isna() & _is_moment(written) if start.isna().any() else start.isna()
    remedy = f"a time that the clock of {known.zone.key} shows; it skips this hour"
    yield from _named(sheet, "start", written, skipped, remedy)


def _repeated(sheet: Sheet, texts: pd.DataFrame, start: pd.Series, known: Known) -> Iterator[Fault]:
    """Intervals that a queue has twice; where they are one hour a day at night, those of another zone's clock."""
    again = start.notna() & pd.DataFrame({"queue": texts["queue"], "start": start}).duplicated()
    twice = start[again]
    hours = twice.dt.floor("h")
    turned = again.any() and hours.dt.hour.max() <= _CLOCKS_TURN_BY and hours.nunique() == twice.dt.date.nunique()
    whole_hour = turned and bool((twice.groupby([hours, texts.loc[again, "queue"]]).size() > 1).all())
    remedy = (
        f"times of {known.zone.key}: the hour stands twice, as where the clock of another zone goes back"
        if whole_hour
        else "the queue has this interval already; keep one row"
    )
    yield from _named(sheet, "start", texts["start"], again, remedy)


def _named(sheet: Sheet, column: str, texts: pd.Series, wrong: pd.Series, remedy: str) -> Iterator[Fault]:
    if not sheet.has(column):
        return
    positions = np.flatnonzero(wrong.to_numpy(dtype=bool))
    for position in positions[:_SHOWN]:
        yield Fault(sheet.place(sheet.numbers[position], column), str(texts.iloc[position]), remedy)
    if len(positions) > _SHOWN:
        rest = len(positions) - _SHOWN
        yield Fault(f"{sheet.file} column {sheet.shown(column)}", f"{rest} more rows like these", remedy)
