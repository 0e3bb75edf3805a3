"""An explanation in sentences, Chinese and English, with the clauses' own words and places."""

from collections.abc import Iterable, Iterator, Sequence

from planning.catalogue import pair
from planning.explain import Told
from planning.when_told import when_told
from roster.base import COST, Rule
from roster.exports.names import Names
from roster.people import Leave
from roster.problem import Problem
from roster.words import Words
from solver.explain_results import Bill, CellTold, Clash, CostsTold, Count, Explanation, Short, Taker, Way
from solver.outcome import LEVEL_UNITS, points_a_unit

SHOWN = 6
"""Places, takers and the like named one by one."""
say = pair


def sentences(told: Told) -> Iterator[Words]:
    """What an explanation says, one sentence after the other."""
    answer, problem = told.answer, told.problem
    if isinstance(answer, Explanation):
        yield say(f"explain.{answer.status}", count=len(answer.clashes))
        for k, clash in enumerate(answer.clashes, start=1):
            yield from clash_sentences(problem, clash, k, alone=len(answer.clashes) == 1)
        yield from closing(problem, answer)
    elif isinstance(answer, CellTold):
        yield from _cell(problem, answer)
    else:
        yield from _costs(problem, answer)


# clashes


def closing(problem: Problem, told: Explanation) -> Iterator[Words]:
    """What is said of all clashes, or of a roster that keeps everything."""
    if told.unplaced:
        yield say("explain.unplaced", **_places(problem, told.unplaced))
    if told.status == "clash" and not told.complete:
        yield say("explain.more_clashes")
    elif len(told.clashes) > 1:
        yield say("explain.together" if told.together else "explain.not_together")
    for way in told.together if len(told.clashes) > 1 else ():
        yield say("explain.way", way=way_out(problem, way))


def clash_sentences(problem: Problem, clash: Clash, number: int = 1, *, alone: bool = True) -> Iterator[Words]:
    """One clash: its clauses with their quotes, how much is missing, and the ways out. `alone`: there is no other."""
    kind = "smallest" if clash.smallest else "minimal" if clash.minimal else "clashing"
    single = "_one" if len(clash.rules) == 1 else ""
    yield say(f"explain.{kind}{single}", number=number, count=len(clash.rules))
    for k in _named(clash):
        yield asked(problem, problem.contract.rules[k])
    if len(_named(clash)) < len(clash.rules):
        yield say("explain.more_rules", count=len(clash.rules) - len(_named(clash)))
    if clash.count is not None:
        yield _count(clash.count)
    if clash.short:
        yield say("explain.nearest", **_places(problem, clash.short))
    ways = "explain.ways" if alone else "explain.ways_aside"
    yield say(ways if clash.ways else "explain.no_way")
    for way in clash.ways:
        yield say("explain.way", way=way_out(problem, way))


def _named(clash: Clash) -> Sequence[int]:
    """The rules told by name: all, or where some may be left out and there are many, those that fall short."""
    if clash.minimal or len(clash.rules) <= SHOWN:
        return clash.rules
    short = {short.rule for short in clash.short}
    return [k for k in clash.rules if k in short][:SHOWN] or clash.rules[:SHOWN]


def asked(problem: Problem, rule: Rule) -> Words:
    """What a rule asks, with the quote and the place of its clause."""
    clause = problem.contract.clause(rule.clauses[0])
    return say(
        "explain.clause", clause="/".join(rule.clauses), title=clause.title.words(), asks=_plain(problem, rule),
        quote=" ".join("；".join(clause.quote).split()), document=clause.document, where=clause.where,
    )  # fmt: skip


def way_out(problem: Problem, way: Way) -> Words:
    """A way out and what it takes."""
    takes = say("explain.takes", days=way.minutes / 480)
    names, rules = Names(problem.contract), problem.contract.rules
    if way.kind == "person":
        who = {"team": names.team(way.team), "role": names.role(way.team, way.role)}
        return say("explain.person", people=way.people, takes=takes, **who)
    if way.kind == "leave":
        told = _listed([_leave(problem, leave) for leave in way.leaves])
        return say("explain.leave", leaves=told, takes=takes)
    rule = rules[way.rule or 0]
    if not way.field:
        return say("explain.without", clause="/".join(rule.clauses), asks=_plain(problem, rule), takes=takes)
    eased = type(rule).model_validate(rule.model_dump() | {way.field: way.after})
    return say(
        "explain.eased", clause="/".join(rule.clauses), before=f"{way.before:g}", after=f"{way.after:g}",
        asks=_plain(problem, eased), takes=takes,
    )  # fmt: skip


def _count(count: Count) -> Words:
    first, last = (count.days[0], count.days[-1]) if count.days else ("", "")
    unit = say(f"explain.{count.unit}")
    return say("explain.count", first=first, last=last, asked=f"{count.asked:g}", there=f"{count.there:g}", unit=unit)


def _places(problem: Problem, shorts: Sequence[Short]) -> dict[str, Words | str]:
    """The first places, and how many more there are."""
    more = len(shorts) - SHOWN
    places = _listed([_place(problem, short) for short in shorts[:SHOWN]])
    return {"places": places, "more": say("explain.more", count=more) if more > 0 else ""}


def _place(problem: Problem, short: Short) -> Words:
    clause = "/".join(problem.contract.rules[short.rule].clauses)
    when = f" {told}" if (told := when_told(short.day, short.start, short.end)) else ""
    who = f" {_names(problem, short.staff_ids)}" if short.staff_ids else ""
    return say(
        "explain.place", clause=clause, when=when, who=who, found=f"{short.found:g}", limit=f"{short.limit:g}",
        unit=say(f"unit.{short.unit}"),
    )  # fmt: skip


def _leave(problem: Problem, leave: Leave) -> Words:
    return say(
        "explain.entry", who=_names(problem, [leave.staff_id]), start=f"{leave.start:%Y-%m-%d %H:%M}",
        end=f"{leave.end:%Y-%m-%d %H:%M}",
    )  # fmt: skip


# one cell


def _cell(problem: Problem, told: CellTold) -> Iterator[Words]:
    who, names = _names(problem, [told.staff_id]), Names(problem.contract)
    shifts = _listed([names.shift(shift) for shift in told.held])
    yield say("explain.held" if told.held else "explain.free", who=who, day=told.day, shifts=shifts)
    yield from _otherwise(problem, told)
    if told.held:
        yield from _takers(problem, told.takers)


def _otherwise(problem: Problem, told: CellTold) -> Iterator[Words]:
    other, suffix = told.otherwise, "" if told.held else "_free"
    if other is None:
        yield say(f"explain.no_other{suffix}")
        return
    proof = say("explain.proven" if other.proven else "explain.not_proven")
    if not other.change:
        yield say(f"explain.as_good{suffix}", moved=other.moved, proof=proof)
        return
    rules = [say("explain.broken", clause="/".join(problem.contract.rules[k].clauses),
                 asks=_plain(problem, problem.contract.rules[k])) for k in other.worse]  # fmt: skip
    yield say(f"explain.worse{suffix}", change=bill(other.change), moved=other.moved, proof=proof)
    yield from rules


def _takers(problem: Problem, takers: Sequence[Taker]) -> Iterator[Words]:
    if not takers:
        yield say("explain.nobody")
    for taker in takers[:SHOWN]:
        who = _names(problem, [taker.staff_id])
        gives = say("explain.for_shift", shift=Names(problem.contract).shift(taker.gives)) if taker.gives else ""
        cost = bill(taker.change) if taker.change else say("explain.nothing")
        clauses = sorted({clause for k in taker.breaks for clause in problem.contract.rules[k].clauses})
        broken = say("explain.breaking", clauses="、".join(clauses)) if clauses else ""
        yield say("explain.taker", who=who, gives=gives, cost=cost, broken=broken)
    if len(takers) > SHOWN:
        yield say("explain.other_takers", count=len(takers) - SHOWN)


def bill(change: Bill) -> Words:
    """Points by level, in the unit of each."""
    return _listed(
        [
            say("explain.by_level", level=say(f"level.{level}"), unit=say(f"unit.{LEVEL_UNITS[min(level, COST)]}"),
                amount=f"{points / points_a_unit(level):+,.6g}")
            for level, points in change
        ]
    )  # fmt: skip


# what clauses cost


def _costs(problem: Problem, told: CostsTold) -> Iterator[Words]:
    yield say("explain.costs" if told.costs else "explain.no_costs")
    for cost in told.costs:
        gain = tuple((level, -points) for level, points in cost.gain)
        rule = problem.contract.rules[cost.rule]
        yield say("explain.cost", clause="/".join(rule.clauses), asks=_plain(problem, rule), gain=bill(gain))
    if not told.complete:
        yield say("explain.incomplete")


# pieces


def _plain(problem: Problem, rule: Rule) -> Words:
    """A rule's sentence without its full stop, to stand inside another."""
    words = Names(problem.contract).rule(rule)
    return Words(words.zh.rstrip("。"), words.en.rstrip("."))


def _listed(parts: Iterable[Words]) -> Words:
    given = list(parts)
    return Words("；".join(part.zh for part in given), "; ".join(part.en for part in given))


def _names(problem: Problem, staff_ids: Iterable[str]) -> str:
    people = problem.person_by_id
    return ", ".join(f"{people[who].name} ({who})" if who in people else who for who in staff_ids)
