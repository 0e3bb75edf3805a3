"""Errors as users meet them: every fault, and what to do about a conflict. Nothing they made is lost."""

from pathlib import Path

import pandas as pd
import streamlit as st

from planning.fault_words import in_chinese
from planning.saving import Conflict, open_scenario
from roster.errors import InputError, LunbanError
from ui.state import Workspace


def show_faults(error: InputError, ws: Workspace, *, title: str = "") -> None:
    """All faults as a table under a headline."""
    say = ws.say
    st.error(title or say("faults.count", count=len(error.faults)), icon=":material/error:")
    names = [say("faults.place"), say("faults.value"), say("faults.remedy")]
    faults = map(in_chinese, error.faults) if say.language == "zh" else error.faults
    rows = [(fault.place, fault.value, fault.remedy) for fault in faults]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, width="stretch")


def show_conflict(conflict: Conflict, ws: Workspace) -> None:
    """Somebody else saved first: both versions to download, and the current one to load."""
    say, path = ws.say, Path(conflict.file)
    st.error(say("conflict.title", file=conflict.file), icon=":material/sync_problem:")
    st.markdown(say("conflict.how"))
    mine, theirs, reload = st.columns(3)
    mine.download_button(
        say("conflict.mine"), conflict.mine, f"{path.stem}.mine{path.suffix}", on_click="ignore",
        type="primary", width="stretch", icon=":material/download:",
    )  # fmt: skip
    theirs.download_button(
        say("conflict.theirs"), conflict.theirs, path.name, on_click="ignore", width="stretch",
        icon=":material/download:",
    )  # fmt: skip
    if reload.button(say("conflict.reload"), width="stretch", icon=":material/refresh:"):
        reopen(ws)


def show_error(error: LunbanError, ws: Workspace) -> None:
    """Whichever error it is."""
    if isinstance(error, Conflict):
        show_conflict(error, ws)
    elif isinstance(error, InputError):
        show_faults(error, ws)
    else:
        st.error(str(error), icon=":material/error:")


def reopen(ws: Workspace) -> None:
    """Reads the scenario again from its folder."""
    try:
        ws.open(open_scenario(ws.folder))
    except InputError as error:
        show_faults(error, ws)
    else:
        ws.trouble = None
        st.rerun()
