"""One real plan of the Shanghai week for all tests that look at a whole roster."""

from datetime import date
from pathlib import Path

import pytest

from planning.plan import Plan, plan
from roster.loading.scenario import Scenario, load_scenario

SHANGHAI = Path(__file__).parent.parent / "sample_data" / "shanghai-2025"


@pytest.fixture(scope="session")
def shanghai() -> Scenario:
    return load_scenario(SHANGHAI)


@pytest.fixture(scope="session")
def april_week(shanghai: Scenario) -> Plan:
    """2025-04-21..27: six workdays, leave to be covered, an ordinary season."""
    return plan(shanghai, date(2025, 4, 21), 7, time_limit=60)
