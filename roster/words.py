"""Short texts in the two languages users read."""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Words(NamedTuple):
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def join(self, *others: "Words") -> "Words":
        """Sentences one after the other, each language by itself."""
        return Words("".join([self.zh, *(o.zh for o in others)]), " ".join([self.en, *(o.en for o in others)]))


class Text(BaseModel):
    """A text of the contract in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def words(self) -> Words:
        """As a pair."""
        return Words(self.zh, self.en)


EACH_DAY = {
    "workday": Words("每个工作日", "each workday"),
    "plain-workday": Words("每个周一至周五的工作日", "each workday from Monday to Friday"),
    "day-off": Words("每个休息日", "each day off"),
    "statutory": Words("每个法定节假日", "each statutory holiday"),
    "not-statutory": Words("法定节假日以外的每天", "every day but statutory holidays"),
    "holiday": Words("每个放假日", "each holiday (statutory or bridge day)"),
    "event": Words("每个重大活动日", "each day of a major event"),
    "holiday-or-event": Words("每个放假日和重大活动日", "each holiday and each day of a major event"),
    "every-day": Words("每天", "every day"),
    "carry-in": Words("首日", "the first day"),
}
"""How sentences name the days of a `roster.shifts.DaySelector`."""
