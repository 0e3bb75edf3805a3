"""An explanation as JSON: figures, clauses with place and quote, and every sentence in both languages."""

import json
from typing import Any

from pydantic import TypeAdapter

from planning.explain import Told
from planning.explain_words import clash_sentences, sentences, way_out
from roster.contract import Contract
from roster.problem import Problem
from solver.explain_results import CellTold, Clash, CostsTold, Explanation, Way

_ANSWER: TypeAdapter[Explanation | CellTold | CostsTold] = TypeAdapter(Explanation | CellTold | CostsTold)


def explain_json(told: Told) -> str:
    """The explanation as indented JSON text."""
    return json.dumps(explained(told), ensure_ascii=False, indent=2) + "\n"


def explained(told: Told) -> dict[str, Any]:
    """The explanation as plain values. Rules are given with clause, kind, place and quote instead of numbers."""
    problem, answer = told.problem, told.answer
    plain = _ANSWER.dump_python(answer, mode="json")
    about = "clashes"
    if isinstance(answer, Explanation):
        alone = len(answer.clashes) == 1
        plain["clashes"] = [_clash(problem, clash, alone=alone) for clash in answer.clashes]
        plain["together"] = [_way(problem, way) for way in answer.together]
        for short in plain["unplaced"]:
            short["rule"] = _rule(problem.contract, short["rule"])
    elif isinstance(answer, CellTold):
        about = "cell"
        for taker in plain["takers"]:
            taker["breaks"] = [_rule(problem.contract, k) for k in taker["breaks"]]
        if plain["otherwise"]:
            plain["otherwise"]["worse"] = [_rule(problem.contract, k) for k in plain["otherwise"]["worse"]]
    else:
        about = "costs"
        plain["costs"] = [
            {"rule": _rule(problem.contract, cost.rule), "gain": [list(part) for part in cost.gain]}
            for cost in answer.costs
        ]
    head = {
        "scenario": problem.contract.id, "start": problem.horizon.start.isoformat(), "days": problem.horizon.days,
        "about": about,
    }  # fmt: skip
    return head | plain | {"sentences": [words._asdict() for words in sentences(told)]}


def _clash(problem: Problem, clash: Clash, *, alone: bool) -> dict[str, Any]:
    plain = TypeAdapter(Clash).dump_python(clash, mode="json")
    plain["rules"] = [_rule(problem.contract, k) for k in clash.rules]
    for short in plain["short"]:
        short["rule"] = _rule(problem.contract, short["rule"])
    plain["ways"] = [_way(problem, way) for way in clash.ways]
    return plain | {"sentences": [words._asdict() for words in clash_sentences(problem, clash, alone=alone)]}


def _way(problem: Problem, way: Way) -> dict[str, Any]:
    plain = TypeAdapter(Way).dump_python(way, mode="json")
    rule = None if way.rule is None else _rule(problem.contract, way.rule)
    return plain | {"rule": rule, "words": way_out(problem, way)._asdict()}


def _rule(contract: Contract, k: int) -> dict[str, Any]:
    rule = contract.rules[k]
    clause = contract.clause(rule.clauses[0])
    return {
        "clause": rule.clauses[0], "clauses": list(rule.clauses), "rule": rule.kind, "document": clause.document,
        "where": clause.where, "quote": list(clause.quote), "level": rule.level,
    }  # fmt: skip
