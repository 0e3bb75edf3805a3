"""The front end for AppTest, away from the folder `pages`: beside one it would run the pages without ui/main.py."""

from ui.main import run

run()
