"""A form for any rule or goal: one widget a field, and what was changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import streamlit as st
from pydantic import BaseModel

from roster.contract import Contract
from ui.components.rule_fields import FormField, changes, form_fields
from ui.texts import Say

_COLUMNS = 3


@dataclass(frozen=True)
class Filled:
    """A form as it stands: what is entered by field, what that changes in the rule, and what the user asks."""

    entered: Mapping[str, Any]
    changes: Mapping[str, Any]
    asked: Literal["", "save", "discard"]


def rule_form(rule: BaseModel, contract: Contract, say: Say, *, start: Mapping[str, Any], key: str) -> Filled:
    """Draws the form. `start` holds by field what was entered before and is not saved; `key` changes with it."""
    fields = form_fields(rule, contract)
    names = _names(contract, say, team=getattr(rule, "team", ""))
    entered: dict[str, Any] = {}
    columns = st.columns(_COLUMNS)
    for at, field in enumerate(fields):
        shown = replace(field, value=start.get(field.name, field.value))
        with columns[at % _COLUMNS]:
            entered[field.name] = _widget(shown, say, names, key=f"{key}-{field.name}")
    made = changes(fields, entered)
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button(say("contract.save"), type="primary", icon=":material/save:", key=f"{key}-save")
        discard = st.button(say("contract.discard"), disabled=not made, key=f"{key}-discard")
        if made:
            st.markdown(f":orange[●] {say('contract.unsaved')}")
    return Filled(entered, made, "save" if save else "discard" if discard else "")


def _names(contract: Contract, say: Say, *, team: str) -> dict[str, str]:
    """What ids are called, in one language; roles by the names they have in the rule's team."""
    roles = [role for entry in contract.teams if entry.id == team for role in entry.roles]
    named = [*contract.posts, *contract.sites, *roles, *contract.teams]
    return {piece.id: f"{piece.zh if say.language == 'zh' else piece.en}（{piece.id}）" for piece in named}


def _widget(field: FormField, say: Say, names: Mapping[str, str], *, key: str) -> Any:
    label = say.named("field", field.name)
    help_text = field.meaning or None

    def called(option: Any) -> str:
        if field.name == "level":
            return f"{option} {say.named('level', str(option))}"
        if option in ("", None):
            return say("contract.none")
        return names.get(option, say.named("choice", str(option)))

    match field.kind:
        case "whole":
            low, high = (None if limit is None else int(limit) for limit in (field.minimum, field.maximum))
            return st.number_input(label, low, high, field.value, step=1, key=key, help=help_text)
        case "number":
            low, high = (None if limit is None else float(limit) for limit in (field.minimum, field.maximum))
            return st.number_input(label, low, high, field.value, format="%g", step=0.5, key=key, help=help_text)
        case "choice":
            options = (None, *field.options) if field.optional else field.options
            at = options.index(field.value) if field.value in options else 0
            return st.selectbox(label, options, at, format_func=called, key=key, help=help_text)
        case "texts":
            return st.multiselect(
                label, field.options, field.value, format_func=called, accept_new_options=True, key=key,
                placeholder=say("contract.none"), help=help_text,
            )  # fmt: skip
        case "yes_no":
            return st.checkbox(label, field.value, key=key, help=help_text)
        case "date":
            return st.date_input(
                label, field.value, date(2000, 1, 1), date(2100, 1, 1), format="YYYY-MM-DD", key=key, help=help_text
            )
        case _:
            hint = say("contract.form_hint") if field.kind == "windows" else help_text
            return st.text_input(label, field.value, key=key, help=hint)
