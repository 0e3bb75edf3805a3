"""Every file of the roster in hand."""

from pathlib import Path

import streamlit as st

from planning.publishing import calendar_of, publish
from ui.components.download import File, files_of
from ui.state import Workspace, workspace


def show(ws: Workspace) -> None:
    """The page."""
    say, plan = ws.say, ws.edited
    st.title(say("downloads.title"))
    if plan is None or plan.roster is None:
        st.info(say("downloads.empty"), icon=":material/info:")
        return
    if plan is not ws.plan:
        st.caption(say("downloads.edited"))
    editions = None if ws.sample else ws.folder
    st.caption(say("downloads.first_editions" if ws.sample else "downloads.editions"))
    for file in files_of(plan, ws.language, editions=editions):
        _line(ws, file)
    people = {person.staff_id: f"{person.name} {person.staff_id}" for person in plan.problem.people}
    roster = plan.roster
    with st.container(border=True):
        text, button = st.columns([3, 1], vertical_alignment="bottom")
        who = text.selectbox(say("downloads.one"), list(people), format_func=people.__getitem__, key="calendar-of")
        button.download_button(
            say("downloads.download", file=f"{who}.ics"),
            lambda: publish(roster, editions, staff_id=who).get(calendar_of(who), b""),
            f"{who}.ics", "text/calendar", on_click="ignore", width="stretch", key="one-calendar",
        )  # fmt: skip


def _line(ws: Workspace, file: File) -> None:
    """One file with its button; it is made when the button is pressed."""
    with st.container(border=True):
        text, button = st.columns([3, 1], vertical_alignment="center")
        text.markdown(f"**{ws.say('downloads.' + file.text)}**  \n`{file.name}`")
        button.download_button(
            ws.say("downloads.download", file=Path(file.name).suffix), file.make, file.name, file.mime,
            on_click="ignore", key=f"get-{file.text}", width="stretch", icon=":material/download:",
        )  # fmt: skip


show(workspace())
