"""A problem after a change that a way out proposes."""

from collections.abc import Collection
from datetime import timedelta

from roster.people import Leave, Person
from roster.problem import Problem
from solver.explain_results import Way
from solver.explain_world import changed


def changed_by(problem: Problem, way: Way) -> Problem:
    """The problem after a way out. A rule that is given up stays in its place: it is to be left out of the question."""
    if way.kind == "person":
        return with_people(problem, way.team, way.role, way.people)
    if way.kind == "leave":
        return without_leave(problem, way.leaves)
    return problem if way.rule is None or not way.field else with_rule(problem, way.rule, way.field, way.after)


def with_people(problem: Problem, team: str, role: str, people: int) -> Problem:
    """The problem with new full-time people of a role, without leave, like those who are there."""
    model = next((p for p in problem.people if p.home == (team, role) and not p.reserve), None)
    day = problem.horizon.start - timedelta(days=365)
    fields = model.model_dump() if model else {"team": team, "role": role, "certified_on": day, "qualification": "yes"}
    taken = {person.staff_id for person in problem.people}
    names = [name for name in (f"+{k}" for k in range(1, people + len(taken) + 1)) if name not in taken]
    own = {"fte": 1.0, "employed_from": None, "employed_to": None, "labour_flags": frozenset(), "phone": ""}
    new = [Person.model_validate(fields | own | {"staff_id": name, "name": name}) for name in names[:people]]
    return changed(problem, people=(*problem.people, *new))


def without_leave(problem: Problem, refused: Collection[Leave]) -> Problem:
    """The problem without some entries of leave."""
    return changed(problem, leave=tuple(leave for leave in problem.leave if leave not in refused))


def with_rule(problem: Problem, k: int, name: str, value: float) -> Problem:
    """The problem with another value in one field of a rule."""
    rules = list(problem.contract.rules)
    rules[k] = type(rules[k]).model_validate(rules[k].model_dump() | {name: value})
    return changed(problem, contract=problem.contract.model_copy(update={"rules": tuple(rules)}))
