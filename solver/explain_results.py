"""What an explanation comes back with: figures and places, no words. Rules are named by their place in the contract."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from roster.people import Leave


@dataclass(frozen=True)
class Short:
    """A place where a rule falls short in a roster that comes as near to the clashing clauses as any."""

    rule: int
    found: float
    limit: float
    unit: str
    day: date | None
    staff_ids: tuple[str, ...]
    team: str
    role: str


@dataclass(frozen=True)
class Count:
    """A clash by amount: `asked` on these days in all, and no roster has more than `there`."""

    asked: float
    there: float
    unit: Literal["person-shifts", "person-hours"]
    days: tuple[date, ...]


@dataclass(frozen=True)
class Way:
    """A change after which the clash is gone, shown by a roster that was found and judged.

    `kind` 'person': `people` more of `team`/`role`; 'clause': the `field` of `rule` goes from `before` to `after`, or
    without a field the rule is given up; 'leave': the `leaves` are refused. `minutes` is what it takes from somebody,
    in person-minutes: paid time of the new people, what the clause gives up, the leave refused.
    """

    kind: Literal["person", "clause", "leave"]
    minutes: int
    people: int = 0
    team: str = ""
    role: str = ""
    rule: int | None = None
    field: str = ""
    before: float = 0
    after: float = 0
    leaves: tuple[Leave, ...] = ()


@dataclass(frozen=True)
class Clash:
    """Rules that no roster keeps together, shown by solving with these alone.

    `minimal`: without any one of them the others can be kept, shown by rosters. `smallest`: no fewer rules clash.
    `points` person-minutes are missing at least, `short` says where in the roster that comes nearest.
    """

    rules: tuple[int, ...]
    minimal: bool
    smallest: bool
    points: int
    short: tuple[Short, ...]
    count: Count | None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Whether the hard rules can be kept together, and if not, which clash.

    `status` 'kept': a roster keeps all of them; 'clash': proven that none does; 'unknown': neither in the time given.
    """

    status: Literal["kept", "clash", "unknown"]
    clashes: tuple[Clash, ...]
    seconds: float
