"""What one browser tab is working on. The only file that touches Streamlit's session state."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import streamlit as st

from planning.edited import as_edited
from planning.jobs import Job, Jobs
from planning.opening import open_known
from planning.plan import Plan, plan
from planning.saving import Opened, fingerprint, is_sample, sample_folder
from roster.errors import InputError, LunbanError
from roster.loading.scenario import Scenario
from ui.texts import Language, Say, language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from planning.draft import Draft
    from planning.explain_asked import Asking
    from planning.simulate import Simulated

FIRST_SAMPLE = "shanghai-2025"
FIRST_DAYS = 7
MOST_DAYS = 366
_KEY = "workspace"


@dataclass
class Workspace:
    """One tab's work: the scenario as loaded, the span, the solve under way, its plan, and the roster in hand.

    `opened` holds the bytes of the editable files as this tab saw them; saving compares them with the disk.
    `tables` are edits not yet saved, by table name, `forms` those of rules, by form and field; `trouble` is why the
    latest save was refused. `asking` is the question asked last, `waiting` while its answer is to come.
    `page` and `visit` tell a new visit to a page from a rerun.
    """

    language: Language
    opened: Opened
    start: date
    days: int = FIRST_DAYS
    job_id: str = ""
    plan: Plan | None = None
    draft: "Draft | None" = None
    simulated: "Simulated | None" = None
    page: str = ""
    visit: int = 0
    tables: "dict[str, pd.DataFrame]" = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    notice: str = ""
    editing: str = ""
    trouble: LunbanError | None = None
    watching: str = ""
    asking: "Asking | None" = None
    waiting: bool = False
    _bases: "dict[str, tuple[str, pd.DataFrame]]" = field(default_factory=dict)
    _form_starts: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    _dropped: int = 0
    _table: str = ""

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

    @property
    def edited(self) -> Plan | None:
        """The plan in hand, with the roster as edited by hand where it was."""
        if self.plan is None or self.draft is None or not self.draft.changes:
            return self.plan
        return as_edited(self.plan, self.draft.roster, self.draft.judgements)

    def open(self, opened: Opened) -> None:
        """Takes up another scenario, or the same one read again: then edits of files that are as they were stay."""
        same = opened.scenario.folder == self.folder
        kept = {name for name, content in opened.files.items() if same and content == self.opened.files[name]}
        self.tables = {name: frame for name, frame in self.tables.items() if name in kept}
        if "contract" not in kept:
            self.forms, self.editing = {}, ""
        self.opened, self.trouble = opened, None
        if not same:
            self.start = first_day(opened.scenario)
            self.job_id, self.plan, self.draft, self.asking = "", None, None, None

    def saved(self, opened: Opened, notice: str) -> None:
        """Takes up the scenario after a save of this tab."""
        self.opened, self.notice, self.trouble = opened, notice, None

    def collect(self) -> None:
        """Takes up the result of a solve that has ended, on whichever page the tab is."""
        job = self.job
        if job is not None and not job.running and job.result is not None and job.result.roster is not None:
            self.take(job.result)

    @property
    def outdated(self) -> bool:
        """Whether the scenario was changed since the plan in hand was made."""
        if self.plan is None or self.plan.scenario is self.scenario:
            return False
        then, now = self.plan.scenario, self.scenario
        return any(getattr(then, name) != getattr(now, name) for name in ("contract", "people", "leave", "requests"))

    def show_table(self, name: str) -> None:
        """Notes the table shown; a change of table is a new visit."""
        if name != self._table:
            self._table, self.visit = name, self.visit + 1

    def base(self, name: str, fresh: "Callable[[], pd.DataFrame]") -> "pd.DataFrame":
        """What a table's editor starts from on this visit: the edits kept from an earlier one, else the file."""
        key = self.table_visit(name)
        if self._bases.get(name, ("", None))[0] != key:
            kept = self.tables.get(name)
            self._bases[name] = (key, fresh() if kept is None else kept.reset_index(drop=True))
        return self._bases[name][1]

    def table_visit(self, name: str) -> str:
        """Changes whenever a table's editor has to start afresh."""
        return f"{self.visit}-{self._dropped}-{fingerprint(self.opened.files[name])[:12]}"

    def keep_table(self, name: str, frame: "pd.DataFrame | None") -> None:
        """Keeps a table's unsaved edits for the next visit; None where it is as in the file."""
        if frame is None:
            self.tables.pop(name, None)
        else:
            self.tables[name] = frame

    def drop_table(self, name: str) -> None:
        """Lets a table's unsaved edits go."""
        self.tables.pop(name, None)
        self._dropped += 1

    @property
    def form_visit(self) -> str:
        """Changes whenever the forms of rules have to start afresh."""
        return f"{self.visit}-{self._dropped}-{fingerprint(self.opened.files['contract'])[:12]}"

    def form_start(self, key: str) -> dict[str, Any]:
        """What a form starts from on this visit: the entries kept from an earlier one."""
        if self._form_starts.get(key, ("", None))[0] != self.form_visit:
            self._form_starts[key] = (self.form_visit, dict(self.forms.get(key, {})))
        return self._form_starts[key][1]

    def keep_form(self, key: str, entries: dict[str, Any]) -> None:
        """Keeps a form's entries that are not saved; none where it is as in the contract."""
        if entries:
            self.forms[key] = entries
        else:
            self.forms.pop(key, None)

    def drop_form(self, key: str) -> None:
        """Lets a form's entries go."""
        self.forms.pop(key, None)
        self._dropped += 1

    def take(self, plan: Plan) -> None:
        """Puts a finished plan in hand; the roster edited so far is replaced by it."""
        if self.plan is not plan:
            self.plan, self.draft, self.simulated = plan, None, None

    def edit(self, key: str) -> None:
        """Opens the form of one rule, the empty key closes it."""
        self.editing = key

    def enter(self, page: str) -> None:
        """Notes the page shown; a change of page is a new visit."""
        if page == self.page:
            return
        self.page, self.visit = page, self.visit + 1
        if isinstance(self.trouble, InputError):
            self.trouble = None


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
    return Jobs(_plan)


def _plan(*asked: Any, **how: Any) -> Plan:
    """A plan with the people needed, reckoned before a page waits for them."""
    made = plan(*asked, **how)
    made.needed  # noqa: B018
    return made


def first_day(scenario: Scenario) -> date:
    """The coming Monday where the contract is in force then, else the first Monday of the contract period."""
    period = scenario.contract.period
    coming = _monday(datetime.now(ZoneInfo(scenario.contract.timezone)).date() + timedelta(days=1))
    return coming if period.holds(coming) else _monday(period.start)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _new() -> Workspace:
    """From the address of the page where it names a scenario and a span (a reloaded page does), else a sample."""
    asked = st.query_params
    language = language_of(asked.get("lang") or st.context.locale)
    folder = Path(asked["scenario"]) if "scenario" in asked else sample_folder(FIRST_SAMPLE)
    try:
        opened = open_known(folder)
    except InputError:
        opened = open_known(sample_folder(FIRST_SAMPLE))
    ws = Workspace(language, opened, first_day(opened.scenario))
    if "scenario" in asked:
        ws.start = _date(asked.get("start", "")) or ws.start
        ws.days = int(days) if (days := asked.get("days", "")).isdigit() and 1 <= int(days) <= MOST_DAYS else ws.days
        ws.job_id = asked.get("job", "")
    return ws


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def keep_address(ws: Workspace) -> None:
    """Writes what the tab works on into its address, so that a reloaded page finds it again."""
    wanted = {
        "lang": ws.language, "scenario": str(ws.folder), "start": ws.start.isoformat(), "days": str(ws.days),
    } | ({"job": ws.job_id} if ws.job_id else {})  # fmt: skip
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def sent(key: str, name: str) -> object:
    """What a component of our own has sent as its state `name`; None where it has sent nothing."""
    return st.session_state[key].get(name) if key in st.session_state else None
