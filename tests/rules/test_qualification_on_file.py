import pytest

from roster.rules.qualification_on_file import QualificationOnFile
from tests.worlds import MONDAY, agree, breaches, catches, duty, person, world

RULE = QualificationOnFile(clauses=("T-1",))
ANN, BLANK, NONE = person("A"), person("B", qualification=" "), person("N", qualification="")


def found(*cells, past=()):
    small = world(cells, past=past)
    return breaches(RULE, small.roster(small.free))


def test_an_entry_is_enough():
    assert found((ANN, duty(0))) == []


@pytest.mark.parametrize("who", [BLANK, NONE])
def test_work_without_one_is_measured(who):
    (breach,) = found((who, duty(0, "9-17.01")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (481, 0, "min", 481)
    assert (breach.day, breach.staff_ids) == (MONDAY, (who.staff_id,))


def test_training_and_the_past_are_free():
    assert found((NONE, duty(0, kind="training")), past=[(NONE, duty(-1))]) == []


WORLD = world([(ANN, duty(0)), (BLANK, duty(0)), (NONE, duty(1)), (NONE, duty(0, kind="training")), (ANN, duty(1))])


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if not c.person.qualification))
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if not c.person.qualification.strip()))
