"""Plan: solve in a child process, watch objective and bound, stop and keep the best."""

from datetime import date
from typing import cast

import pandas as pd
import streamlit as st

from planning.jobs import Job
from planning.plan import Plan
from planning.summary import summary
from roster.words import Words
from ui.components.progress import show_progress
from ui.state import MOST_DAYS, Workspace, jobs, workspace

FIRST_LIMIT_S = 30
POLL_S, REDRAW_S = 0.5, 2.0
"""How often the clock of a solve is read, and how often its charts, which cost far more, are drawn."""


def show(ws: Workspace) -> None:
    """The page."""
    say, job = ws.say, ws.job
    st.title(say("plan.title"))
    _ask(ws, job)
    if ws.draft is not None and (ws.draft.edited or ws.draft.settled):
        st.warning(say("plan.by_hand"), icon=":material/edit:")
    if job is None:
        return
    st.fragment(_watch, run_every=POLL_S if job.running else None)(ws, job)
    st.fragment(_progress, run_every=REDRAW_S if job.running else None)(ws, job)
    if not job.running:
        _ended(ws, job)


def _ask(ws: Workspace, job: Job | None) -> None:
    """The span, the time, and the button that starts."""
    say, running = ws.say, job is not None and job.running
    start, days, limit, go = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    ws.start = start.date_input(
        say("plan.start"), ws.start, date(2000, 1, 1), date(2100, 1, 1), format="YYYY-MM-DD", disabled=running
    )
    ws.days = int(days.number_input(say("plan.days"), 1, MOST_DAYS, ws.days, disabled=running))
    seconds = limit.number_input(say("plan.limit"), 1, 3600, FIRST_LIMIT_S, step=10, disabled=running, key="limit")
    label = say("plan.go" if job is None else "plan.again")
    if go.button(label, type="primary", disabled=running, width="stretch", icon=":material/play_arrow:"):
        ws.job_id = jobs().start(ws.scenario, ws.start, ws.days, time_limit=float(seconds)).id
        st.rerun()


def _watch(ws: Workspace, job: Job) -> None:
    """The time spent. Drawn again by itself while the solve runs; the page follows once it has ended."""
    say, running = ws.say, job.running
    if running:
        spent = min(job.seconds / job.time_limit, 1.0)
        begun = say("plan.running", seconds=job.seconds, limit=job.time_limit)
        text = begun if job.progress else say("plan.preparing")
        bar, stop = st.columns([3, 1], vertical_alignment="center")
        bar.progress(spent, say("plan.stopping") if job.stopping else text)
        if stop.button(say("plan.stop"), disabled=job.stopping, width="stretch", icon=":material/stop:", key="stop"):
            job.stop()
    if not running and ws.watching == job.id:
        ws.watching = ""
        st.rerun()
    if running:
        ws.watching = job.id


def _progress(ws: Workspace, job: Job) -> None:
    """Objective and bound as they came."""
    if replies := job.progress:
        show_progress(replies, ws.say)


def _ended(ws: Workspace, job: Job) -> None:
    say, made = ws.say, job.result
    if made is None:
        st.error(say("plan.failed", error=job.error), icon=":material/error:")
        return
    if made.roster is None:
        st.warning(say("plan.none"), icon=":material/hourglass_disabled:")
        return
    took = {"solving": made.outcome.seconds, "wall": made.wall_s}
    ended = "plan.kept" if job.state == "stopped" else "plan.done"
    st.success(say(ended, status=say(f"status.{made.outcome.status}"), **took))
    _result(ws, made)


def _result(ws: Workspace, made: Plan) -> None:
    say, facts = ws.say, summary(made)
    first = facts["first_roster_s"]
    figures = {
        "status": say(f"status.{made.outcome.status}"),
        "hard": made.hard_breaches,
        "first": "–" if first is None else f"{first:.1f} s",
        "wall": f"{made.wall_s:.1f} s",
    }
    for column, (name, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(say(f"plan.{name}"), value)
    levels = [
        (f"{level['level']} {say('level.' + str(level['level']))}", level["objective"], level["bound"], level["gap"],
         say.named("unit", str(level["unit"]).replace(" ", "-")))
        for level in _lines(facts["levels"])
    ]  # fmt: skip
    heads = ("level", "objective", "bound", "gap", "unit")
    frame = pd.DataFrame(levels, columns=[say(f"plan.{head}") for head in heads])
    shown = frame.style.format({say("plan.gap"): "{:.2%}"}, precision=2)
    st.dataframe(shown, hide_index=True, width="stretch", placeholder="")
    for level in _lines(facts["levels"]):
        if level["bound"] != level["objective"]:
            st.info(_unsettled(ws, level), icon=":material/hourglass_empty:")
    _service(ws, facts)
    for warning in made.warnings:
        st.warning(say("plan.warning", text=say.of(warning)), icon=":material/info:")


def _unsettled(ws: Workspace, level: dict[str, object]) -> str:
    """A level in words whose best value is not proven."""
    say = ws.say
    name, unit = say(f"level.{level['level']}"), say.named("unit", str(level["unit"]).replace(" ", "-"))
    return say("plan.unsettled", name=name, objective=level["objective"], bound=level["bound"], unit=unit)


def _lines(listed: object) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", listed)


def _service(ws: Workspace, facts: dict[str, object]) -> None:
    say = ws.say
    names = {queue.id: say.of(Words(queue.zh, queue.en)) for queue in ws.scenario.contract.queues}
    rows = [
        (names.get(str(line["queue"]), line["queue"]), line["expected"], line["served_share"], line["target"])
        for line in _lines(facts["service"])
    ]
    if not rows:
        return
    st.markdown(f"**{say('plan.served')}**")
    frame = pd.DataFrame(rows, columns=[say(f"plan.{head}") for head in ("queue", "expected", "share", "target")])
    shown = frame.style.format({say("plan.share"): "{:.1%}", say("plan.target"): "{:.0%}"}, precision=1, na_rep="–")
    st.dataframe(shown, hide_index=True, width="stretch")


show(workspace())
