"""Column generation on a small staff rostering instance, made up here, that CP-SAT alone can prove."""

import random
import time
from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import scorer
from benchmarks.shift_scheduling import write
from benchmarks.staff_instance import read
from benchmarks.staff_problem import problem
from roster.base import SERVICE
from roster.roster import Roster
from roster.scorecard import scorecard
from solver import solving
from solver.build import build
from solver.clock import Clock
from solver.growing import NoAnswer
from solver.levels import Settings, Stop
from solver.model import Model
from solver.outcome import Outcome
from solver.search.columns.crew import Crew
from solver.search.columns.generation import Generation
from solver.search.columns.parts import Parts
from solver.search.columns.pricing import Part
from solver.search.columns.search import ColumnSearch, crew_of
from solver.search.columns.windows import Windows
from solver.solving import solve

DAYS, STAFF = 14, "ABCDEF"


def text(seed):
    """An instance of two weeks, six people and two shifts."""
    draw = random.Random(seed)
    staff = [f"{who},E=14|L={draw.choice((0, 3, 14))},4320,2400,5,2,2,1" for who in STAFF]
    wishes = [
        f"{draw.choice(STAFF)},{draw.randrange(DAYS)},{draw.choice('EL')},{draw.randint(1, 3)}" for _ in range(16)
    ]
    cover = [f"{day},{shift},{draw.randint(1, 2)},100,1" for day in range(DAYS) for shift in "EL"]
    return "\n".join(
        [
            "# made up", "SECTION_HORIZON", str(DAYS), "SECTION_SHIFTS", "E,480,", "L,600,E", "SECTION_STAFF", *staff,
            "SECTION_DAYS_OFF", *(f"{who},{draw.randrange(DAYS)}" for who in STAFF), "SECTION_SHIFT_ON_REQUESTS",
            *wishes[:10], "SECTION_SHIFT_OFF_REQUESTS", *wishes[10:], "SECTION_COVER", *cover, "",
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    path = tmp_path_factory.mktemp("instance") / "made_up.txt"
    path.write_text(text(3), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recorder(instance):
    return build(problem(read(instance)))


def least(recorder):
    """The least cost, by CP-SAT alone."""
    outcome = solve(Model(recorder), Settings(time_limit=60))
    (result,) = (r for r in outcome.levels if r.level == SERVICE)
    assert result.proven
    return result.objective


@pytest.fixture(scope="module")
def proven(recorder):
    return least(recorder)


def crew(recorder) -> Crew:
    found = crew_of(recorder)
    assert found is not None
    level, made = found
    assert level == SERVICE
    assert made.settle(range(len(STAFF)), lambda: False)
    return made


def search(recorder, **settings):
    heard, kept = [], []
    made = crew_of(recorder)[1]
    column_search = ColumnSearch(
        recorder, SERVICE, made, Settings(**settings), lambda r, _: heard.append(r), kept.append, Stop()
    )
    return column_search.run(), heard, kept


def test_the_best_is_found_and_the_bound_is_below_it(recorder, proven, instance, tmp_path):
    outcome, heard, kept = search(recorder, time_limit=120)
    (result,) = (r for r in outcome.levels if r.level == SERVICE)
    assert result.objective == proven
    assert proven * 0.8 <= result.bound <= proven
    assert scorecard(Roster(recorder.problem, outcome.rows)) == {1: 0, 2: 0, 3: proven, 4: 0, 5: 0, 6: 0}
    assert [r.objective for r in heard] == sorted((r.objective for r in heard), reverse=True)
    assert len(kept) >= 1
    write(tmp_path / "out.csv", outcome.rows)
    given, twice = scorer.read_roster(tmp_path / "out.csv")
    assert scorer.judge(instance.read_text(encoding="utf-8"), given) == (proven, [])
    assert twice == []


def test_weeks_are_chosen_anew_with_some_people_open_on_all_days(recorder, monkeypatch):
    tried, usual = [], Parts.generate
    monkeypatch.setattr("solver.search.columns.search.WIDE", 5)
    monkeypatch.setattr(Parts, "generate", lambda parts, part: tried.append(part) or usual(parts, part))
    monkeypatch.setattr(ColumnSearch, "closed", False)
    search(recorder, time_limit=5)
    wide = [part for part in tried if part.free]
    assert wide
    for part in wide:
        assert len(part.free) == 3 < len(part.people) == len(STAFF)
        assert len(part.days) in {3, 4, 5}, "cut off at both ends of the horizon"
        assert max(part.days) - min(part.days) == len(part.days) - 1
    assert len({part.free for part in wide}) > 1


@pytest.mark.parametrize("slack", [1.0, 2.0, None])
def test_no_linear_program_goes_on_when_the_search_has_ended(recorder, slack):
    """On the wall; where work alone counts the roster may not hang on it."""
    _, made = crew_of(recorder, Clock(slack))
    assert made.settle(range(len(STAFF)), lambda: False)
    part = Generation(made, Part(tuple(range(len(STAFF)))), until=lambda: False)
    assert part.converge(cutoff=1e9, rounds=1, close=0.0)
    made.clock.ends = 0.0
    with nullcontext() if slack is None else pytest.raises(NoAnswer):
        part.converge(cutoff=1e9, rounds=50, close=0.0)


def test_a_dive_whose_program_has_no_answer_any_more_gives_what_it_fixed(recorder, monkeypatch):
    part = Generation(crew(recorder), Part(tuple(range(len(STAFF)))), until=lambda: False)
    prices, _ = part.converge(cutoff=1e9, rounds=5, close=1e-6)

    def failing(_):
        raise NoAnswer("time is up")

    monkeypatch.setattr(Generation, "_follow", failing)
    monkeypatch.setattr("solver.search.columns.generation.SURE", 2.0)
    fixed = part.dive(prices, over=lambda: False)
    assert 0 < len(fixed) < len(STAFF)


def test_where_the_whole_has_no_answer_the_bound_of_the_ascent_is_told(recorder, proven, monkeypatch):
    def failing(*_, **__):
        raise NoAnswer("time is up")

    monkeypatch.setattr(Generation, "converge", failing)
    monkeypatch.setattr("solver.search.columns.search.SMALL", 0)
    outcome, *_ = search(recorder, time_limit=2)
    (result,) = (r for r in outcome.levels if r.level == SERVICE)
    assert 0 < result.bound <= proven <= result.objective


def test_a_search_tells_when_it_ends(recorder):
    made = crew(recorder)
    ColumnSearch(recorder, SERVICE, made, Settings(time_limit=7), lambda *_: None, lambda _: None, Stop())
    assert made.clock.ends == 7


def test_the_cost_kept_along_the_way_is_the_cost(recorder):
    made = crew(recorder)
    search = ColumnSearch(recorder, SERVICE, made, Settings(), lambda *_: None, lambda _: None, Stop())
    assert scorecard(Roster(recorder.problem, search.rows()))[SERVICE] == made.cost


@pytest.mark.parametrize("days", [None, frozenset({3, 4, 5, 6})])
@pytest.mark.parametrize("free", [frozenset(), frozenset({3})])
@pytest.mark.parametrize("people", [range(6), (1, 3, 4)])
def test_a_part_costs_what_it_says(recorder, proven, days, people, free):
    made = crew(recorder)
    before, given = made.cost, made.snapshot()
    part = Generation(made, Part(tuple(people), days, free), until=lambda: False)
    prices, _ = part.converge(cutoff=1e9, rounds=50, close=1e-6)
    assert part.bound <= part.value + 1e-6
    if days is None and len(people) == len(STAFF):
        assert part.bound + made.certain <= proven
    value, bound = part.value, part.bound
    for p, cells in part.dive(prices, over=lambda: False).items():
        kept = [k for k in made.given[p] if not part.pricing.part.holds(p, made.day_of[k])]
        made.give(p, sorted([*kept, *cells]))
    outside = [p for p in range(len(STAFF)) if p not in people]
    assert all(made.given[p] == given[p] for p in outside)
    if days is not None:
        for p in set(people) - free:
            assert {k for k in given[p] if made.day_of[k] not in days} == {
                k for k in made.given[p] if made.day_of[k] not in days
            }
    again = Generation(made, Part(tuple(people), days, free), until=lambda: False)
    assert made.cost - before == pytest.approx(again.value - value)
    assert again.value >= bound - 1e-6
    for p, program in enumerate(made.programs):
        first = int(made.rows.first[p])
        assert all(sum_.at_least <= t <= sum_.at_most for sum_, t in zip(
            program.sums, program.totals([k - first for k in made.given[p]]), strict=True
        ))  # fmt: skip


def test_a_day_on_which_nobody_can_work_is_in_the_bound(tmp_path):
    (tmp_path / "shut.txt").write_text(text(19), encoding="utf-8")
    recorder = build(problem(read(tmp_path / "shut.txt")))
    made = crew(recorder)
    assert made.certain >= made.rows.constant + 200, "nobody can work one of the shifts: the instance was drawn so"
    whole = Generation(made, Part(tuple(range(len(STAFF)))), until=lambda: False)
    assert made.cost == pytest.approx(whole.value + made.certain)


def test_what_the_level_costs_in_any_case_is_in_the_bound_of_the_whole(instance):
    recorder = build(problem(read(instance)))
    recorder.level = SERVICE
    recorder.spread({}, [-50_000])
    outcome, heard, _ = search(recorder, time_limit=120)
    (result,) = (r for r in outcome.levels if r.level == SERVICE)
    assert result.objective < 0
    windows = Windows(recorder, SERVICE, crew(recorder), Settings(), Stop())
    whole = windows.anew(Part(tuple(range(len(STAFF)))), work=60.0, seconds=120.0)
    assert whole.least == result.objective
    assert all(r.bound <= result.objective for r in heard)


def test_a_model_that_would_not_be_ready_in_time_is_not_begun(recorder, monkeypatch):
    made = []
    monkeypatch.setattr("solver.search.columns.search.Windows", lambda *_: made.append(1))
    search = ColumnSearch(recorder, SERVICE, crew(recorder), Settings(), lambda *_: None, lambda _: None, Stop())
    monkeypatch.setattr(ColumnSearch, "_left", 0.01)
    assert search._choose(Part(tuple(range(len(STAFF))))) == 0.0
    assert made == []


def test_a_stop_keeps_the_roster(recorder):
    stop = Stop()
    stop.now()
    made = crew_of(recorder)[1]
    outcome = ColumnSearch(recorder, SERVICE, made, Settings(), lambda *_: None, lambda _: None, stop).run()
    assert outcome.rows
    assert outcome.status == "FEASIBLE"


def test_a_dive_out_of_time_leaves_everybody_as_they_are(recorder):
    made = crew(recorder)
    part = Generation(made, Part(tuple(range(len(STAFF)))), until=lambda: False)
    prices, _ = part.converge(cutoff=1e9, rounds=50, close=1e-6)
    assert part.dive(prices, over=lambda: True) == {}
    assert part.pricing.left == list(range(len(STAFF)))


def test_what_prices_leave_open_is_proven_where_the_whole_is_small(tmp_path):
    (tmp_path / "gap.txt").write_text(text(57), encoding="utf-8")
    recorder = build(problem(read(tmp_path / "gap.txt")))
    outcome, heard, _ = search(recorder, time_limit=120)
    (result,) = (r for r in outcome.levels if r.level == SERVICE)
    assert outcome.status == "OPTIMAL"
    assert max(r.bound for r in heard if r.bound < result.objective) >= 0, "column generation alone leaves a gap"
    assert result.objective == least(recorder)


def test_what_preparing_takes_is_taken_off_the_time_of_the_search(recorder, monkeypatch):
    prepared, begun = [], []
    nothing = Outcome("UNKNOWN", None, (), 0.0, None, 1)

    def prepare(given, clock):
        prepared.append(time.monotonic())
        return crew_of(given, clock)

    def searched(*given):
        begun.append(
            next(each.clock if isinstance(each, Crew) else each for each in given if isinstance(each, Crew | Clock))
        )
        return SimpleNamespace(run=lambda *_: nothing)

    monkeypatch.setattr(solving, "crew_of", prepare)
    monkeypatch.setattr(solving, "ColumnSearch", searched)
    assert solving.solve_recorded(recorder, Settings()) == nothing
    monkeypatch.setattr(solving, "LargeSearch", searched)
    monkeypatch.setattr(solving, "solve", lambda *_, **named: begun.append(named["clock"]) or nothing)
    monkeypatch.setattr(solving, "crew_of", lambda *given: prepare(*given) and None)
    for large in (0, len(recorder.world) + 1):
        assert solving.solve_recorded(recorder, Settings(), large=large) == nothing
    assert len(begun) == 3
    assert all(clock._begun <= then for clock, then in zip(begun, prepared, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_pieces_are_the_steps_of_every_row_from_a_count_on(recorder, seed):
    rows, drawn = crew(recorder).rows, random.Random(seed)
    places = np.array(sorted(drawn.sample(range(len(rows.most)), len(rows.most) // 2)))
    base = np.array([drawn.randint(0, most) for most in rows.most[places]])
    pieces = rows.pieces(places, base)
    for k, (row, count) in enumerate(zip(places, base, strict=True)):
        mine = pieces.rows == k
        steps = np.diff(rows.table[rows.start[row] + count : rows.start[row + 1]])
        assert np.repeat(pieces.slopes[mine], pieces.units[mine]).tolist() == steps.tolist()
