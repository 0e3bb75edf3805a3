"""What one browser tab is working on. The only file that touches Streamlit's session state."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from planning.jobs import Job, Jobs
from planning.plan import Plan
from planning.samples import samples
from planning.saving import Opened, is_sample, open_scenario, sample_folder
from roster.loading.scenario import Scenario
from ui.texts import Language, Say, language_of

if TYPE_CHECKING:
    import pandas as pd

    from planning.draft import Draft

FIRST_DAYS = 7
_KEY = "workspace"


@dataclass
class Workspace:
    """One tab's work: the scenario as loaded, the span, the solve under way, its plan, and the roster in hand.

    `opened` holds the bytes of the editable files as this tab saw them; saving compares them with the disk.
    `tables` are edits not yet saved, by table name. `page` and `visit` tell a new visit to a page from a rerun.
    """

    language: Language
    opened: Opened
    start: date
    days: int = FIRST_DAYS
    job_id: str = ""
    plan: Plan | None = None
    draft: "Draft | None" = None
    page: str = ""
    visit: int = 0
    tables: "dict[str, pd.DataFrame]" = field(default_factory=dict)
    notice: str = ""
    editing: str = ""

    @property
    def folder(self) -> Path:
        """The scenario's folder."""
        return self.opened.scenario.folder

    @property
    def scenario(self) -> Scenario:
        """The scenario as last loaded or saved by this tab."""
        return self.opened.scenario

    @property
    def sample(self) -> bool:
        """Whether the scenario is a sample inside the package, not to be edited in place."""
        return is_sample(self.folder)

    @property
    def say(self) -> Say:
        """The texts in this tab's language."""
        return Say(self.language)

    @property
    def job(self) -> Job | None:
        """The solve under way or ended last."""
        return jobs().get(self.job_id)

    def open(self, opened: Opened) -> None:
        """Takes up another scenario, or the same one read again; its plans and edits are let go."""
        same = opened.scenario.folder == self.folder
        self.opened = opened
        self.tables = {}
        if not same:
            self.start = first_day(opened.scenario)
            self.job_id, self.plan, self.draft = "", None, None

    def take(self, plan: Plan) -> None:
        """Puts a finished plan in hand; the roster edited so far is replaced by it."""
        if self.plan is not plan:
            self.plan, self.draft = plan, None

    def edit(self, key: str) -> None:
        """Opens the form of one rule, the empty key closes it."""
        self.editing = key

    def enter(self, page: str) -> None:
        """Notes the page shown; a change of page is a new visit."""
        if page != self.page:
            self.page, self.visit = page, self.visit + 1


def workspace() -> Workspace:
    """The tab's workspace; a new tab starts from its address, else with the first sample scenario."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _new()
    found = st.session_state[_KEY]
    assert isinstance(found, Workspace)
    return found


@st.cache_resource
def jobs() -> Jobs:
    """The solves of this server, shared by all tabs."""
    return Jobs()


def first_day(scenario: Scenario) -> date:
    """A sensible first day: the Monday after the history, else the first of the contract period."""
    if scenario.history is None:
        return scenario.contract.period.start
    return scenario.contract.period.start


def _new() -> Workspace:
    name = samples()[0]
    opened = open_scenario(sample_folder(name))
    return Workspace(language_of(st.context.locale), opened, first_day(opened.scenario))
