"""The people of a scenario: staff, their leave and their requests (staff.csv, leave.csv, requests.csv)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class LabourFlag(StrEnum):
    """A condition under which labour law protects a person."""

    PREGNANT_7M = "pregnant_7m"
    NURSING = "nursing"


class Person(BaseModel):
    """One row of staff.csv. `skills` are the (team, role) pairs served beside the home one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    team: str
    role: str
    skills: tuple[tuple[str, str], ...] = ()
    fte: float = Field(gt=0, le=1)
    employed_from: date | None = None
    employed_to: date | None = None
    reserve: bool = False
    arrival_hours: float | None = Field(default=None, ge=0)
    home_site: str = ""
    labour_flags: frozenset[LabourFlag] = frozenset()
    certified_on: date | None = None
    qualification: str = ""
    vendor: str = ""
    hours_system: Literal["standard", "week", "month", "quarter", "year"] = "standard"
    hourly_cost: float = Field(default=0, ge=0, description="yuan per paid hour")
    seniority_years: float = Field(default=0, ge=0)
    phone: str = ""

    def __hash__(self) -> int:
        return hash(self.staff_id)

    @property
    def home(self) -> tuple[str, str]:
        """The (team, role) the person is enrolled for."""
        return (self.team, self.role)

    def serves(self, team: str, role: str) -> bool:
        """Whether the person is qualified for a team's role, at home or as a second skill."""
        return (team, role) == self.home or (team, role) in self.skills

    def employed_on(self, day: date) -> bool:
        """Whether the person is employed on `day`; both ends of the employment count."""
        return (self.employed_from is None or self.employed_from <= day) and (
            self.employed_to is None or day <= self.employed_to
        )

    @model_validator(mode="after")
    def _employment_in_order(self) -> "Person":
        if self.employed_from and self.employed_to and self.employed_from > self.employed_to:
            raise ValueError(f"employed_from {self.employed_from} > employed_to {self.employed_to}")
        return self


class Leave(BaseModel):
    """One row of leave.csv as half-open local time: dates cover whole days, the end date included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: str
    start: datetime
    end: datetime
    kind: str = "annual"
    approved: bool = True

    @model_validator(mode="after")
    def _in_order(self) -> "Leave":
        if self.start >= self.end:
            raise ValueError(f"start {self.start} >= end {self.end}")
        return self


class Request(BaseModel):
    """One row of requests.csv: a wish to work (`on`), to be off (`off`) or to have a given shift (`shift`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: str
    date: date
    kind: Literal["on", "off", "shift"]
    shift: str = ""
    weight: int = Field(default=5, ge=1, le=10)

    @model_validator(mode="after")
    def _shift_named(self) -> "Request":
        if (self.kind == "shift") != bool(self.shift):
            raise ValueError(f"kind {self.kind!r} with shift {self.shift!r}: a shift goes with kind 'shift' only")
        return self
