"""Samples, the command line in process, and one real plan of the Shanghai week for tests of a whole roster."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planning.cli import main
from planning.plan import Plan, plan
from roster.contract import Contract
from roster.loading.scenario import Scenario, load_scenario

SAMPLES = Path(__file__).parent.parent / "sample_data"
SHANGHAI = SAMPLES / "shanghai-2025"
AMPLE_S = 600
"""A limit for searches that end by proof or by a stop: no machine is so slow."""


def without_goals(scenario: Scenario) -> Scenario:
    """The scenario with what its contract demands and nothing that is only wanted: its plan ends by proof, and soon."""
    return replace(scenario, contract=scenario.contract.model_copy(update={"goals": ()}))


def roster(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a `roster` command run in this process."""
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out, said.err


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """The command line, speaking English."""
    monkeypatch.setenv("ROSTER_LANG", "en")
    return lambda *arguments: roster(*arguments, capsys=capsys)


@pytest.fixture(scope="module")
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """The sample that the test module names in FOLDER."""
    return load_scenario(request.module.FOLDER)


@pytest.fixture(scope="module")
def contract(scenario: Scenario) -> Contract:
    """The contract of that sample."""
    return scenario.contract


@pytest.fixture(scope="session")
def shanghai() -> Scenario:
    return load_scenario(SHANGHAI)


@pytest.fixture(scope="session")
def april_week(shanghai: Scenario) -> Plan:
    """2025-04-21..27: six workdays, leave to be covered, an ordinary season."""
    return plan(shanghai, date(2025, 4, 21), 7, time_limit=AMPLE_S)
