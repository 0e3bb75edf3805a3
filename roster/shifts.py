"""The shift catalogue of a contract, and the duties it makes on real days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from roster.calendar import clock_minutes

DAY_MINUTES = 24 * 60
Kind = Literal["work", "training", "backup", "oncall", "leave"]
DaySelector = Annotated[
    Literal[
        "workday", "plain-workday", "day-off", "statutory", "not-statutory", "holiday", "event", "holiday-or-event",
        "every-day", "carry-in",
    ],
    Field(
        description="which days: workday and day-off by the State Council calendar, plain-workday without make-up "
        "weekends, holiday a statutory or bridge day, event a day of a major event, carry-in the first day of a "
        "horizon where the day before it is not on record"
    ),
]  # fmt: skip
"""Which days are meant, by the kinds of day of the State Council calendar and of events.csv."""
RELIEF = frozenset({"break", "lunch"})
"""Activities during which a person serves nobody."""


def minutes_of_day(value: object) -> object:
    """Minutes after midnight of 'HH:MM'; hours may pass 24 for the next morning ('33:00' is 9:00)."""
    return clock_minutes(value) if isinstance(value, str) else value


def clock(minutes: int) -> str:
    """'HH:MM' of minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


_ClockText = Annotated[str, Field(pattern=r"^\d{1,2}:[0-5]\d$", description="HH:MM, past 24:00 for the next morning")]
ClockTime = Annotated[
    int,
    BeforeValidator(minutes_of_day, json_schema_input_type=_ClockText),
    PlainSerializer(clock, return_type=str),
]
"""Minutes after midnight, written 'HH:MM' in files."""


class Window(BaseModel):
    """A half-open window of the day, as in service hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _in_order(self) -> "Window":
        if self.start >= self.end:
            raise ValueError(f"start {clock(self.start)} >= end {clock(self.end)}")
        return self


def within_the_day(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The windows, where none of them runs past midnight. Raises ValueError."""
    late = [clock(window.end) for window in windows if window.end > DAY_MINUTES]
    if late:
        raise ValueError(f"end {late[0]} > 24:00: give the part after midnight as a window of its own")
    return windows


DayWindows = Annotated[tuple[Window, ...], AfterValidator(within_the_day)]
"""Windows of one day, none past midnight."""


class Segment(Window):
    """A stretch of a shift with one activity. `post` and `kind` override the duty's on that stretch."""

    activity: str = Field(default="duty", description="duty answers contacts; lunch and break serve nobody")
    paid: bool = True
    post: str | None = None
    kind: Literal["work", "training"] | None = None


class Shift(BaseModel):
    """One entry of the catalogue: when, what, and for whom it may be used. `days` are those on which it starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    zh: str
    en: str
    kind: Kind = Field(default="work", description="backup and oncall stand by, away from work")
    serves: tuple[str, ...] = Field(min_length=1, description="'team/role' that may have it")
    sites: tuple[str, ...] = Field(min_length=1, description="ids of the sites where it may be done")
    posts: tuple[str, ...] = Field(default=("",), description="ids of posts, one of which the person holds; '': none")
    days: DaySelector = "workday"
    since: date | None = Field(default=None, description="first day of use")
    until: date | None = Field(default=None, description="last day of use")
    flags: frozenset[str] = Field(default=frozenset(), description="only for people with one of these labour flags")
    not_flags: frozenset[str] = Field(default=frozenset(), description="not for people with one of these labour flags")
    reserve: bool = Field(default=True, description="whether reserve people may have it")
    segments: tuple[Segment, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _segments_in_order(self) -> "Shift":
        for earlier, later in zip(self.segments, self.segments[1:], strict=False):
            if earlier.end > later.start:
                raise ValueError(f"segments overlap: one ends {clock(earlier.end)}, next starts {clock(later.start)}")
        if self.segments[0].start >= DAY_MINUTES:
            raise ValueError(f"start {clock(self.segments[0].start)} >= 24:00: a shift starts on its own day")
        if self.segments[-1].end - self.segments[0].start > DAY_MINUTES:
            raise ValueError("a shift spans at most 24 hours")
        return self

    @property
    def served(self) -> tuple[tuple[str, str], ...]:
        """The (team, role) pairs of `serves`."""
        pairs = (entry.partition("/") for entry in self.serves)
        return tuple((team, role) for team, _, role in pairs)


@dataclass(frozen=True)
class Span:
    """A stretch of a duty in real time, half-open. `kind` is given where it is not the duty's."""

    start: datetime
    end: datetime
    activity: str
    paid: bool
    post: str
    kind: str = ""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return int((self.end - self.start) / timedelta(minutes=1))


@dataclass(frozen=True, eq=False)
class Duty:
    """What one person can be given on one day: a shift for a team and role, at a post and a site.

    The model's side of an assignment; the judge reads rows (`roster.roster.Stretch`) instead.
    """

    day: date
    shift: str
    team: str
    role: str
    post: str
    site: str
    kind: str
    spans: tuple[Span, ...]

    @cached_property
    def start(self) -> datetime:
        """Start of the first span."""
        return self.spans[0].start

    @cached_property
    def end(self) -> datetime:
        """End of the last span."""
        return self.spans[-1].end

    @cached_property
    def paid_minutes(self) -> int:
        """Paid time; standing by is not paid as work."""
        return sum(s.minutes for s in self.spans if s.paid) if self.works else 0

    @cached_property
    def working_minutes(self) -> int:
        """Working time in the sense of labour law: all but unpaid lunch and breaks, whatever is marked paid."""
        labour = (s for s in self.spans if s.paid or s.activity not in RELIEF)
        return sum(s.minutes for s in labour) if self.works else 0

    @cached_property
    def works(self) -> bool:
        """Whether the person is at work (on duty or in training), not merely standing by."""
        return self.kind in ("work", "training")

    @cached_property
    def serving_minutes(self) -> int:
        """Minutes of work that serve the team: no lunch, no break, no training."""
        return sum(s.minutes for s in self.serving)

    @cached_property
    def serving(self) -> tuple[Span, ...]:
        """The spans that serve the team: work without lunch and breaks."""
        return tuple(s for s in self.spans if (s.kind or self.kind) == "work" and s.activity not in RELIEF)

    def serves_throughout(self, start: datetime, end: datetime) -> bool:
        """Whether one span of service contains the whole of [start, end)."""
        return any(s.start <= start and end <= s.end for s in self.serving)

    @cached_property
    def answering(self) -> tuple[Span, ...]:
        """The spans in which contacts are answered: activity 'duty'."""
        return tuple(s for s in self.serving if s.activity == "duty")

    def stands_by_throughout(self, start: datetime, end: datetime) -> bool:
        """Whether the person is on call in the whole of [start, end)."""
        return self.kind == "oncall" and any(s.start <= start and end <= s.end for s in self.spans)
