from datetime import timedelta

import pytest

from roster.rules.extra_posts import ExtraPosts
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

TUESDAY = MONDAY + timedelta(days=1)
RULE = ExtraPosts(clauses=("T-1",), team="desk", post="monitor", people=2, until=TUESDAY)
ANN, BOB, CYD = person("A"), person("B"), person("C")


def judged(*cells, rule=RULE, days=1):
    small = world(cells, days=days, people=[ANN, BOB, CYD])
    return breaches(rule, small.roster(small.free))


def test_one_short_is_measured():
    (breach,) = judged((ANN, duty(0, post="monitor")), (BOB, duty(0)))
    assert (breach.day, breach.found, breach.limit, breach.points) == (MONDAY, 1, 2, 480)
    assert breach.note.en == "post monitor"


@pytest.mark.parametrize(("hours", "kept"), [("9-13", True), ("9-12.59", False), ("9-11 11-12:lunch 12-14", True)])
def test_four_hours_at_the_post_count(hours, kept):
    cells = [(ANN, duty(0, post="monitor")), (BOB, duty(0, hours, post="monitor"))]
    assert (judged(*cells) == []) is kept


def test_the_season_ends_with_its_last_day_and_begins_with_its_first():
    assert [b.day.day for b in judged(days=7)] == [3, 4]
    later = RULE.model_copy(update={"since": TUESDAY, "until": None})
    assert [b.day.day for b in judged(days=7, rule=later)] == [4, 5, 6, 7]


WORLD = world(
    [
        (ANN, duty(0, post="monitor")), (BOB, duty(0, "6-10.30", post="monitor")), (BOB, duty(0, "11-15")),
        (CYD, duty(0, "9-11", post="monitor")), (ANN, duty(1, "9-13", post="monitor")),
        (BOB, duty(1, "12-20", post="monitor")), (CYD, duty(1, "9-17", post="monitor", team="lab", role="tech")),
        (ANN, duty(2, post="monitor")),
    ],
    days=3,
    past=[(CYD, duty(1, "8-8.30", post="monitor"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)


@pytest.mark.parametrize("broken", [{"people": 1}, {"minutes": 270}, {"until": None}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
