"""What a contract calls its shifts, sites, teams and roles, and its rules in these names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from roster.base import Goal, Rule
from roster.compliance import Judgement
from roster.contract import Contract
from roster.exports.catalogue import named
from roster.words import Words


@dataclass(frozen=True)
class Names:
    """Names by id, in both languages; an id that the contract does not have stands for itself."""

    contract: Contract

    @cached_property
    def _shifts(self) -> dict[str, Words]:
        return {shift.id: Words(shift.zh, shift.en) for shift in self.contract.shifts}

    @cached_property
    def _sites(self) -> dict[str, Words]:
        return {site.id: Words(site.zh, site.en) for site in self.contract.sites}

    @cached_property
    def _posts(self) -> dict[str, Words]:
        return {post.id: Words(post.zh, post.en) for post in self.contract.posts}

    @cached_property
    def _own_posts(self) -> dict[str, frozenset[str]]:
        shifts = self.contract.shifts
        return {shift.id: frozenset(("", *shift.posts, *(s.post or "" for s in shift.segments))) for shift in shifts}

    @cached_property
    def _teams(self) -> dict[str, Words]:
        return {team.id: Words(team.zh, team.en) for team in self.contract.teams}

    @cached_property
    def _roles(self) -> dict[tuple[str, str], Words]:
        return {(team.id, role.id): Words(role.zh, role.en) for team in self.contract.teams for role in team.roles}

    @cached_property
    def client_sites(self) -> frozenset[str]:
        """The buyer's places."""
        return frozenset(site.id for site in self.contract.sites if site.client)

    def shift(self, code: str) -> Words:
        """A shift by its code."""
        return self._shifts.get(code, Words(code, code))

    def site(self, code: str) -> Words:
        """A site by its id."""
        return self._sites.get(code, Words(code, code))

    def team(self, code: str) -> Words:
        """A team by its id."""
        return self._teams.get(code, Words(code, code))

    def role(self, team: str, code: str) -> Words:
        """A team's role by its id."""
        return self._roles.get((team, code), Words(code, code))

    def post(self, code: str) -> Words:
        """A post by its id; its common name where the contract does not have it."""
        return self._posts.get(code) or named("post", code)

    def piece(self, shift: str, post: str) -> Words | None:
        """The post of a piece of work inside a duty, None for a post that the shift has of its own."""
        own = self._own_posts.get(shift)
        return None if own is None or post in own else self.post(post)

    def rule(self, rule: Rule | Goal) -> Words:
        """A rule's sentence, the ids that it holds as parameters told by name."""
        sentence, called = rule.words(), self._called(rule)
        return Words(
            _replaced(sentence.zh, {code: name.zh for code, name in called.items()}),
            _replaced(sentence.en, {code: name.en for code, name in called.items()}),
        )

    def asked(self, judgement: Judgement) -> Words:
        """What a judgement asks, ids told by name."""
        return self.rule(judgement.rule) if judgement.rule else judgement.words

    def _called(self, rule: Rule | Goal) -> dict[str, Words]:
        """By id, or 'team/role' of ids, the names of what the rule's parameters hold."""
        held = set(_texts(rule.model_dump(mode="json", exclude={"kind", "clauses", "reading"})))
        team = getattr(rule, "team", None)
        roles = {code: name for (of, code), name in self._roles.items() if of == team}
        pairs = {
            f"{of}/{code}": Words(f"{self.team(of).zh}・{name.zh}", f"{self.team(of).en} / {name.en}")
            for (of, code), name in self._roles.items()
            if f"{of}/{code}" in held or (of == team and code in held)
        }
        known = self._teams | self._sites | self._posts | roles
        return {code: name for code, name in known.items() if code in held} | pairs


def _texts(value: object) -> Iterator[str]:
    """Every text in nested lists and tables, keys of tables too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from (*_texts(key), *_texts(entry))
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry)


def _replaced(text: str, called: Mapping[str, str]) -> str:
    """The text with each id that stands by itself replaced; of two that begin alike the longer one."""
    ids = "|".join(re.escape(code) for code in sorted(called, key=len, reverse=True))
    alone = re.compile(rf"(?<![A-Za-z0-9_/-])({ids})(?![A-Za-z0-9_/-])")
    return alone.sub(lambda found: called[found[0]], text) if called else text
