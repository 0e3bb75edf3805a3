"""Coverage of a day and queue that the user chooses."""

import streamlit as st

from planning.coverage import coverage
from planning.draft import Draft
from planning.plan import Plan
from ui.components.coverage_chart import coverage_chart
from ui.state import Workspace


def day_coverage(ws: Workspace, plan: Plan, draft: Draft) -> None:
    """Two choices and the charts; a word where nothing is expected."""
    say, contract = ws.say, draft.problem.contract
    st.subheader(say("roster.coverage"))
    if plan.expected is None:
        st.caption(say("roster.no_demand"))
        return
    left, right = st.columns(2)
    names = {queue.id: queue.zh if say.language == "zh" else queue.en for queue in contract.queues}
    day = left.selectbox(say("roster.day"), draft.problem.horizon.dates, key="coverage-day")
    chosen = right.selectbox(say("roster.queue"), list(names), key="coverage-queue", format_func=names.__getitem__)
    queue = next(queue for queue in contract.queues if queue.id == chosen)
    table = coverage(draft.roster, plan.needed, queue, day, interval_minutes=plan.expected.interval_minutes)
    if table.empty:
        st.caption(say("roster.closed"))
    else:
        coverage_chart(table, say, key="coverage")
