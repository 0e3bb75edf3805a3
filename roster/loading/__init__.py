"""Reading a scenario folder: every fault of every file at once, or values that need no further check."""

from roster.loading.contract_file import contract_of, load_contract, read_contract
from roster.loading.known import Known
from roster.loading.scenario import Scenario, load_roster, load_scenario

__all__ = [
    "Known",
    "Scenario",
    "contract_of",
    "load_contract",
    "load_roster",
    "load_scenario",
    "read_contract",
]
