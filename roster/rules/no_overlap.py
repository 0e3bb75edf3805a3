"""One person is in one place at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words

MINUTE = timedelta(minutes=1)


class NoOverlap(Rule):
    """No two stretches of one person overlap: at work, in training, on call or as backup. Leave is another rule's."""

    title: ClassVar[Words] = Words("同一时刻只在一处", "One place at a time")
    physical: ClassVar[bool] = True
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["no_overlap"] = "no_overlap"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            "同一人的上班、培训、待命和后备时段互不重叠。",
            "A person's stretches of work, training, on call and backup do not overlap.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Compares each of a person's rows with those that start before it ends; one finding for two shifts."""
        for person, rows in roster.by_person():
            common: dict[tuple[tuple[date, str], ...], list[tuple[datetime, datetime]]] = defaultdict(list)
            for earlier, later in _meetings([row for row in rows if row.kind != "leave"]):
                shifts = sorted([(earlier.date, earlier.shift), (later.date, later.shift)])
                common[tuple(shifts)].append((later.start, min(earlier.end, later.end)))
            for ((_, first), (day, second)), spans in common.items():
                if roster.new(day):
                    minutes = sum(int((end - start) / MINUTE) for start, end in spans)
                    yield Breach(
                        found=minutes, limit=0, unit="min", points=minutes, day=day,
                        start=spans[0][0], end=max(end for _, end in spans), staff_ids=(person.staff_id,),
                        note=Words(f"班次 {first} 与 {second} 重叠", f"shifts {first} and {second} overlap"),
                    )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """Forbids pairs of duties with a common minute."""

        def clash(earlier: Duty, later: Duty) -> int:
            if later.start >= earlier.end:
                return 0
            common = (
                min(a.end, b.end) - max(a.start, b.start)
                for a in earlier.spans
                for b in later.spans
                if a.start < b.end and b.start < a.end
            )
            return int(sum(common, timedelta()) / MINUTE)

        for person in m.people():
            m.pair(person, clash, reach_days=2)


def _meetings(rows: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Pairs of rows with time in common; `rows` are in order of start."""
    for k, earlier in enumerate(rows):
        for later in rows[k + 1 :]:
            if later.start >= earlier.end:
                break
            yield earlier, later
