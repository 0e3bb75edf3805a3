"""One person's best legal roster against prices, by dynamic programming over days.

`compile_person` reads the statements about one person. What depends on the order of days (rest, runs, stints, days of
rest, weekends) becomes small automata whose product is a layered graph; sums over many days become counters beside it.
"""

from solver.person.compiling import compile_person
from solver.person.program import Best, Program

__all__ = ["Best", "Program", "compile_person"]
