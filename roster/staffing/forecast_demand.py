"""Service curves from a forecast, the load of earlier intervals carried over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from roster.events import Booking
from roster.forecast.base import Forecast
from roster.staffing.booked import behind_bookings, people_booked
from roster.staffing.curve import ServiceCurve, convex_thousandths, expected_loss
from roster.staffing.queue_load import queue_load
from roster.staffing.targets import ServiceTargets


@dataclass(frozen=True)
class ForecastDemand:
    """DemandModel of a forecast: each interval is a queue in the steady state of the load carried into it.

    `targets` by queue name decide which queues are priced and what counts as lost; `people_max` by queue name
    is the number of people up to which its curves reach. `handling_cv` by queue name: coefficient of variation of
    handling times, by which load is carried on. `bookings` take people before anybody else is answered.
    """

    forecast: Forecast
    targets: Mapping[str, ServiceTargets]
    people_max: Mapping[str, int]
    handling_cv: Mapping[str, float | None] = field(default_factory=dict)
    bookings: tuple[Booking, ...] = ()

    @property
    def queues(self) -> tuple[str, ...]:
        """Queues with targets, in alphabetical order."""
        return tuple(sorted(self.targets))

    def curves(self, queue: str) -> tuple[ServiceCurve, ...]:
        """One curve for each interval [start, start + interval) of the forecast, in order of time.

        Raises:
            KeyError: a queue without targets or people_max.
        """
        load = queue_load(self.forecast, queue, handling_cv=self.handling_cv.get(queue))
        loss = expected_loss(
            load.contacts,
            load.aht_s,
            self.targets[queue],
            day_cv=self.forecast.day_cv.get(queue, 0.0),
            interval_minutes=self.forecast.interval_minutes,
            people_max=self.people_max[queue],
            per_hour=load.per_hour[:, None] * load.course,
        )
        length = timedelta(minutes=self.forecast.interval_minutes)
        starts = [start.to_pydatetime() for start in load.start]
        handling = self.forecast.rows(queue)["aht_s"].tolist()
        booked = people_booked(self.bookings, queue, starts, handling, length=length)
        lost = behind_bookings(convex_thousandths(loss), booked)
        return tuple(
            ServiceCurve(queue, start, start + length, tuple(int(thousandths) for thousandths in row))
            for start, row in zip(starts, lost, strict=True)
        )
