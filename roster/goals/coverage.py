"""Service that is lost because too few people answer."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import SERVICE, Breach, Cell, Goal, ModelPort
from roster.roster import Roster
from roster.service import expected_service, findings
from roster.shifts import Duty
from roster.words import Words


class Coverage(Goal):
    """The expected contacts lost, in thousandths, summed over the curves of every queue and interval.

    A person counts in an interval when answering the queue's team and roles throughout it.
    """

    title: ClassVar[Words] = Words("服务损失", "Service lost")
    kind: Literal["coverage"] = "coverage"
    level: int = Field(default=SERVICE, ge=SERVICE, le=SERVICE)

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words(
            "各时段预期未能按时接起的咨询量尽量少。", "As few contacts as possible are expected to go unanswered."
        )

    def measure(self, roster: Roster) -> int:
        """Looks each interval up on its curve with the people who answer throughout it."""
        lost = 0
        queues = {queue.id: queue for queue in roster.problem.contract.queues}
        for curve in roster.problem.curves:
            queue = queues[curve.queue]
            rows = [
                row
                for day in _days(curve.start)
                for row in roster.on(day)
                if row.answers and row.team == queue.team and row.role in queue.roles
            ]
            people = {row.staff_id for row in rows if row.start <= curve.start and curve.end <= row.end}
            lost += curve.lost[min(len(people), len(curve.lost) - 1)]
        return lost

    def shown(self, roster: Roster, clause: str) -> Iterator[Breach]:
        """The service to be expected of the people rostered, for the queues whose targets the clause sets."""
        for queue in roster.problem.contract.queues:
            if not queue.clauses or clause in queue.clauses:
                yield from findings(queue, expected_service(roster, queue))

    def require(self, m: ModelPort) -> None:
        """One convex curve for each queue and interval over the cells that answer throughout it."""
        holding: dict[Duty, list[Cell]] = {}
        for cell in m.cells():
            holding.setdefault(cell.duty, []).append(cell)
        answering: list[list[Cell]] = [[] for _ in m.problem.curves]
        for queue in m.problem.contract.queues:
            mine = sorted((c.start, c.end, k) for k, c in enumerate(m.problem.curves) if c.queue == queue.id)
            starts = [start for start, _, _ in mine]
            for duty, cells in holding.items():
                for span in duty.answering if duty.team == queue.team and duty.role in queue.roles else ():
                    for _, end, k in mine[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                        answering[k].extend(cells if end <= span.end else ())
        for curve, cells in zip(m.problem.curves, answering, strict=True):
            m.cover(cells, curve.lost)


def _days(start: datetime) -> tuple[date, date]:
    """The days whose shifts may run in an interval: that of its start and the one before."""
    return start.date() - timedelta(days=1), start.date()
