"""The contract as data: what contract.toml holds, checked piece by piece and against itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from roster.base import Rule
from roster.goals import AnyGoal
from roster.queue import Queue
from roster.rules import AnyRule
from roster.shifts import Segment, Shift
from roster.words import Text

LEVELS = "level: 1 law, 2 contract, 3 service, 4 fairness, 5 wishes, 6 stability and cost, settled in this order"
ClauseKind = Literal["hard", "goal", "duty", "cap", "record", "kpi"]
Id = Annotated[str, Field(min_length=1, pattern=r"^[^\s/;]+$")]


class Piece(BaseModel):
    """Base of the contract's tables: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Site(Piece):
    """A place of work; `client` marks the buyer's."""

    id: Id
    zh: str
    en: str
    client: bool = Field(default=False, description="whether it is the buyer's place")


class Post(Piece):
    """What a person does within a role: a name for the `posts` of shifts and rules."""

    id: Id
    zh: str
    en: str


class Role(Piece):
    """A role of a team with the headcount the contract promises (FTE where a person is shared)."""

    id: Id
    zh: str
    en: str
    headcount: float = Field(ge=0)


class Team(Piece):
    """A team, its roles, and its budget for the whole contract period in yuan."""

    id: Id
    zh: str
    en: str
    budget_yuan: float | None = Field(default=None, ge=0)
    roles: tuple[Role, ...] = Field(min_length=1, alias="role")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Clause(Piece):
    """One clause of the tender or the law, with its literal quote; rules point at it by id."""

    id: Id
    title: Text
    document: str = Field(min_length=1)
    source: Literal["contract", "labour"] = Field(default="contract", description="labour law holds on every day")
    where: str = Field(min_length=1, description="chapter and number in the document")
    quote: tuple[str, ...] = Field(min_length=1, description="the literal words")
    kind: ClauseKind = Field(
        description="hard: kept by the roster; goal: aimed at; duty: work or a report on somebody's roster; cap: a "
        "ceiling; record: kept and shown on request; kpi: measured afterwards"
    )
    also: tuple[ClauseKind, ...] = Field(default=(), description="further kinds of the same clause")
    demand: Text = Field(description="what it asks, in one sentence")
    reading: str | None = Field(default=None, description="the one of `readings` that is in force")
    readings: dict[str, Text] = Field(default={}, description="by name: ways in which the clause can be read")
    evidence: Text | None = Field(default=None, description="what shows it where no roster can")


class Labour(Piece):
    """The labour rule set in force and the settings that differ from its defaults, by rule kind."""

    rule_set: Literal["cn-labour"] = "cn-labour"
    settings: dict[str, dict[str, object]] = Field(default={}, description="by rule kind: parameters that differ")


class Period(Piece):
    """The contract period, both days included; `continues` keeps the clauses in force after it."""

    start: date
    end: date
    continues: bool = Field(default=False, description="whether the clauses stay in force after the end")

    def holds(self, day: date) -> bool:
        """Whether the contract is in force on the day."""
        return self.start <= day and (self.continues or day <= self.end)

    @property
    def over(self) -> date:
        """The first day after the term; never, where the contract continues."""
        return date.max if self.continues else self.end + timedelta(days=1)


class Contract(Piece):
    """A whole contract: the scenario's contract.toml with the labour rule set merged in."""

    id: Id
    title: Text
    buyer: Text
    period: Period
    timezone: str = Field(description="IANA name, such as Asia/Shanghai")
    budget_yuan: float | None = Field(default=None, ge=0, description="of the whole contract period")
    sites: tuple[Site, ...] = Field(alias="site", min_length=1)
    teams: tuple[Team, ...] = Field(alias="team", min_length=1)
    posts: tuple[Post, ...] = Field(alias="post", default=())
    queues: tuple[Queue, ...] = Field(alias="queue", default=())
    shifts: tuple[Shift, ...] = Field(alias="shift", min_length=1)
    labour: Labour = Field(default=Labour(), description="the rules of labour law are in force without being written")
    clauses: tuple[Clause, ...] = Field(alias="clause", min_length=1)
    rules: tuple[AnyRule, ...] = Field(alias="rule", min_length=1, description=f"what keeps the clauses; {LEVELS}")
    goals: tuple[AnyGoal, ...] = Field(alias="goal", default=(), description=f"what is wanted; {LEVELS}")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id. Raises KeyError."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)

    def in_force(self) -> Iterator[Rule]:
        """The rules that the chosen readings keep in force."""
        return (rule for rule in self.rules if self.governs(rule))

    def governs(self, rule: Rule) -> bool:
        """Whether a rule is in force under the readings chosen."""
        return rule.reading is None or rule.reading == self.clause(rule.clauses[0]).reading

    def team(self, team_id: str) -> Team:
        """The team of that id. Raises KeyError."""
        for team in self.teams:
            if team.id == team_id:
                return team
        raise KeyError(team_id)

    def serves(self) -> frozenset[tuple[str, str]]:
        """Every (team, role) of the contract."""
        return frozenset((team.id, role.id) for team in self.teams for role in team.roles)


__all__ = ["Clause", "Contract", "Labour", "Period", "Queue", "Role", "Segment", "Shift", "Site", "Team"]
