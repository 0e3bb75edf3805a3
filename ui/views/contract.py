"""The contract: every clause as a card, its readings and rules to change."""

import streamlit as st

from planning.contract_text import own_rules, with_goal, with_labour, with_reading, with_rule
from planning.saving import encoded, save
from roster.base import Goal
from roster.contract import Clause, Contract
from roster.errors import LunbanError
from roster.loading.text_file import decode
from ui.components.faults import show_error
from ui.components.rule_card import ReadingChosen, RuleChanged, clause_card, rule_line
from ui.components.sample_note import sample_note
from ui.state import Workspace, workspace

KINDS = ("hard", "goal", "duty", "cap", "record", "kpi", "labour", "goals")


def show(ws: Workspace) -> None:
    """The page."""
    say, contract = ws.say, ws.scenario.contract
    st.title(say("contract.title"))
    sample_note(ws)
    if ws.trouble is not None:
        show_error(ws.trouble, ws)
    kind, found = _filter(ws, contract)
    st.caption(say("contract.shown", count=len(found)))
    change = _goals(ws, contract) if kind == "goals" else None
    own = own_rules(contract)
    for clause in found:
        change = clause_card(clause, contract, ws, own=own) or change
    if change is not None:
        _save(ws, change, own=own)


def _filter(ws: Workspace, contract: Contract) -> tuple[str, list[Clause]]:
    """The kind chosen and the clauses of it that hold the words looked for."""
    say = ws.say
    names = {"": say("contract.all"), "labour": say("contract.labour"), "goals": say("contract.goals_title")}
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    kind = left.segmented_control(
        say("contract.filter"), ["", *KINDS], default="hard", key="contract-kind", required=True,
        format_func=lambda name: names.get(name) or say(f"kind.{name}"),
    )  # fmt: skip
    wanted = right.text_input(say("contract.search"), key="contract-search", icon=":material/search:").casefold()
    found = [clause for clause in contract.clauses if _of_kind(clause, kind or "")]
    return kind or "", [clause for clause in found if wanted in _words(clause, contract)]


def _of_kind(clause: Clause, kind: str) -> bool:
    if kind == "labour" or clause.source == "labour":
        return kind in ("", "labour") and (clause.source == "labour" or kind == "")
    return kind in ("", clause.kind, *clause.also)


def _words(clause: Clause, contract: Contract) -> str:
    rules = [rule for rule in contract.rules if clause.id in rule.clauses]
    said = [clause.id, *clause.title.words(), *clause.quote, *clause.demand.words(), clause.where]
    said += [word for rule in rules for word in (rule.kind, *rule.title, *rule.words())]
    return "\n".join(said).casefold()


def _goals(ws: Workspace, contract: Contract) -> RuleChanged | None:
    change = None
    with st.container(border=True):
        st.subheader(ws.say("contract.goals_title"))
        for at, goal in enumerate(contract.goals):
            change = rule_line(goal, at, contract, ws) or change
    return change


def _save(ws: Workspace, change: ReadingChosen | RuleChanged, *, own: int) -> None:
    """Writes the change into contract.toml, or shows why not; nothing is written then."""
    if isinstance(change, RuleChanged) and not change.changes:
        st.toast(ws.say("contract.unchanged"))
        return
    content = ws.opened.files["contract"]
    try:
        text = decode(content, "contract.toml")
        changed = encoded(_changed(text, change, own=own), like=content)
        ws.saved(save(ws.opened, "contract", changed), ws.say("contract.saved"))
        ws.drop_form(ws.editing)
        ws.editing = ""
    except LunbanError as error:
        ws.trouble = error
    st.rerun()


def _changed(text: str, change: ReadingChosen | RuleChanged, *, own: int) -> str:
    if isinstance(change, ReadingChosen):
        return with_reading(text, change.clause_id, change.reading)
    if isinstance(change.rule, Goal):
        return with_goal(text, change.index, change.changes)
    if change.index >= own:
        return with_labour(text, change.rule.kind, change.changes)
    return with_rule(text, change.index, change.changes)


show(workspace())
