"""One goal a file. A file that exists is registered: this module looks, and is never edited."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from roster.base import Goal
from roster.registry import discover

GOALS: dict[str, type[Goal]] = discover(__name__, list(__path__), Goal)
if TYPE_CHECKING:
    AnyGoal = Goal
else:
    AnyGoal: Any = Annotated[reduce(or_, GOALS.values()), Field(discriminator="kind")]
