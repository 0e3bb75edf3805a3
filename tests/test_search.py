"""The search for the fewest people: whatever the answers are, and with few trials where they lie close together."""

import numpy as np
import pytest

from roster.staffing.requirement import requirement
from roster.staffing.search import fewest
from roster.staffing.targets import ServiceTargets


@pytest.mark.parametrize("seed", range(20))
def test_any_answers_are_found(seed):
    random = np.random.default_rng(seed)
    answer = random.integers(0, 1 + random.choice([1, 10, 500]), random.integers(1, 80))
    erlangs = random.uniform(0, 200, len(answer))
    most = int(answer.max())
    np.testing.assert_array_equal(fewest(lambda at, n: n >= answer[at], erlangs, most), answer)


def test_what_no_number_meets_is_one_more_than_the_most():
    assert fewest(lambda at, n: np.zeros(len(at), dtype=bool), np.array([0.0, 3.0, 700.0]), 500).tolist() == [501] * 3


def test_nothing_to_search():
    assert fewest(lambda at, n: n >= 0, np.zeros(0), 10).tolist() == []


def test_neighbours_spare_trials():
    """A thousand loads up to 4000 erlangs: three trials each, not the twelve of halving."""
    erlangs = np.random.default_rng(1).uniform(500, 4000, 1000)
    answer, tried = np.ceil(erlangs + 0.8 * np.sqrt(erlangs)), []

    def holds(at, n):
        tried.append(len(at))
        return n >= answer[at]

    assert (fewest(holds, erlangs, 100_000) == answer).all()
    assert sum(tried) < 4 * len(erlangs)


def test_more_people_than_there_can_be_are_refused():
    with pytest.raises(ValueError, match="100000"):
        requirement(1e7, 3600, ServiceTargets(180, answer_rate=0.9))
