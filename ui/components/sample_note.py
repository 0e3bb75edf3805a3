"""A sample inside the package is not edited: it is copied to a folder of the user's own first."""

from pathlib import Path

import streamlit as st

from planning.samples import write_sample
from planning.saving import open_scenario
from roster.errors import InputError
from ui.components.faults import show_faults
from ui.state import Workspace


def sample_note(ws: Workspace) -> None:
    """For a sample: says so, and offers the copy. Draws nothing for a folder of the user's own."""
    if not ws.sample:
        return
    say = ws.say
    with st.container(border=True):
        st.info(say("copy.why"), icon=":material/folder_copy:")
        place, button = st.columns([4, 1], vertical_alignment="bottom")
        folder = place.text_input(say("copy.folder"), str(Path.home() / "lunban" / ws.folder.name), key="copy-to")
        if button.button(say("copy.button"), type="primary", width="stretch"):
            target = Path(folder.strip()).expanduser()
            try:
                write_sample(ws.folder.name, target)
                start, days = ws.start, ws.days
                ws.open(open_scenario(target))
            except InputError as error:
                show_faults(error, ws)
                return
            ws.start, ws.days = start, days
            ws.notice = say("copy.done", folder=target)
            st.rerun()
