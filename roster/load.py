"""The load of a queue in one interval."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Load:
    """`mean` contacts expected in [start, end) of a queue, each handled for `aht_s` seconds.

    `day_cv`: coefficient of variation of the factor by which the whole day may be busier or quieter.
    """

    queue: str
    start: datetime
    end: datetime
    mean: float
    aht_s: float
    day_cv: float = 0.0

    @property
    def per_hour(self) -> float:
        """Contacts an hour."""
        return self.mean * (timedelta(hours=1) / (self.end - self.start))
