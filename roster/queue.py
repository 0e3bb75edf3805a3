"""A queue of the contract: a stream of contacts, who answers it and when, and what is asked of its service."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from roster.shifts import Window
from roster.staffing.targets import ServiceTargets

_OF_CALLERS = ("patience_s", "answer_rate", "answer_within_s", "loss_rate", "asa_s")
DUE_SHARE = 0.95
"""Share of the contacts that may wait which are begun in time, where the contract names none."""


class Queue(BaseModel):
    """A stream of contacts, who answers it and when, and its service targets with their definitions.

    Rates, shares and levels are parts of 1: 90 % is 0.9. A target that is not named is not asked.

    `due_within_minutes`: contacts may wait until so much service time has passed (8 h a day of service: 480 is one day
    of service); at least `service_level` of them, 95 % where it is not named, are begun by then. Of the other targets
    only `occupancy` is allowed: the share of time on duty that people can work on them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, pattern=r"^[^\s/;]+$")
    zh: str
    en: str
    channel: Literal["phone", "chat", "video", "mail", "message", "ticket", "call-back"]
    team: str = Field(min_length=1, pattern=r"^[^\s/;]+$", description="id of the team that answers")
    roles: tuple[str, ...] = Field(min_length=1, description="ids of its roles that answer")
    days: Literal["workday", "day-off", "every-day"] = Field(
        default="workday", description="days on which they answer, by the State Council calendar"
    )
    windows: tuple[Window, ...] = Field(min_length=1, description="times of day when contacts are answered")
    interval_minutes: int = Field(default=15, gt=0, description="length of the intervals that people are counted for")
    assumed_contacts_a_day: float | None = Field(
        default=None, gt=0, description="volume of an open day while there is no history"
    )
    assumed_aht_s: float | None = Field(default=None, gt=0, description="handling time in s while no history tells it")
    patience_s: float | None = Field(default=None, gt=0, description="mean time in s until a waiting person gives up")
    answer_rate: float | None = Field(default=None, gt=0, lt=1, description="target: answered / offered")
    service_level: float | None = Field(default=None, gt=0, lt=1, description="target: share within answer_within_s")
    service_level_over: Literal["offered", "patient"] = Field(
        default="offered", description="share of all offered, or without those who give up before answer_within_s"
    )
    answer_within_s: float | None = Field(default=None, ge=0, description="the seconds of service_level")
    loss_rate: float | None = Field(default=None, gt=0, description="target: given up / loss_over, at most")
    loss_over: Literal["offered", "answered"] = Field(default="offered", description="what loss_rate is a share of")
    asa_s: float | None = Field(default=None, gt=0, description="target: mean wait in s, at most")
    asa_over: Literal["answered", "offered"] = Field(default="answered", description="whose wait asa_s is the mean of")
    occupancy: float | None = Field(default=None, gt=0, le=1, description="most of the time on duty with contacts")
    due_within_minutes: float | None = Field(
        default=None, gt=0, description="service time in minutes that a contact may wait: e-mail, tickets, call-backs"
    )
    each_day: bool = Field(default=False, description="whether the targets hold on each day by itself")
    clauses: tuple[str, ...] = Field(default=(), description="ids of the goal clauses that set the targets; empty: any")
    together: int = Field(default=1, ge=1, le=20, description="contacts that one agent may hold at once")
    slowdown: tuple[float, ...] = Field(
        default=(1.0,), description="entry k: how many times longer each takes with k held at once"
    )
    handling_cv: float | None = Field(
        default=None, ge=0, le=5, description="coefficient of variation of handling times; absent: that of the history"
    )
    refined: Literal["auto", "always", "never"] = Field(
        default="auto", description="sizing by simulation on top of the formulas; auto: calls as long as an interval"
    )
    priority: int = Field(default=1, ge=1, description="of several queues with one agent the lowest is served first")
    redial: float = Field(default=0, ge=0, lt=1, description="share of those who give up that call again")
    redial_after_s: float = Field(default=300, gt=0, description="seconds until they do, on average")
    unplanned_absence: float = Field(
        default=0, ge=0, lt=1, description="share of rostered time lost to sickness and lateness; planned leave is not"
    )

    @model_validator(mode="after")
    def _slowdown_for_each(self) -> "Queue":
        if len(self.slowdown) not in (1, self.together):
            raise ValueError(f"slowdown has {self.together} entries, one for each number of contacts held together")
        if self.together > 1 and self.patience_s is None:
            raise ValueError("together above 1 needs a patience_s")
        if any(later < earlier for earlier, later in zip(self.slowdown, self.slowdown[1:], strict=False)):
            raise ValueError("slowdown never falls from one entry to the next")
        return self

    @model_validator(mode="after")
    def _nobody_waits_on_the_line(self) -> "Queue":
        given = {name: getattr(self, name) for name in _OF_CALLERS}
        wrong = [name for name, value in given.items() if value is not None]
        if self.due_within_minutes is not None and (wrong or self.together > 1 or self.redial):
            others = ", ".join([*wrong, *["together"] * (self.together > 1), *["redial"] * bool(self.redial)])
            raise ValueError(f"due_within_minutes goes with service_level and occupancy alone, not with {others}")
        return self

    @property
    def slower(self) -> tuple[float, ...]:
        """How many times longer each of 1, 2 ... `together` contacts takes."""
        return self.slowdown if len(self.slowdown) > 1 else self.slowdown * self.together

    @property
    def targets(self) -> ServiceTargets:
        """The targets in the form the staffing formulas take."""
        if self.due_within_minutes is not None:
            return ServiceTargets(
                service_level=self.service_level or DUE_SHARE,
                answer_within_s=60 * self.due_within_minutes,
                occupancy=self.occupancy,
                unplanned_absence=self.unplanned_absence,
                deferrable=True,
            )
        return ServiceTargets(
            patience_s=self.patience_s,
            answer_rate=self.answer_rate,
            service_level=self.service_level,
            answer_within_s=self.answer_within_s,
            asa_s=self.asa_s,
            occupancy=self.occupancy,
            loss_rate=self.loss_rate,
            loss_over=self.loss_over,
            service_level_over=self.service_level_over,
            asa_over=self.asa_over,
            slower=self.slower,
            unplanned_absence=self.unplanned_absence,
        )
