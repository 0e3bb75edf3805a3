"""What the work inside duties costs in service, told beside a bound that does not know of it."""

from collections.abc import Iterator

from roster.base import CONTACT_POINTS, SERVICE
from roster.words import Words
from solver.outcome import Outcome


def work_inside_told(outcome: Outcome) -> Iterator[Words]:
    """One note where the gap of service is in part that of the work inside duties: how much of it, in contacts lost."""
    result = next((each for each in outcome.levels if each.level == SERVICE), None)
    if result is None or result.proven or not outcome.inside:
        return
    duties = result.objective - outcome.inside - result.bound
    inside, duties = outcome.inside / CONTACT_POINTS, duties / CONTACT_POINTS
    yield Words(
        f"服务一项的下界只计班次本身，不计班内工作：与下界的差距中，班内工作占 {inside:g} 人次，"
        f"班次安排占 {duties:g} 人次。",
        f"the bound of service is that of duties without the work inside them: of the distance to it, {inside:g} "
        f"contacts are that work's and {duties:g} the duties'.",
    )
