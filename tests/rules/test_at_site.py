import pytest

from roster.rules.at_site import AtSite
from tests.worlds import MONDAY, agree, breaches, catches, disagree, duty, person, world

RULE = AtSite(clauses=("T-1",), teams=("desk",), sites=("onsite",))
ANN, TOM = person("A"), person("T", team="lab", role="tech", skills=[("desk", "agent")])


def found(*cells, rule=RULE, past=()):
    small = world(cells, past=past, people=[ANN, TOM])
    return breaches(rule, small.roster(small.free))


def test_work_at_the_site_keeps_it_and_elsewhere_is_measured():
    assert found((ANN, duty(0, site="onsite"))) == []
    (breach,) = found((ANN, duty(0, "9-12 12-13:lunch 13-17.01", site="remote")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (421, 0, "min", 421)
    assert (breach.day, breach.staff_ids, breach.team) == (MONDAY, ("A",), "desk")


def test_training_elsewhere_breaks_it_and_standing_by_does_not():
    assert [b.found for b in found((ANN, duty(0, "9-10", kind="training")))] == [60]
    assert found((ANN, duty(0, kind="oncall")), (ANN, duty(1, kind="backup"))) == []


def test_one_of_several_sites_will_do():
    both = RULE.model_copy(update={"sites": ("onsite", "office")})
    assert found((ANN, duty(0, site="onsite")), (ANN, duty(1, site="office")), rule=both) == []


def test_the_team_of_the_row_counts():
    assert found((TOM, duty(0, team="lab", role="tech"))) == []
    assert [b.staff_ids for b in found((TOM, duty(0)))] == [("T",)]


def test_the_past_is_not_judged():
    assert found(past=[(ANN, duty(-1, site="remote"))]) == []


WORLD = world(
    [
        (ANN, duty(0, site="onsite")), (ANN, duty(0, site="remote")), (ANN, duty(0, site="office", kind="oncall")),
        (ANN, duty(1, "9-10", site="office", kind="training")), (ANN, duty(1, "12-13:lunch", site="office")),
        (TOM, duty(0, site="office")), (TOM, duty(1, team="lab", role="tech", site="office")),
        (TOM, duty(1, "8-16.30", site="onsite")),
    ],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


@pytest.mark.parametrize(
    "broken", [{"sites": ("onsite", "office")}, {"teams": ("desk", "lab")}, {"sites": ("remote",)}]
)
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)


def test_world_notices_that_training_is_forgotten():
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if c.duty.serving and c.duty.site != "onsite"
                                             and c.duty.team == "desk"))  # fmt: skip
