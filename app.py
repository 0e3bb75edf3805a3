"""The front end as one server: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.warm import warm


def health(_: Request) -> PlainTextResponse:
    """Answers that the server is up."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


warm()
app = st.App(Path(__file__).parent / "ui" / "main.py", routes=[Route("/healthz", health)])
