"""A whole roster out of the relaxation: person by person, beside what the relaxation has all others do."""

from collections.abc import Iterable

import numpy as np

from solver.search.columns.crew import Crew
from solver.search.columns.flow import Relaxation


def rounded(crew: Crew, relaxed: Relaxation, order: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The cells, by person. Whoever is in turn answers best; nobody's answer waits for those that come later."""
    rows = crew.rows
    counts = np.sum(relaxed.usual, axis=0)
    found: dict[int, tuple[int, ...]] = {}
    for person in order:
        counts = counts - relaxed.usual[person]
        answer = crew.programs[person].best(rows.marginal(counts, person)).cells
        if answer is not None:
            found[person] = tuple(int(rows.first[person]) + k for k in sorted(answer))
            touched, weights = rows.of(found[person])
            counts[touched] += weights
    return found
