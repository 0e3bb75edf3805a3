"""Edits by hand that outlive the tab they were made in: a page loaded again finds them."""

from collections.abc import MutableMapping

import streamlit as st

from planning.draft import Draft
from ui.state import Workspace


@st.cache_resource
def _kept() -> MutableMapping[str, dict[int, Draft]]:
    """By solve, for as long as the server keeps it: the latest edits from each origin, those made last at the end.

    Every tab begins from an origin of its own, so that two tabs that edit the same roster keep both.
    """
    return {}


def keep_draft(ws: Workspace, draft: Draft) -> None:
    """Keeps the edits of the roster in hand; edits all taken back let what was kept of them go."""
    drafts = _kept().setdefault(ws.job_id, {}) if ws.job_id else {}
    drafts.pop(id(draft.origin), None)
    if draft.changes:
        drafts[id(draft.origin)] = draft


def let_go(ws: Workspace) -> None:
    """Forgets the edits that `kept_draft` offers."""
    if found := kept_draft(ws):
        _kept()[ws.job_id].pop(id(found.origin))


def kept_draft(ws: Workspace) -> Draft | None:
    """The edits kept last of the roster in hand, None where there are none."""
    drafts = reversed(_kept().get(ws.job_id, {}).values())
    return next((draft for draft in drafts if ws.plan is not None and draft.problem is ws.plan.problem), None)
