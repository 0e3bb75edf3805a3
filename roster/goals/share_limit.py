"""Nobody far from the share of a burden, even where that costs service."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import SERVICE
from roster.burdens import BURDENS, USUAL_PACE, BurdenGoal, days, first_known
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem


class ShareLimit(BurdenGoal):
    """Nobody's burdens lie more than `within` from the share by availability.

    Cost: sum over the group of `weight` x 100 x (distance from the share - free)^2, in thousandths of a contact at the
    level of service, where distance is that of the burdens so far and planned and free is `within`, or what the days
    available in the horizon cannot make up for where that is more. share = the person's part of the group's
    availability x (all burdens on record + the horizon's at the pace on record) + what the person will miss later (see
    `fair_share`). Without a record only those who will miss some are limited, at the pace that `fair_share` expects.
    """

    title: ClassVar[Words] = Words("分担不离谱", "Nobody far from the share")
    kind: Literal["share_limit"] = "share_limit"
    level: int = Field(default=SERVICE, ge=SERVICE)
    within: float = Field(default=1, ge=0.5, description="distance from the share that costs nothing")

    def words(self) -> Words:
        """The goal in one sentence."""
        name, group, within = BURDENS[self.burden], "、".join(self.group), f"{self.within:g}"
        return Words(
            f"{name.zh}：{group} 中无人离其可出勤份额超过 {within} 次。",
            f"{name.en}: nobody of {group} is more than {within} from the share by availability.",
        )

    def prices(self, problem: "Problem") -> Mapping[str, Callable[[int], int]]:
        """Squares of what lies beyond the distance that is free."""
        known, missed = self.pace(problem), self.missed(problem)
        pace = USUAL_PACE if known is None else known
        chances, had = self.chances(problem, problem.horizon.dates), self.counts(problem, problem.previous)
        shares = self.shares(problem, days(first_known(problem), problem.horizon.dates[-1]))
        mean = sum(had[who] + pace * chances[who] for who in shares) / max(len(shares), 1)
        prices: dict[str, Callable[[int], int]] = {}
        limited = [who for who in shares if missed[who] or known is not None]
        for who in limited:
            due, most = shares[who] * mean + missed[who], had[who] + chances[who]
            free = max(self.within, had[who] - due, due - most)
            prices[who] = partial(_cost, due=due, free=free, scale=100 * self.weight)
        return prices


def _beyond(count: int, due: float, free: float, scale: float) -> float:
    return scale * max(abs(count - due) - free, 0) ** 2


def _cost(count: int, *, due: float, free: float, scale: float) -> int:
    """scale x (distance - free)^2, as a sum of integer rises that never fall."""
    at = [_beyond(k, due, free, scale) for k in range(count + 1)]
    return round(at[0]) + sum(round(at[k + 1] - at[k]) for k in range(count))
