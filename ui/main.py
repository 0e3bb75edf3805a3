"""The script that every tab runs: page settings, navigation, and the page chosen."""

from pathlib import Path

import streamlit as st

from ui.state import Workspace, keep_address, workspace

HERE = Path(__file__).parent
# tables and the grid need the width that the framework leaves empty at the sides
ROOM = "<style>.stMainBlockContainer { padding: 3.2rem 1.5rem 2rem; }</style>"
ICONS = {
    "scenario": ":material/folder_open:",
    "contract": ":material/gavel:",
    "people": ":material/groups:",
    "plan": ":material/calculate:",
    "roster": ":material/calendar_view_month:",
    "compliance": ":material/fact_check:",
    "simulation": ":material/ssid_chart:",
    "explain": ":material/help:",
    "downloads": ":material/download:",
}


def run() -> None:
    """Draws the frame around the page chosen, and the page."""
    st.set_page_config(page_title="轮班 Lunban", page_icon=str(HERE / "icon.png"), layout="wide")
    st.html(ROOM)
    ws = workspace()
    ws.collect()
    frame, switch = st.sidebar.container(), st.sidebar.container()
    with switch:
        _language(ws)
    chosen = _page(ws)
    ws.enter(chosen.url_path)
    with frame:
        _frame(ws)
    keep_address(ws)
    chosen.run()


def _page(ws: Workspace) -> st.Page:
    """The page that the address names. Every page has an address of its own; the bare one leads to the first."""
    pages = [
        st.Page(HERE / "views" / f"{name}.py", title=ws.say(f"page.{name}"), icon=icon, url_path=name)
        for name, icon in ICONS.items()
    ]
    home = st.Page(_home, title=ws.say("app.title"), visibility="hidden", default=True)
    chosen = st.navigation([home, *pages])
    if chosen is home:
        st.switch_page(pages[0], query_params=st.query_params.to_dict())
    return chosen


def _home() -> None:
    """The bare address. Nothing is drawn there."""


def _language(ws: Workspace) -> None:
    """The language switch, read before anything is said."""
    chosen = st.segmented_control(
        "语言 / Language", ["zh", "en"], default=ws.language, key="language", required=True,
        format_func={"zh": "中文", "en": "English"}.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    ws.language = "en" if chosen == "en" else "zh"


def _frame(ws: Workspace) -> None:
    """What this tab works on, in the sidebar, and the latest notice."""
    say, contract = ws.say, ws.scenario.contract
    st.markdown(f"**{say.of(contract.title.words())}**")
    st.caption(" · ".join([say("app.span", start=ws.start, days=ws.days), *([say("app.sample")] if ws.sample else [])]))
    if ws.job is not None and ws.job.running:
        st.caption(f":material/hourglass_top: {say('app.running')}")
    if ws.outdated:
        st.caption(f":orange[:material/update: {say('app.outdated')}]")
    if ws.notice:
        st.toast(ws.notice, icon=":material/check:")
        ws.notice = ""


if __name__ == "__main__":
    run()
