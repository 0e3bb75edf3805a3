"""Day level times intraday profile: the default method for leads of a week and more."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_level import DayLevel, EffectSizes, effect_sizes, fit_day_level
from roster.forecast.day_matrix import DayMatrix, Floats
from roster.forecast.intraday import IntradayProfile, fit_profile


@dataclass(frozen=True)
class LevelProfile:
    """Method: volume of the day (`day_level`) spread by the profile of its kind (`intraday`).

    `day_of_month`: whether the days of a month may differ. `profile_half_life`: age in days at which a day counts
    half in profiles. `pooled_days`, `pooled_contacts`: days, and contacts an interval, by which a kind's profile
    is shrunk towards its pool; 400 contacts are as noisy as a true difference of 5 % between weekdays.
    """

    day_of_month: bool = True
    profile_half_life: float = 56
    pooled_days: float = 1
    pooled_contacts: float = 400
    knows_special_days: bool = True
    sizes: EffectSizes | None = None
    _fitted: dict[tuple[date, int, float], tuple[DayLevel, IntradayProfile]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        return "level x profile, day of month" if self.day_of_month else "level x profile"

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> Self:
        """With the sizes of all effects fixed."""
        return replace(self, sizes=effect_sizes(matrix, calendar, day_of_month=self.day_of_month))

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals)."""
        level, profile = self.fit(matrix, calendar)
        return level.volume(days)[:, None] * profile.shares(days)

    def fit(self, matrix: DayMatrix, calendar: DayCalendar) -> tuple[DayLevel, IntradayProfile]:
        """Level and profile of these days; kept, as the weeks of a backtest ask for the same days again."""
        known = (matrix.days[-1], len(matrix.days), float(matrix.offered.sum()))
        if known not in self._fitted:
            self._fitted[known] = self._fit(matrix, calendar)
        return self._fitted[known]

    def _fit(self, matrix: DayMatrix, calendar: DayCalendar) -> tuple[DayLevel, IntradayProfile]:
        sizes = self.sizes or effect_sizes(matrix, calendar, day_of_month=self.day_of_month)
        level = fit_day_level(matrix, calendar, sizes)
        profile = fit_profile(
            level.matrix,
            calendar,
            level.kept,
            half_life=self.profile_half_life,
            pooled_days=self.pooled_days,
            pooled_contacts=self.pooled_contacts,
        )
        return level, profile
