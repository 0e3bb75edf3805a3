"""Linear algebra takes one thread, however the program is entered: NumPy reads the number when it is loaded."""

import os
import subprocess
import sys

import pytest

WATCHED = """
import importlib, os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print(os.environ.get("OPENBLAS_NUM_THREADS"), flush=True)
            os._exit(0)

sys.meta_path.insert(0, Watch())
importlib.import_module(sys.argv[1])
"""


def threads_at_numpy(entry: str, **environment: str) -> str:
    """What stands in the environment when NumPy is first looked for."""
    free = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", WATCHED, entry]
    done = subprocess.run(command, env=free | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("entry", ["app", "planning.cli", "planning.demand", "solver.model", "solver.worker"])
def test_one_thread_is_asked_for_before_numpy_is_loaded(entry):
    assert threads_at_numpy(entry) == "1"


def test_who_asks_for_more_gets_more():
    assert threads_at_numpy("planning.cli", OPENBLAS_NUM_THREADS="3") == "3"
