"""The ids of a contract and of the staff list that tables may name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Self
from zoneinfo import ZoneInfo

from roster.errors import Fault
from roster.loading.nearest import unknown
from roster.loading.rows import Row

FALLBACK_ZONE = ZoneInfo("UTC")
"""Lets the tables be read on for their own faults where the contract's time zone is a fault itself."""


@dataclass(frozen=True)
class Known:
    """Ids that exist. None: not known for lack of a readable file, so not judged.

    `teams` maps each team to its roles.
    """

    teams: Mapping[str, frozenset[str]] | None = None
    sites: frozenset[str] | None = None
    queues: frozenset[str] | None = None
    shifts: frozenset[str] | None = None
    posts: frozenset[str] | None = None
    staff: frozenset[str] | None = None
    zone: ZoneInfo = FALLBACK_ZONE

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The ids of a contract as read from its file, valid or not."""
        return cls(
            teams={team["id"]: _ids(team, "role") for team in entries(raw, "team") if isinstance(team.get("id"), str)},
            sites=_ids(raw, "site"),
            queues=_ids(raw, "queue"),
            shifts=_ids(raw, "shift"),
            posts=_posts(raw),
            zone=zone_of(raw) or FALLBACK_ZONE,
        )

    def with_staff(self, staff_ids: frozenset[str] | None) -> Self:
        """The same with the people who exist, None where that cannot be told."""
        return replace(self, staff=staff_ids)

    def duty_faults(self, row: Row) -> Iterator[Fault]:
        """A team that does not exist, or a role that the team does not have."""
        team, role = row.values.get("team", ""), row.values.get("role", "")
        if self.teams is None:
            return
        if team not in self.teams:
            yield row.fault("team", unknown("team", team, self.teams))
        elif role not in self.teams[team]:
            yield row.fault("role", unknown(f"role of team {team}", role, self.teams[team]))

    def skill_faults(self, row: Row, skills: tuple[tuple[str, str], ...]) -> Iterator[Fault]:
        """Second skills for a team and role that do not exist."""
        if self.teams is None:
            return
        pairs = {f"{team}/{role}" for team, roles in self.teams.items() for role in roles}
        for team, role in skills:
            if f"{team}/{role}" not in pairs:
                yield row.fault("skills", unknown("team/role", f"{team}/{role}", pairs))

    def id_faults(self, row: Row, column: str, ids: frozenset[str] | None, *, what: str = "") -> Iterator[Fault]:
        """A cell that names what does not exist; empty cells pass. `what` it names, if not its column."""
        name = row.values.get(column)
        if ids is not None and isinstance(name, str) and name and name not in ids:
            yield row.fault(column, unknown(what or column, name, ids))


def entries(raw: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """The tables of `[[key]]` in a contract as read; what is no table is left to the validation."""
    listed = raw.get(key)
    return (entry for entry in (listed if isinstance(listed, list) else ()) if isinstance(entry, dict))


def zone_of(raw: Mapping[str, Any]) -> ZoneInfo | None:
    """The contract's time zone, None where it names none that exists."""
    try:
        return ZoneInfo(raw["timezone"])
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        return None


def _ids(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(entry["id"] for entry in entries(raw, key) if isinstance(entry.get("id"), str))


def _posts(raw: Mapping[str, Any]) -> frozenset[str]:
    """Posts come to be in the contract's list of posts and in the shifts that hold them."""
    listed = [shift["posts"] for shift in entries(raw, "shift") if isinstance(shift.get("posts"), list)]
    segments = [segment.get("post") for shift in entries(raw, "shift") for segment in entries(shift, "segments")]
    held = {post for post in (*chain.from_iterable(listed), *segments) if isinstance(post, str) and post}
    return _ids(raw, "post") | held
