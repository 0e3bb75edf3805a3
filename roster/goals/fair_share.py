"""An even share of a burden: on call, on site, days off worked or stood by."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Breach, Verdict
from roster.burdens import BURDENS, BurdenGoal, days, first_known
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem


class FairShare(BurdenGoal):
    """Burdens go to the people of a group in proportion to their availability, past rosters and known leave included.

    Cost: sum over the group of `weight` x 100 x (burdens so far and planned - even)^2 / share, which is smallest where
    everybody's burdens stand in proportion to the days they are available (employed, not on approved leave, not excused
    by law) since the first day on record. even = share x mean of the burdens so far + what the person will miss: the
    share of the burdens to come until the contract's end (a year ahead at most, at the group's pace on record) beyond
    the days on which the person can have one. So who will be away on the next holidays takes this one. Rounded step by
    step so that it stays convex. A burden counts on the date its shift starts; a night is work that touches
    22:00-6:00, a weekend work that starts on a Saturday or Sunday.
    """

    title: ClassVar[Words] = Words("公平分担", "Even shares")
    kind: Literal["fair_share"] = "fair_share"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)

    def words(self) -> Words:
        """The goal in one sentence."""
        name, group = BURDENS[self.burden], "、".join(self.group)
        return Words(
            f"{name.zh}在 {group} 中按可出勤天数均摊。", f"{name.en} are shared among {group} by availability."
        )

    def prices(self, problem: "Problem") -> Mapping[str, Callable[[int], int]]:
        """Squares over the share, about the count that is even for the person."""
        shares = self.shares(problem, days(first_known(problem), problem.horizon.dates[-1]))
        had, missed = self.counts(problem, problem.previous), self.missed(problem)
        mean = sum(had[who] for who in shares) / max(len(shares), 1)
        return {
            who: partial(_cost, even=share * mean + missed[who], scale=100 * self.weight / share)
            for who, share in shares.items()
        }

    def shown(self, roster: Roster, clause: str) -> Iterator[Breach]:  # noqa: ARG002
        """How far the person farthest from the share by availability is from it, over all days on record.

        Within one burden is even. Where the contract's days of the year so far are not all on record it is 'unknown'.
        """
        problem = roster.problem
        counts = self.counts(problem, roster.with_history)
        shares = self.shares(problem, days(first_known(problem), problem.horizon.dates[-1]))
        if shares:
            each = sum(counts[who] for who in shares) / sum(shares.values())
            who = max(shares, key=lambda one: abs(counts[one] - each * shares[one]))
            found, due = counts[who], each * shares[who]
            even: Verdict = "met" if self._all_known(problem) else "unknown"
            yield Breach(
                round(abs(found - due), 2), 1, "turns", 0, staff_ids=(who,),
                verdict=even if abs(found - due) <= 1 else "at_risk", note=self._told(found, due),
            )  # fmt: skip

    def _told(self, found: int, due: float) -> Words:
        name = BURDENS[self.burden]
        return Words(
            f"{name.zh}：{found} 次，按可出勤天数应摊 {due:.2f} 次，为离份额最远的一人。",
            f"{name.en}: {found} against a share of {due:.2f} by availability; nobody is farther from it.",
        )

    def _all_known(self, problem: "Problem") -> bool:
        """Whether the workdays of the contract's year before the horizon have rows."""
        start = problem.horizon.start
        since = max(date(start.year, 1, 1), problem.contract.period.start)
        return {row.date for row in problem.previous}.issuperset(problem.calendar.workdays(since, max(since, start)))


@lru_cache(maxsize=100_000)
def _cost(count: int, *, even: float, scale: float) -> int:
    """scale x (count - even)^2, as a sum of integer rises that never fall."""
    return round(scale * even**2) + sum(round(scale * (2 * (k - even) + 1)) for k in range(count))
