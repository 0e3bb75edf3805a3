"""What the first visitor would otherwise wait for: done once, before the server answers."""

import gc
import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

from PIL import Image
from streamlit.emojis import EMOJI_EXTRACTION_REGEX

import ui.components
from planning.opening import open_known
from planning.saving import sample_folder
from ui.state import FIRST_SAMPLE
from ui.texts import entries


def warm() -> None:
    """Loads the libraries and parts of every page, and reads the scenario that a new tab shows.

    What is loaded then stays: the collector of garbage need not look through it again.
    """
    for module in iter_modules(ui.components.__path__, "ui.components."):
        import_module(module.name)
    Image.preinit()
    re.compile(EMOJI_EXTRACTION_REGEX)  # labels are searched for it
    inspect.stack()  # asked for at the first element drawn: the index of all modules that it makes is kept
    entries()
    open_known(sample_folder(FIRST_SAMPLE))
    gc.collect()
    gc.freeze()
