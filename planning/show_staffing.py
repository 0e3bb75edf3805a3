"""What `roster staff` prints beside the file it writes."""

from collections.abc import Iterator

import pandas as pd

from planning.catalogue import said, text
from planning.show import say
from roster.contract import Contract
from roster.queue import Queue
from roster.staffing.definitions import Definition, definitions
from roster.words import Words


def show_staffing(needed: pd.DataFrame, contract: Contract, warnings: tuple[Words, ...]) -> None:
    """Each queue's people-hours and peak, which target asks for them, and what its targets are quotients of."""
    for warning in warnings:
        say(text("check.warning", text=said(warning)))
    for queue in contract.queues:
        rows = needed[needed["queue"] == queue.id]
        if rows["required"].sum() > 0:
            print("\n".join(_told(queue, rows)))


def _told(queue: Queue, rows: pd.DataFrame) -> Iterator[str]:
    minutes = rows["start"].sort_values().diff().dropna().min() / pd.Timedelta(minutes=1)
    peak = rows.loc[rows["required"].idxmax()]
    hours = rows["required"].sum() * (queue.interval_minutes if pd.isna(minutes) else minutes) / 60
    name = said(Words(queue.zh, queue.en))
    yield text("staffing.queue", queue=name, hours=hours, peak=peak["required"], when=f"{peak['start']:%m-%d %H:%M}")
    asked: dict[str, Definition] = {
        definition.figure.removesuffix("_s"): definition for definition in definitions(queue.targets)
    }
    for target, count in rows.loc[rows["required"] > 0, "binding"].astype(str).value_counts().items():
        known = asked.get(str(target))
        title = said(known.title) if known else text(f"staffing.{target}")
        yield text("staffing.binding", target=title, count=count)
    for definition in asked.values():
        if definition.target is not None:
            yield text("simulate.formula", figure=said(definition.title), formula=said(definition.formula))
