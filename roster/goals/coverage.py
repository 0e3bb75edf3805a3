"""Service that is lost because too few people answer."""

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
        queues = {queue.id: queue for queue in m.problem.contract.queues}
        having: dict[date, dict[Duty, list[Cell]]] = {}
        for cell in m.cells():
            having.setdefault(cell.duty.day, {}).setdefault(cell.duty, []).append(cell)
        for curve in m.problem.curves:
            queue = queues[curve.queue]
            cells = [
                cell
                for day in _days(curve.start)
                for duty, givable in having.get(day, {}).items()
                if duty.team == queue.team
                and duty.role in queue.roles
                and duty.answers_throughout(curve.start, curve.end)
                for cell in givable
            ]
            m.cover(cells, curve.lost)


def _days(start: datetime) -> tuple[date, date]:
    """The days whose shifts may run in an interval: that of its start and the one before."""
    return start.date() - timedelta(days=1), start.date()
