"""What an explanation comes back with: figures and places, no words. Rules are named by their place in the contract."""

from dataclasses import dataclass
from datetime import date, datetime
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
    start: datetime | None = None
    end: datetime | None = None


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
    `complete`: beside the clashes told all can be kept, shown by a roster. `together` are ways out, at most one a
    clash, after which a roster keeps everything; empty where none were found. `unplaced` is the work inside duties
    that found no place in the roster that keeps all the rest.
    """

    status: Literal["kept", "clash", "unknown"]
    clashes: tuple[Clash, ...]
    seconds: float
    complete: bool = True
    together: tuple[Way, ...] = ()
    unplaced: tuple[Short, ...] = ()


Bill = tuple[tuple[int, int], ...]
"""Points by level, levels in order."""


@dataclass(frozen=True)
class Taker:
    """Somebody else who is qualified for a duty: what the roster would cost more if they had it.

    Who is free that day takes it over; who has a duty exchanges it (`gives` names its shift). `breaks` are the hard
    rules that would find more missing than now. `change` is by level, above 0 where it is worse.
    """

    staff_id: str
    gives: str
    breaks: tuple[int, ...]
    change: Bill


@dataclass(frozen=True)
class Otherwise:
    """The best roster around the day if it were otherwise: how much worse than the best with it, by level.

    `proven`: both were solved to the end. `worse` names the rules that would find more missing, `moved` counts the
    people's days that would change.
    """

    change: Bill
    proven: bool
    worse: tuple[int, ...]
    moved: int


@dataclass(frozen=True)
class CellTold:
    """Why a person has a shift on a day, or has none: `held` is empty for a day off.

    `takers` could have the duty instead, cheapest first. `otherwise` is None where no such roster was found in time.
    """

    staff_id: str
    day: date
    held: tuple[str, ...]
    takers: tuple[Taker, ...]
    otherwise: Otherwise | None
    seconds: float


@dataclass(frozen=True)
class RuleCost:
    """What could be had without a rule: points less by level in the linear relaxation of the whole problem."""

    rule: int
    gain: Bill


@dataclass(frozen=True)
class CostsTold:
    """The rules that cost something, dearest first. `complete`: all were asked within the time."""

    costs: tuple[RuleCost, ...]
    complete: bool
    seconds: float
