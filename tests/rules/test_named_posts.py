from dataclasses import replace

import pytest

from roster.rules.named_posts import NamedPosts
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = NamedPosts(clauses=("T-1",), team="desk", posts=("service", "ratings"))
ANN, BOB = person("A"), person("B")


def both(day, hours="9-12 12-13 13-17", second="ratings"):
    """A day at `service` with its second stretch at another post."""
    plain = duty(day, hours, post="service")
    spans = tuple(replace(span, post=second if k == 1 else span.post) for k, span in enumerate(plain.spans))
    return replace(plain, spans=spans)


def judged(*cells, rule=RULE, days=1):
    small = world(cells, days=days, people=[ANN, BOB])
    return breaches(rule, small.roster(small.free))


def test_an_empty_post_is_named():
    (breach,) = judged((ANN, duty(0, post="service")))
    assert (breach.day, breach.team, breach.found, breach.limit, breach.points) == (MONDAY, "desk", 0, 1, 480)
    assert breach.note.en == "post ratings"


def test_one_person_may_hold_two_posts():
    assert judged((ANN, both(0))) == []


def test_lunch_holds_no_post():
    assert [b.note.en for b in judged((ANN, both(0, "9-12 12-13:lunch 13-17")))] == ["post ratings"]


@pytest.mark.parametrize(("minutes", "kept"), [(60, True), (61, False)])
def test_service_at_the_post_is_added_up(minutes, kept):
    assert (judged((ANN, both(0)), rule=RULE.model_copy(update={"minutes": minutes})) == []) is kept


def test_another_team_s_post_does_not_help():
    assert len(judged((ANN, duty(0, team="lab", role="tech", post="service")))) == 2


def test_days_off_are_free():
    assert len(judged(days=7)) == 10


WORLD = world(
    [
        (ANN, both(0)), (BOB, duty(0, "9-13", post="service")), (BOB, duty(0, "14-15", post="ratings", team="lab")),
        (ANN, both(1, "8-12 12-12.30 12.30-16")), (BOB, duty(1, "9-9.45", post="ratings")),
        (BOB, duty(1, "10-19", post="service")), (BOB, duty(1, "20-21", kind="training", post="ratings")),
    ],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)
    agree(RULE.model_copy(update={"minutes": 45}), WORLD)


@pytest.mark.parametrize("broken", [{"people": 2}, {"posts": ("service",)}, {"minutes": 40}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
