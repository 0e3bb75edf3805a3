"""Staff, leave and requests: edited in tables, imported, downloaded, saved through the loaders."""

import streamlit as st

from planning.saving import save, try_out
from planning.table_text import TABLES, as_stored, as_workbook, sheet_of, table_bytes, text_rows
from roster.errors import InputError, LunbanError
from roster.exports.catalogue import leave_kinds, named
from ui.components.faults import show_error, show_faults
from ui.components.sample_note import sample_note
from ui.components.tables import column_config, edited_rows, editor_frame
from ui.components.upload import upload
from ui.state import Workspace, workspace

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(ws: Workspace) -> None:
    """The page."""
    say = ws.say
    st.title(say("people.title"))
    sample_note(ws)
    if ws.trouble is not None:
        show_error(ws.trouble, ws)
    name = st.segmented_control(
        say("people.title"), list(TABLES), default="staff", key="table", required=True,
        format_func=lambda table: say(f"people.{table}"),
        label_visibility="collapsed",
    )  # fmt: skip
    ws.show_table(name or "staff")
    _table(ws, name or "staff")
    _files(ws, name or "staff")


def _table(ws: Workspace, name: str) -> None:
    say, table, content = ws.say, TABLES[name], ws.opened.files[name]
    rows = text_rows(sheet_of(name, content))
    frame = ws.base(name, lambda: editor_frame(table, rows))
    st.caption(say("people.hint"))
    edited = st.data_editor(
        frame, key=f"editor-{name}-{ws.table_visit(name)}", num_rows="dynamic", hide_index=True, width="stretch",
        placeholder="",
        column_config=column_config(table, ws.scenario.known, say, frame, _names(ws, name)), disabled=ws.sample,
        height=min(560, 72 + 35 * max(len(frame), 3)),
    )  # fmt: skip
    now = edited_rows(table, edited, rows)
    changed = now != edited_rows(table, editor_frame(table, rows), rows)
    ws.keep_table(name, edited if changed else None)
    save_it, discard, note = st.columns([1, 1, 4], vertical_alignment="center")
    if changed:
        note.markdown(f":orange[●] {say('people.unsaved')}")
    if save_it.button(say("people.save"), type="primary", disabled=not changed or ws.sample, width="stretch"):
        _save(ws, name, table_bytes(name, now, like=content), "people.saved")
    if discard.button(say("people.discard"), disabled=not changed, width="stretch"):
        ws.drop_table(name)
        st.rerun()


def _names(ws: Workspace, table: str) -> dict[str, str]:
    """What stands beside the ids of a table's lists: names of people, kinds of leave in words."""
    if table == "staff":
        return {}
    people = {person.staff_id: person.name for person in ws.scenario.people}
    kinds = {kind: ws.say.of(named("activity", kind)) for kind in leave_kinds().values()} if table == "leave" else {}
    return kinds | people


def _save(ws: Workspace, name: str, content: bytes, notice: str) -> None:
    try:
        opened = save(ws.opened, name, content)
    except LunbanError as error:
        ws.trouble = error
    else:
        count = len(text_rows(sheet_of(name, content)))
        ws.saved(opened, ws.say(notice, file=opened.path(name).name, count=count))
        ws.drop_table(name)
    st.rerun()


def _files(ws: Workspace, name: str) -> None:
    say, content = ws.say, ws.opened.files[name]
    left, right = st.columns([3, 2], gap="large")
    with left:
        key = f"upload-{name}-{ws.table_visit(name)}"
        given = upload(say("people.upload"), ("csv", "xlsx"), say, key=key, disabled=ws.sample)
        if given is not None:
            _import(ws, name, given.getvalue())
    with right:
        stem = f"{ws.scenario.contract.id}-{name}"
        if content:
            st.download_button(
                say("people.xlsx"), lambda: as_workbook(name, content), f"{stem}.xlsx", _XLSX, on_click="ignore",
                icon=":material/download:", width="stretch",
            )  # fmt: skip
            st.download_button(
                say("people.csv"), content, ws.opened.path(name).name, on_click="ignore", icon=":material/download:",
                width="stretch",
            )  # fmt: skip


def _import(ws: Workspace, name: str, content: bytes) -> None:
    """Tries an upload through the loaders; only a good one can be imported."""
    say, stored = ws.say, ws.opened.files[name]
    try:
        try_out(ws.opened, name, content)
    except InputError as error:
        show_faults(error, ws, title=say("people.upload_bad", count=len(error.faults)))
        return
    counts = {"count": len(text_rows(sheet_of(name, content))), "old": len(text_rows(sheet_of(name, stored)))}
    st.success(say("people.upload_good", **counts), icon=":material/check:")
    if st.button(say("people.import"), type="primary"):
        _save(ws, name, as_stored(name, content, stored=stored), "people.imported")


show(workspace())
