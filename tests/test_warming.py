"""What is compiled while nothing is asked yet is what a large problem needs."""

import subprocess
import sys
from pathlib import Path

from numba.core.dispatcher import Dispatcher

from benchmarks.hotline import problem
from solver.build import build
from solver.levels import Settings
from solver.person import kernels
from solver.search import anneal, tally
from solver.search.columns import pricing
from solver.solving import solve_recorded
from solver.warming import warm


def compiled():
    """The functions called from Python, with the signatures they are compiled for."""
    functions = (
        anneal.anneal,
        tally.fill,
        kernels.forward,
        kernels.finish,
        kernels.trace,
        kernels.class_prices,
        pricing._add,
    )
    assert all(isinstance(function, Dispatcher) for function in functions)
    return {function.__name__: set(function.signatures) for function in functions}


def test_warming_compiles_all_that_a_search_calls():
    alone = "from tests.test_warming import compiled, warm; warm(); print([k for k, v in compiled().items() if not v])"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", alone], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_large_problem_compiles_nothing_more():
    warm()
    before = compiled()
    solve_recorded(build(problem(6, 3, interval_minutes=60)), Settings(time_limit=1), large=0)
    assert compiled() == before
