"""What rules about recurring work have in common: the piece of work, and where in the duties it may be placed."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import Block, Rule
from roster.shifts import DaySelector, DayWindows
from roster.words import Text, Words

if TYPE_CHECKING:
    from roster.deadlines import Deadline
    from roster.roster import Roster, Stretch


EACH_PERIOD = {
    "day": Words("每天", "each day"),
    "week": Words("每周", "each week"),
    "month": Words("每月", "each month"),
    "quarter": Words("每季度", "each quarter"),
    "half-year": Words("每半年", "each half-year"),
    "year": Words("每年", "each year"),
}
"""How sentences name the periods of `roster.periods.PeriodKind`."""


class RecurringWork(Rule):
    """Base of rules about work that comes again and again: rows with one activity, at one post where it is named.

    It is placed inside the duties of `who` in pieces of `piece_minutes`, as `instead_of`, `windows`, `days` and
    `step_minutes` allow. These four bind the planner; work that somebody put elsewhere by hand counts as well.
    """

    minds_term: ClassVar[bool] = True
    what: Text = Field(description="what the work is called")
    who: tuple[str, ...] = Field(min_length=1, description="'team/role' whose duties may hold the work")
    activity: str = Field(min_length=1, description="activity of its rows")
    post: str = Field(default="", description="post of its rows; empty: whatever the post")
    row_kind: Literal["work", "training"] = Field(default="work", description="kind of its rows")
    minutes: int = Field(gt=0, description="minutes asked in a period")
    piece_minutes: int | None = Field(default=None, gt=0, description="length of one piece; absent: all in one")
    instead_of: tuple[str, ...] = Field(
        default=("duty", "follow-up"), min_length=1, description="activities that give way to it"
    )
    windows: DayWindows = Field(default=(), description="times of day where it may lie; empty: all day")
    days: DaySelector = Field(default="workday", description="days on which it may lie")
    step_minutes: int = Field(default=30, gt=0, description="pieces begin at multiples of this after midnight")

    @property
    def piece(self) -> int:
        """Minutes of one piece."""
        return self.piece_minutes or self.minutes

    def minds(self, row: "Stretch") -> bool:
        """Whether the row is such work."""
        return (row.kind, row.activity) == (self.row_kind, self.activity)

    def blocks(self) -> tuple[Block, ...]:
        """The one piece that is placed as often as needed."""
        return (
            Block(
                activity=self.activity,
                minutes=self.piece,
                who=self.who,
                post=self.post,
                kind=self.row_kind,
                instead_of=self.instead_of,
                windows=self.windows,
                days=self.days,
                step_minutes=self.step_minutes,
            ),
        )

    @abstractmethod
    def deadlines(self, roster: "Roster") -> "Iterator[Deadline]":
        """The deadlines that the roster's horizon concerns."""
