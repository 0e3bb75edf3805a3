"""A clause as a card: what the tender says, how it is read, and the rules that state it."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from roster.base import Goal, Rule
from roster.contract import Clause, Contract
from roster.exports.names import Names
from ui.components.rule_form import rule_form
from ui.state import Workspace

KIND_COLOURS = {
    "hard": "red", "goal": "blue", "duty": "violet", "cap": "orange", "record": "gray", "kpi": "green",
}  # fmt: skip


@dataclass(frozen=True)
class ReadingChosen:
    """Another reading of a clause."""

    clause_id: str
    reading: str


@dataclass(frozen=True)
class RuleChanged:
    """Changed parameters of the contract's rule number `index`, goals counted for themselves."""

    rule: Rule | Goal
    index: int
    changes: dict[str, Any]


def clause_card(clause: Clause, contract: Contract, ws: Workspace, *, own: int) -> ReadingChosen | RuleChanged | None:
    """Draws a clause with its rules. `own` rules are the contract's, those after them labour law's.

    Returns what the user changed, None for nothing.
    """
    say = ws.say
    change: ReadingChosen | RuleChanged | None = None
    with st.container(border=True):
        badges = " ".join(f":{KIND_COLOURS[kind]}-badge[{say('kind.' + kind)}]" for kind in (clause.kind, *clause.also))
        st.markdown(f"**{clause.id}** &nbsp; **{escaped(say.of(clause.title.words()))}** &nbsp; {badges}")
        st.caption(escaped(f"{say.named('document', clause.document)} · {clause.where}"))
        st.markdown("\n".join(f"> {escaped(' '.join(quote.split()))}  " for quote in clause.quote))
        if say.language == "en" or not any("一" <= letter <= "鿿" for letter in "".join(clause.quote)):
            st.markdown(escaped(say.of(clause.demand.words())))
        if clause.reading:
            change = _reading(clause, ws)
        rules = [(at, rule) for at, rule in enumerate(contract.rules) if clause.id in rule.clauses]
        for at, rule in rules:
            change = rule_line(rule, at, contract, ws, clause=clause, own=own) or change
        if not rules:
            st.caption(say("contract.no_rule"))
        if clause.evidence:
            st.caption(escaped(say("contract.evidence", text=say.of(clause.evidence.words()))))
    return change


def _reading(clause: Clause, ws: Workspace) -> ReadingChosen | None:
    """The readings to choose from; one of the labour law, or without another, stands as it is."""
    say = ws.say
    texts = {name: say.of(text.words()) for name, text in clause.readings.items()}
    if clause.source == "labour" or len(texts) < 2:
        st.markdown(f"{say('contract.reading')}: {escaped(texts.get(clause.reading or '', clause.reading or ''))}")
        return None
    names = list(texts)
    chosen = st.selectbox(
        say("contract.reading"), names, names.index(clause.reading or names[0]),
        format_func=lambda name: texts[name], disabled=ws.sample,
        key=f"reading-{clause.id}-{ws.opened.fingerprint[:12]}",
    )  # fmt: skip
    return ReadingChosen(clause.id, chosen) if chosen != clause.reading else None


def rule_line(
    rule: Rule | Goal, index: int, contract: Contract, ws: Workspace, *, clause: Clause | None = None, own: int = 0
) -> RuleChanged | None:
    """A rule in its sentence with a button that opens its form. The form stands with the rule's first clause."""
    say = ws.say
    key = f"{'rule' if isinstance(rule, Rule) else 'goal'}-{index}"
    text, button = st.columns([6, 1], vertical_alignment="center")
    live = isinstance(rule, Goal) or contract.governs(rule)
    text.markdown(f"{'▸' if live else '▹'} **{say.of(rule.title)}** {escaped(say.of(Names(contract).rule(rule)))}")
    if isinstance(rule, Rule) and not live and clause is not None:
        named = clause.readings.get(rule.reading or "")
        text.caption(escaped(say("contract.not_in_force", reading=say.of(named.words()) if named else rule.reading)))
    here = isinstance(rule, Goal) or clause is None or rule.clauses[0] == clause.id
    if not here or len(type(rule).model_fields) <= 3:
        return None
    open_now = ws.editing == key
    if ws.forms.get(key) and not open_now:
        text.markdown(f":orange[●] {say('contract.unsaved')}")
    button.button(
        say("contract.close" if open_now else "contract.edit"), key=f"edit-{key}", on_click=ws.edit,
        args=("" if open_now else key,), disabled=ws.sample, width="stretch",
    )  # fmt: skip
    if not open_now or ws.sample:
        return None
    if isinstance(rule, Rule) and index >= own:
        st.caption(say("contract.from_law", kind=rule.kind))
    return _form(rule, index, contract, ws, key)


def _form(rule: Rule | Goal, index: int, contract: Contract, ws: Workspace, key: str) -> RuleChanged | None:
    """The form of a rule; what is entered and not saved stays with the workspace."""
    filled = rule_form(rule, contract, ws.say, start=ws.form_start(key), key=f"{key}-{ws.form_visit}")
    ws.keep_form(key, {name: filled.entered[name] for name in filled.changes})
    if filled.asked == "discard":
        ws.drop_form(key)
        st.rerun()
    return RuleChanged(rule, index, dict(filled.changes)) if filled.asked == "save" else None


def escaped(text: str) -> str:
    """A text of the user's files with everything that Markdown would take for itself made plain."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+-!|~$:" else letter for letter in text)
