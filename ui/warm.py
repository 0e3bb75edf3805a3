"""What the first visitor would otherwise wait for: done once, before the server answers."""

from importlib import import_module
from pkgutil import iter_modules

import ui.components
from planning.saving import open_scenario, sample_folder
from ui.state import FIRST_SAMPLE


def warm() -> None:
    """Loads the libraries and parts of every page, and reads a scenario, which compiles the readers."""
    for module in iter_modules(ui.components.__path__, "ui.components."):
        import_module(module.name)
    open_scenario(sample_folder(FIRST_SAMPLE))
