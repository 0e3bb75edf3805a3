"""Choose a scenario and the days to plan."""

from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from planning.samples import samples
from planning.saving import open_scenario, sample_folder
from roster.calendar import Calendar, Horizon
from roster.errors import InputError
from ui.components.faults import show_faults
from ui.components.sample_note import sample_note
from ui.state import MOST_DAYS, Workspace, workspace


def show(ws: Workspace) -> None:
    """The page."""
    say = ws.say
    st.title(say("scenario.title"))
    left, right = st.columns([2, 3], gap="large")  # a week stands beside it whole
    with left:
        _choose(ws)
    with right:
        _span(ws)
    _about(ws)
    sample_note(ws)


def _choose(ws: Workspace) -> None:
    say = ws.say
    kinds = {"sample": say("scenario.sample"), "folder": say("scenario.folder")}
    kind = st.segmented_control(
        say("scenario.where"), list(kinds), default="sample" if ws.sample else "folder", format_func=kinds.__getitem__,
        key=f"scenario-kind-{ws.folder}", required=True,
    )  # fmt: skip
    if kind == "sample":
        names = samples()
        at = names.index(ws.folder.name) if ws.sample else 0
        folder = sample_folder(st.selectbox(say("scenario.name"), names, at, key="sample-name"))
    else:
        shown = "" if ws.sample else str(ws.folder)
        said = st.text_input(
            say("scenario.path"), shown, help=say("scenario.path_help"), key=f"scenario-path-{ws.folder}"
        )
        folder = Path(said.strip()).expanduser() if said.strip() else ws.folder
    if st.button(say("scenario.open"), type="primary", icon=":material/folder_open:"):
        try:
            ws.open(open_scenario(folder))
        except InputError as error:
            show_faults(error, ws, title=say("scenario.faults", count=len(error.faults)))
        else:
            ws.notice = say("scenario.opened", folder=folder.name)
            st.rerun()


def _span(ws: Workspace) -> None:
    say = ws.say
    start, days = st.columns([2, 1])
    ws.start = start.date_input(
        say("scenario.start"), ws.start, date(2000, 1, 1), date(2100, 1, 1), format="YYYY-MM-DD"
    )
    ws.days = int(days.number_input(say("scenario.days"), 1, MOST_DAYS, ws.days))
    calendar = Calendar(ws.scenario.day_overrides)
    dates = Horizon(ws.start, ws.days, ws.scenario.contract.timezone).dates[:31]
    kinds = [say.named("day", calendar.day_type(day).value) for day in dates]
    weekdays = ["一二三四五六日"[day.weekday()] if say.language == "zh" else f"{day:%a}" for day in dates]
    frame = pd.DataFrame([weekdays, kinds], columns=[f"{day:%m-%d}" for day in dates])
    st.dataframe(frame, hide_index=True, width="stretch", height="content")


def _about(ws: Workspace) -> None:
    say, scenario = ws.say, ws.scenario
    contract = scenario.contract
    with st.container(border=True):
        st.subheader(say.of(contract.title.words()))
        st.caption(
            " · ".join(
                (
                    say("scenario.buyer", buyer=say.of(contract.buyer.words())),
                    say("scenario.period", start=contract.period.start, end=contract.period.end),
                    say("scenario.at", folder=scenario.folder),
                )
            )
        )
        figures = {
            "people": len(scenario.people), "teams": len(contract.teams), "clauses": len(contract.clauses),
            "rules": len(contract.rules), "leave": len(scenario.leave), "requests": len(scenario.requests),
        }  # fmt: skip
        for column, (name, count) in zip(st.columns(len(figures)), figures.items(), strict=True):
            column.metric(say(f"scenario.{name}"), count)
        for warning in scenario.warnings:
            st.warning(say.of(warning), icon=":material/info:")


show(workspace())
