"""Work is done at the place that the buyer names."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.shifts import RELIEF
from roster.words import Words


class AtSite(Rule):
    """All work and training for the teams is at one of the sites. Lunch and breaks, on call and backup are free."""

    title: ClassVar[Words] = Words("工作地点", "Place of work")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["at_site"] = "at_site"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    teams: tuple[str, ...] = Field(min_length=1)
    sites: tuple[str, ...] = Field(min_length=1)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"{'、'.join(self.teams)} 的上班和培训只在 {'、'.join(self.sites)}。",
            f"All work and training for {', '.join(self.teams)} is at {' or '.join(self.sites)}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's minutes elsewhere, date by date."""
        for day in roster.days():
            elsewhere: Counter[tuple[str, str]] = Counter()
            for row in roster.on(day):
                if row.works and row.activity not in RELIEF and row.team in self.teams and row.site not in self.sites:
                    elsewhere[row.staff_id, row.team] += row.minutes
            for (who, team), minutes in elsewhere.items():
                yield Breach(minutes, 0, "min", minutes, day, staff_ids=(who,), team=team)

    def require(self, m: ModelPort) -> None:
        """Forbids the duties that hold work or training for the teams elsewhere."""
        m.forbid(
            cell
            for cell in m.cells()
            if cell.duty.team in self.teams
            and cell.duty.site not in self.sites
            and any(
                (span.kind or cell.duty.kind) in ("work", "training") and span.activity not in ("lunch", "break")
                for span in cell.duty.spans
            )
        )
