"""The load of a queue in one interval."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Load:
    """`mean` contacts expected in [start, end) of a queue, each handled for `aht_s` seconds.

    `per_hour`: the rate of contacts that loads people as the interval is loaded, those still being handled from
    earlier intervals included. `day_cv`: coefficient of variation of the factor by which the whole day may be busier
    or quieter.
    """

    queue: str
    start: datetime
    end: datetime
    mean: float
    aht_s: float
    per_hour: float
    day_cv: float = 0.0
