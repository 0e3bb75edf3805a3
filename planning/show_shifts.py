"""What `roster shifts` prints: both catalogues by weekday, and what the proposed one saves."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from planning.catalogue import said, text
from planning.shift_candidates import paid_minutes
from planning.shift_demand import DayKind
from planning.shift_design import Catalogue, ShiftDesign
from roster.shifts import Shift, clock
from roster.words import Words

WIDTH = 110


def show_shifts(made: ShiftDesign) -> None:
    """The catalogues and the comparison, on standard output."""
    span = {"start": made.horizon.start, "days": made.horizon.days}
    print(text("shifts.title", team=made.team, role=made.role, **span))
    console = Console()
    console.width = max(console.width, WIDTH)
    for name, catalogue in (("given", made.given), ("proposed", made.proposed)):
        console.print(_table(text(f"shifts.{name}"), catalogue, made.kinds))
    for line in comparison(made):
        print(line)


def _table(title: str, catalogue: Catalogue, kinds: tuple[DayKind, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column(text("shifts.shift"))
    table.add_column(text("shifts.name"))
    table.add_column(text("shifts.times"))
    for kind in kinds:
        table.add_column(_label(kind, kinds), justify="right")
    table.add_column(text("shifts.hours"), justify="right")
    for shift in (*catalogue.shifts, *catalogue.staying):
        counts = catalogue.counts[shift.id]
        hours = paid_minutes(shift) * sum(n * len(k.dates) for n, k in zip(counts, kinds, strict=True)) / 60
        name = said(Words(shift.zh, shift.en)) + (text("shifts.stays") if shift in catalogue.staying else "")
        table.add_row(shift.id, name, _times(shift), *map(str, counts), f"{hours:g}")
    return table


def _label(kind: DayKind, kinds: tuple[DayKind, ...]) -> str:
    """The weekday or the type of day; the first date where that does not tell kinds apart."""
    name = text(f"day.{kind.day_type}") if kind.day_type else text(f"weekday.{kind.weekday}")
    alike = [k for k in kinds if k.day_type == kind.day_type and (kind.day_type or k.weekday == kind.weekday)]
    return name if len(alike) == 1 else f"{name} {kind.dates[0]:%m-%d}"


def _times(shift: Shift) -> str:
    return f"{clock(shift.segments[0].start)}-{clock(shift.segments[-1].end)}"


def comparison(made: ShiftDesign) -> Iterator[str]:
    """What each catalogue loses in how many hours, and what the proposed one saves."""
    given, proposed = made.given, made.proposed
    for name, catalogue in (("given", given), ("proposed", proposed)):
        yield text(
            "shifts.loses", name=text(f"shifts.{name}"), shifts=len(catalogue.shifts), lost=catalogue.lost,
            hours=catalogue.minutes / 60,
        )  # fmt: skip
        if catalogue.missed:
            yield text("shifts.missed", minutes=catalogue.missed)
        if not catalogue.proven:
            yield text("shifts.bound", bound=catalogue.bound)
    saved = given.lost - proposed.lost
    if saved < 0:
        yield text("shifts.worse", contacts=-saved)
    else:
        yield text("shifts.saves", contacts=saved, share=saved / given.lost if given.lost else 0.0)
    yield _same_service(made)


def _same_service(made: ShiftDesign) -> str:
    if made.same_service_minutes is None:
        return text("shifts.never_as_good")
    saved = (made.given.minutes - made.same_service_minutes) / 60
    key = "shifts.fewer" if saved >= 0 else "shifts.more"
    return text(key, hours=made.same_service_minutes / 60, saved=abs(saved))
