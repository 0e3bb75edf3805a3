"""Edits by hand that outlive the tab they were made in: a page loaded again finds them."""

from collections.abc import MutableMapping

import streamlit as st

from planning.draft import Draft
from ui.state import Workspace


@st.cache_resource
def _kept() -> MutableMapping[str, Draft]:
    """The latest edits of each solve, for as long as the server keeps the solve itself."""
    return {}


def keep_draft(ws: Workspace, draft: Draft | None) -> None:
    """Keeps the edits of the roster in hand; None, and edits all taken back, let them go.

    A draft never edited takes nobody's place: another tab may have edits of the same roster.
    """
    if draft is None or (draft.applied and not draft.changes):
        _kept().pop(ws.job_id, None)
    elif ws.job_id and draft.changes:
        _kept()[ws.job_id] = draft


def kept_draft(ws: Workspace) -> Draft | None:
    """The edits kept of the roster in hand, None where there are none."""
    found = _kept().get(ws.job_id)
    return found if found is not None and ws.plan is not None and found.problem is ws.plan.problem else None
