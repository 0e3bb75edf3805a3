"""The roster grid: people by days, edited by mouse or keyboard. Every edit arrives, however quick they come."""

from collections.abc import Callable
from importlib.resources import files

import streamlit as st

from planning.draft import Draft
from ui.components.grid_data import grid_data
from ui.texts import Say

HTML = '<div class="grid" data-testid="roster-grid"></div>'
_STYLES = ("roster_grid.css", "grid_dense.css", "grid_menu.css")
_SCRIPTS = ("grid_edits.js", "grid_table.js", "grid_menu.js", "roster_grid.js")


def _source(name: str) -> str:
    return (files("ui.components") / name).read_text(encoding="utf-8")


_GRID = st.components.v2.component(
    "lunban.roster_grid", html=HTML, css="\n".join(map(_source, _STYLES)), js="\n".join(map(_source, _SCRIPTS))
)


def roster_grid(draft: Draft, say: Say, *, key: str, on_edits: Callable[[], None]) -> None:
    """Draws the draft. `on_edits` is called when edits have come; they lie in the component's state as `ops`.

    The browser keeps each edit until the draft's `applied` has reached its `seq`, and sends all that are open:
    apply them by `planning.draft.apply_all`, which passes over what has been applied before. `key` must change
    with the roster edited (another plan) and not with its edits.
    """
    _GRID(key=key, data=grid_data(draft, say), on_ops_change=on_edits, height="content")
