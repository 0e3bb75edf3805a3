"""What a contract calls its shifts, sites, teams and roles."""

from dataclasses import dataclass
from functools import cached_property

from roster.contract import Contract
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
