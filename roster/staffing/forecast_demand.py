"""Service curves straight from a forecast: each interval is a steady queue of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from roster.forecast.base import Forecast
from roster.staffing.curve import ServiceCurve, convex_thousandths, expected_loss
from roster.staffing.targets import ServiceTargets


@dataclass(frozen=True)
class ForecastDemand:
    """DemandModel of a forecast: no load is carried from one interval to the next.

    `targets` by queue name decide which queues are priced and what counts as lost; `people_max` by queue name
    is the number of people up to which its curves reach.
    """

    forecast: Forecast
    targets: Mapping[str, ServiceTargets]
    people_max: Mapping[str, int]

    @property
    def queues(self) -> tuple[str, ...]:
        """Queues with targets, in alphabetical order."""
        return tuple(sorted(self.targets))

    def curves(self, queue: str) -> tuple[ServiceCurve, ...]:
        """One curve for each interval [start, start + interval) of the forecast, in order of time.

        Raises:
            KeyError: a queue without targets or people_max.
        """
        rows = self.forecast.frame[self.forecast.frame["queue"] == queue].sort_values("start")
        loss = expected_loss(
            rows["mean"],
            rows["aht_s"],
            self.targets[queue],
            day_cv=self.forecast.day_cv.get(queue, 0.0),
            interval_minutes=self.forecast.interval_minutes,
            people_max=self.people_max[queue],
        )
        lost = convex_thousandths(loss)
        length = timedelta(minutes=self.forecast.interval_minutes)
        starts = [start.to_pydatetime() for start in rows["start"]]
        return tuple(
            ServiceCurve(queue, start, start + length, tuple(int(thousandths) for thousandths in row))
            for start, row in zip(starts, lost, strict=True)
        )
