"""Times of unusual load and booked windows of a scenario (events.csv, bookings.csv)."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Stay(BaseModel):
    """A half-open stretch of local time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _in_order(self) -> "Stay":
        if self.start >= self.end:
            raise ValueError(f"start {self.start} >= end {self.end}")
        return self


class Event(Stay):
    """One row of events.csv: the load of a queue times `factor`; an empty queue means all of them.

    `major-event` marks a time in which a clause asks for more people.
    """

    kind: Literal["load", "major-event"]
    queue: str = ""
    factor: float = Field(default=1, gt=0, description="usual load times this")
    name: str = ""


class Booking(Stay):
    """One row of bookings.csv: sessions booked in a window of a queue."""

    queue: str = Field(min_length=1)
    sessions: int = Field(ge=0)
