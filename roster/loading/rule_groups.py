"""The kinds of rule by what they ask of whom, so that a long list can be read."""

from collections.abc import Collection

from roster.base import Rule
from roster.recurring import RecurringWork
from roster.rules import RULES

_INSIDE, _MOMENT, _TEAMS, _ALL = "work inside shifts", "in windows of the day", "of teams", "of all people"
_NAMES_TEAMS = frozenset({"team", "teams", "who", "group"})


def grouped_kinds(kinds: Collection[str]) -> str:
    """The kinds in groups, each in alphabetical order: 'of teams: a, b; of all people: c'."""
    groups: dict[str, list[str]] = {_TEAMS: [], _MOMENT: [], _INSIDE: [], _ALL: []}
    for kind in sorted(kinds):
        groups[_group(RULES[kind])].append(kind)
    return "; ".join(f"{group}: {', '.join(held)}" for group, held in groups.items() if held)


def _group(rule: type[Rule]) -> str:
    """Told by the parameters: who has windows asks in them, who names teams asks of teams."""
    if issubclass(rule, RecurringWork):
        return _INSIDE
    if "windows" in rule.model_fields:
        return _MOMENT
    return _TEAMS if _NAMES_TEAMS & set(rule.model_fields) else _ALL
