"""People of one form share a program; it answers for each as a program of his own would."""

import numpy as np

from benchmarks.hotline import problem
from roster.base import CONTRACT
from solver import statements as said
from solver.build import build
from solver.person import compile_person
from solver.person.form import form_of


def test_people_share_a_form_exactly_where_their_programs_answer_alike():
    recorder = build(problem(12, 7, interval_minutes=60))
    drawn = np.random.default_rng(1)
    forms = {}
    for person in recorder.problem.people:
        about = [
            one for one in recorder.stated if one.level <= CONTRACT and person.staff_id in said.subjects(one.statement)
        ]
        alone = recorder.narrowed(recorder.cells_of(person), about)
        forms.setdefault(form_of(alone, person), []).append(compile_person(alone, person, {}))
    assert 1 < len(forms) < 12
    for programs in forms.values():
        prices = drawn.normal(size=programs[0].cells)
        assert len({program.best(prices).cost for program in programs}) == 1
    away = [programs[0] for programs in forms.values()]
    prices = drawn.normal(size=min(program.cells for program in away))
    assert len({program.best(prices).cost for program in away if program.cells == len(prices)}) > 1
