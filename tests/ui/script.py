"""The front end for AppTest."""

from ui.main import run

run()
