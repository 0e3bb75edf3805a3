"""What the worker process and its parent say to each other: one JSON object a line.

Parent to worker: a `Task` or a `Question`, later perhaps the line `stop`; end of input means stop too.
Worker to parent: `Ready` once its libraries are loaded, `Progress` at each improvement, `Incumbent` with a better
roster, `Done`, `Explained` or `Failed` at the end.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from roster.problem import Problem
from roster.roster import Stretch
from solver.explain_results import CellTold, CostsTold, Explanation
from solver.outcome import LevelResult, Outcome


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ready(_Message):
    """The worker has loaded its libraries and waits for a task."""

    event: Literal["ready"] = "ready"


class Task(_Message):
    """A problem to solve within `time_limit` seconds of a `Clock` with this `slack`.

    `duties` are what a worker that died had come to; then only the work inside them is placed.
    """

    order: Literal["solve"] = "solve"
    problem: Problem
    time_limit: float = Field(gt=0)
    workers: int = Field(ge=1)
    seed: int
    slack: float | None = Field(default=1.0, ge=1)
    duties: Outcome | None = None


class Question(_Message):
    """A problem to explain: which clauses clash, why `cell` of a roster is as it is, or which clauses cost most."""

    order: Literal["explain"] = "explain"
    problem: Problem
    time_limit: float = Field(gt=0)
    workers: int = Field(ge=1)
    seed: int
    about: Literal["clashes", "cell", "costs"]
    rows: tuple[Stretch, ...] = ()
    cell: tuple[str, date] | None = None


Order = Annotated[Task | Question, Field(discriminator="order")]
ORDER: TypeAdapter[Task | Question] = TypeAdapter(Order)


class Progress(_Message):
    """A level's best and bound after `seconds`."""

    event: Literal["progress"] = "progress"
    result: LevelResult
    seconds: float


class Incumbent(_Message):
    """The best complete roster so far."""

    event: Literal["incumbent"] = "incumbent"
    rows: tuple[Stretch, ...]
    seconds: float


class Done(_Message):
    """The end of a solve."""

    event: Literal["done"] = "done"
    outcome: Outcome


class Explained(_Message):
    """The answer to a question."""

    event: Literal["explained"] = "explained"
    told: Explanation | CellTold | CostsTold


class Failed(_Message):
    """The solve could not be carried out; `reason` is for the user."""

    event: Literal["failed"] = "failed"
    reason: str


Reply = Annotated[Ready | Progress | Incumbent | Done | Explained | Failed, Field(discriminator="event")]
REPLY: TypeAdapter[Ready | Progress | Incumbent | Done | Explained | Failed] = TypeAdapter(Reply)
