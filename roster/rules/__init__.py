"""One rule a file. A file that exists is registered: this module looks, and is never edited."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from roster.base import Rule
from roster.registry import discover

RULES: dict[str, type[Rule]] = discover(__name__, list(__path__), Rule)
if TYPE_CHECKING:
    AnyRule = Rule
else:
    AnyRule: Any = Annotated[reduce(or_, RULES.values()), Field(discriminator="kind")]
