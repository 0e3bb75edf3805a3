"""Shift catalogues: small days whose best catalogue is known, and the way from a scenario to TOML and back."""

import tomllib
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from planning.asking import ask, horizon_of
from planning.catalogue import text
from planning.cli import main
from planning.demand import forecast
from planning.shift_candidates import candidates, given_shifts, paid_minutes
from planning.shift_demand import day_kinds, question, working_minutes
from planning.shift_design import ShiftDesign, design_shifts
from planning.shift_fragment import fragment
from roster.contract import Queue
from roster.loading.contract_file import contract_of
from roster.loading.scenario import Scenario, load_scenario
from roster.options import duties
from roster.shifts import Segment, Shift
from solver.shift_design import Limits, design, propose
from solver.shift_moves import descend
from solver.shift_question import Ceiling, Cover, Floor, Question
from tests.conftest import AMPLE_S
from tests.small_scenario import CONTRACT, add, small_scenario

MONDAY = date(2025, 7, 7)


def day(*lengths: int, lost: dict[tuple[int, ...], tuple[int, ...]], people: int = 4, **more) -> Question:
    """One kind of day; `lost` by the shifts that answer."""
    covers = tuple(Cover(frozenset((s, 0) for s in shifts), prices) for shifts, prices in lost.items())
    uses = frozenset((s, 0) for s in range(len(lengths)))
    rest = {"floors": (), "ceilings": ()} | more
    return Question(lengths, frozenset(range(len(lengths))), (1,), (people,), uses, covers, **rest)


# Shift 0 answers in the morning peak, 2 in the evening peak, 1 between them and in half of each.
TWO_PEAKS = day(
    120, 120, 120,
    lost={(0,): (40, 20, 0), (0, 1): (40, 20, 0), (1, 2): (40, 20, 0), (2,): (40, 20, 0)},
)  # fmt: skip


@pytest.mark.parametrize(("most", "lost"), [(1, 80), (2, 0), (3, 0)])
def test_two_peaks(most, lost):
    limits = Limits(most=most, minutes=480)
    by_model = design(TWO_PEAKS, "points", limits)
    by_moves = propose(TWO_PEAKS, limits, {(1, 0): 2}, seconds=AMPLE_S)
    for found in (by_model, by_moves):
        assert (TWO_PEAKS.lost(found.counts), found.bound) == (lost, lost)
        assert TWO_PEAKS.minutes(found.counts) <= 480
        assert len({shift for shift, _ in found.counts}) <= most


def test_hours_and_people_hold():
    assert TWO_PEAKS.lost(design(TWO_PEAKS, "points", Limits(most=2, minutes=360)).counts) == 40
    few = day(120, 120, lost={(0,): (40, 20, 0), (1,): (40, 20, 0)}, people=3)
    assert few.lost(design(few, "points", Limits()).counts) == 20


def test_the_fewest_minutes_for_a_service():
    assert TWO_PEAKS.minutes(design(TWO_PEAKS, "minutes", Limits(points=80)).counts) == 240
    assert TWO_PEAKS.minutes(design(TWO_PEAKS, "minutes", Limits(points=0)).counts) == 480
    assert design(TWO_PEAKS, "minutes", Limits(points=0, most=1)) is None


def test_floors_and_ceilings_have_their_price():
    uses = frozenset({(0, 0)})
    held = day(60, lost={(0,): (50, 0)}, floors=(Floor(uses, 2, 7),))
    assert held.points({}) == 64
    assert design(held, "points", Limits(minutes=120)).counts == {(0, 0): 2}
    full = day(60, lost={(0,): (50, 30, 20, 10)}, ceilings=(Ceiling(uses, 1, 15),))
    assert full.points({(0, 0): 3}) == 10 + 30
    found = design(full, "points", Limits(), hint={(0, 0): 3})
    assert (found.counts, found.bound) == ({(0, 0): 1}, 30)


UNEVEN = Question(
    (60, 90, 120), frozenset({0, 1}), (2, 1), (2, 2), frozenset({(0, 0), (1, 0), (1, 1), (2, 0), (2, 1)}),
    (
        Cover(frozenset({(0, 0), (1, 0)}), (90, 40, 10)),
        Cover(frozenset({(1, 0), (2, 0)}), (70, 20, 5)),
        Cover(frozenset({(1, 1), (2, 0)}), (60, 5)),
        Cover(frozenset({(2, 1)}), (30, 0)),
    ),
    (Floor(frozenset({(2, 0), (2, 1)}), 2, 9),),
    (Ceiling(frozenset({(1, 0), (2, 0)}), 1, 12),),
)  # fmt: skip


def every_answer(asked: Question, most: int, minutes: int):
    """All counts within the limits."""
    places = sorted(asked.uses)
    for numbers in product(range(3), repeat=len(places)):
        counts = {use: n for use, n in zip(places, numbers, strict=True) if n}
        busy = [sum(n for (_, k), n in counts.items() if k == kind) for kind in range(len(asked.dates))]
        small = len({shift for shift, _ in counts} & asked.counted) <= most
        if small and asked.minutes(counts) <= minutes and all(b <= p for b, p in zip(busy, asked.people, strict=True)):
            yield counts


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize("minutes", [200, 400, 900])
def test_nothing_better_is_left_out(most, minutes):
    best = min(UNEVEN.points(counts) for counts in every_answer(UNEVEN, most, minutes))
    found = propose(UNEVEN, Limits(most=most, minutes=minutes), {}, seconds=AMPLE_S)
    assert (UNEVEN.points(found.counts), found.bound) == (best, best)
    assert found.counts in list(every_answer(UNEVEN, most, minutes))


@pytest.mark.parametrize("most", [1, 2])
def test_moves_keep_the_limits_and_never_make_worse(most):
    legal = list(every_answer(UNEVEN, most, 400))
    for start in legal[::7]:
        moved = descend(UNEVEN, start, most, 400)
        assert moved in legal
        assert UNEVEN.points(moved) <= UNEVEN.points(start)


def test_moves_shed_shifts_beyond_the_most():
    start = {(0, 0): 2, (2, 0): 2}
    moved = descend(TWO_PEAKS, start, 1, 480)
    assert len({shift for shift, _ in moved}) == 1
    assert TWO_PEAKS.lost(moved) == 80


def test_moves_start_a_shift_only_on_its_own_kinds_of_day():
    full = Ceiling(frozenset({(1, 0)}), 0, 12)  # worth leaving, but the other shift does not start on that day
    asked = Question((60, 60), frozenset({0, 1}), (1, 1), (1, 1), frozenset({(0, 1), (1, 0)}), (), (), (full,))
    assert descend(asked, {(1, 0): 1}, 2, 120) == {(1, 0): 1}


# ---------------------------------------------------------------- candidates


def shift(shift_id: str, *segments: tuple[str, str] | tuple[str, str, str], **more) -> Shift:
    made = [
        {"start": s[0], "end": s[1]} | ({"activity": s[2], "paid": s[2] != "lunch"} if len(s) > 2 else {})
        for s in segments
    ]
    return Shift.model_validate(
        {"id": shift_id, "zh": "", "en": "", "serves": ["t/r"], "sites": ["s"], "segments": made} | more
    )


DAY = shift("D", ("09:00", "12:00"), ("12:00", "13:00", "lunch"), ("13:00", "17:00"), not_flags=["nursing"])
NIGHT = shift("N", ("22:00", "30:00"))


def queue(start: str, end: str) -> Queue:
    return Queue.model_validate({
        "id": "q", "zh": "", "en": "", "channel": "phone", "team": "t", "roles": ["r"],
        "windows": [{"start": start, "end": end}], "patience_s": 60, "answer_rate": 0.9,
    })  # fmt: skip


def outlines(shifts: tuple[Shift, ...]) -> set[tuple[int, int, int]]:
    return {(s.segments[0].start, s.segments[0].end, s.segments[-1].end) for s in shifts}


def test_candidates_move_the_start_and_the_meal():
    assert outlines(candidates([DAY], [queue("09:00", "17:00")], "t/r")) == {(540, 750, 1020), (540, 780, 1020)}
    wider = candidates([DAY, NIGHT], [queue("08:00", "17:00")], "t/r")
    assert {first for first, _, _ in outlines(wider)} == {480, 510, 540}
    assert len(wider) == 3 * 3 - 1
    assert {paid_minutes(made) for made in wider} == {420}
    assert all(made.not_flags == {"nursing"} for made in wider)


def test_nights_stay_as_they_are():
    assert candidates([NIGHT], [queue("00:00", "24:00")], "t/r") == ()
    around = candidates([DAY, NIGHT], [queue("00:00", "24:00")], "t/r")
    assert all(6 * 60 <= s.segments[0].start < s.segments[-1].end <= 22 * 60 for s in around)
    assert {paid_minutes(s) for s in around} == {420}


def test_other_work_at_the_end_stays_there():
    tail = shift("T", ("09:00", "12:00"), ("12:00", "13:00", "lunch"), ("13:00", "16:00"), ("16:00", "17:00", "report"))
    made = candidates([tail], [queue("09:00", "17:00")], "t/r")
    assert outlines(made) == {(540, 750, 1020), (540, 780, 1020)}
    assert all(m.segments[-1] == Segment(start=960, end=1020, activity="report") for m in made)


def test_lengths_lie_between_the_given_ones():
    long = shift("L", ("09:00", "12:00"), ("12:00", "13:00", "lunch"), ("13:00", "18:00"))
    made = candidates([DAY, long], [queue("09:00", "18:00")], "t/r")
    assert {paid_minutes(m) for m in made} == {420, 450, 480}


def test_a_gap_is_a_pause_too():
    split = shift("S", ("09:00", "11:00"), ("13:00", "17:00"))
    made = candidates([split], [queue("09:00", "17:00")], "t/r")
    assert {tuple((s.start, s.end) for s in m.segments) for m in made} == {
        ((540, 540 + before), (660 + before, 1020)) for before in (150, 180, 210, 240)
    }


def test_shifts_of_other_work_are_not_up_for_choice():
    desk = shift("K", ("09:00", "10:00"), ("10:00", "17:00", "report"))
    carry = shift("NC", ("00:00", "06:00"), days="carry-in")
    flagged = shift("F", ("09:00", "15:00"), flags=["nursing"])
    free, staying = given_shifts([DAY, NIGHT, desk, carry, flagged], "t", "r")
    assert ([s.id for s in free], [s.id for s in staying]) == (["D", "N"], ["K"])


# ---------------------------------------------------------------- from a scenario to a proposal

PEAKS = CONTRACT.replace(
    'start = "09:00", end = "17:00" }]\npatience', 'start = "08:00", end = "20:00" }]\npatience'
).replace('en = "Day"', 'en = "Day"\nnot_flags = ["nursing", "pregnant_7m"]\nreserve = false')
STAFF = "staff_id,name,team,role,fte\n" + "".join(f"P{k},员{k},hotline,agent,1\n" for k in range(1, 7))


def add_history(folder: Path, rows: list[str]) -> None:
    lines = ["start,queue,offered,answered,abandoned,aht_s", *rows]
    (folder / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def calls() -> list[str]:
    """Three weeks of workdays: busy at 8 and at 18, quiet else."""
    rows = []
    days = (MONDAY - timedelta(days=k) for k in range(21, 0, -1))
    for on in (on for on in days if on.weekday() < 5):
        for minute in range(8 * 60, 20 * 60, 15):
            busy = minute < 10 * 60 or minute >= 18 * 60
            rows.append(f"{on}T{minute // 60:02d}:{minute % 60:02d}:00,hotline,{8 if busy else 1},,,300")
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = small_scenario(tmp_path_factory.mktemp("peaks") / "s", contract=PEAKS, staff=STAFF)
    add_history(made, calls())
    return made


@pytest.fixture(scope="module")
def scenario(folder) -> Scenario:
    return load_scenario(folder)


@pytest.fixture(scope="module")
def made(scenario) -> dict[int, ShiftDesign]:
    return {most: design_shifts(scenario, MONDAY, 2, who=None, most=most, seconds=AMPLE_S) for most in (1, 2)}


def measured(scenario: Scenario, made: ShiftDesign, shifts: tuple[Shift, ...], counts) -> float:
    """Contacts lost, looked up interval by interval with the real duties of real days."""
    problem = ask(scenario, made.horizon, forecast(scenario, made.horizon))
    kind_on = {on: index for index, kind in enumerate(made.kinds) for on in kind.dates}
    lost = 0
    for curve in problem.curves:
        on = curve.start.date()
        people = sum(
            counts[s.id][kind_on[on]]
            for s in shifts
            for duty in duties(problem, s, on)
            if any(span.start <= curve.start and curve.end <= span.end for span in duty.answering)
        )
        lost += curve.lost_with(people)
    return lost / 1000


def test_a_proposal_is_never_worse_than_what_is_given(scenario, made):
    for design_ in made.values():
        assert design_.proposed.lost <= design_.given.lost
        assert design_.proposed.minutes <= design_.given.minutes <= 6 * 40 * 60 * 2 / 7
        assert design_.same_service_minutes <= design_.given.minutes
    assert len(made[1].proposed.shifts) == 1
    assert made[2].proposed.lost < made[1].proposed.lost < made[1].given.lost


def test_what_is_said_to_be_lost_is_lost(scenario, made):
    for design_ in made.values():
        for catalogue in (design_.given, design_.proposed):
            assert catalogue.lost == pytest.approx(measured(scenario, design_, catalogue.shifts, catalogue.counts))
            hours = sum(paid_minutes(s) * sum(catalogue.counts[s.id]) for s in catalogue.shifts)  # 1 date a kind
            assert catalogue.minutes == hours


def test_the_proposal_serves_both_peaks(made):
    starts = [s.segments[0].start for s in made[2].proposed.shifts]
    ends = [s.segments[-1].end for s in made[2].proposed.shifts]
    assert (min(starts), max(ends)) == (8 * 60, 20 * 60)


def test_the_fragment_loads_in_a_contract(scenario, made):
    raw = tomllib.loads(PEAKS)
    raw["shift"] = tomllib.loads(fragment(made[2]))["shift"]
    assert contract_of(raw).shifts == made[2].proposed.shifts
    taken = {s.id for s in scenario.contract.shifts}
    assert len({s.id for s in made[2].proposed.shifts} - taken) == 2


def test_nights_serve_the_next_morning(tmp_path):
    night = '[[shift]]\nid = "N"\nzh = "夜"\nen = "Night"\nserves = ["hotline/agent"]\nsites = ["centre"]\n'
    night += 'days = "every-day"\nsegments = [{ start = "22:00", end = "30:00" }]\n\n[[clause]]'
    around = PEAKS.replace("[[clause]]", night, 1).replace(
        '{ start = "08:00", end = "20:00" }', '{ start = "02:00", end = "03:00" }'
    )
    round_ = load_scenario(small_scenario(tmp_path, contract=around, staff=STAFF))
    add_history(tmp_path, [f"{MONDAY - timedelta(days=k)}T02:00:00,hotline,5,,,300" for k in range(1, 22)])
    round_ = load_scenario(tmp_path)
    horizon = horizon_of(round_, MONDAY, 3)
    problem = ask(round_, horizon, forecast(round_, horizon))
    shifts = round_.contract.shifts
    kinds = day_kinds(problem, shifts, ())
    asked = question(problem, kinds, shifts, len(shifts), "hotline", "agent")
    n = [s.id for s in shifts].index("N")
    assert {cover.uses for cover in asked.covers} == {frozenset({(n, kind)}) for kind in range(3)}
    tuesday = next(c for c in problem.curves if c.start.date() == MONDAY + timedelta(days=1))
    assert Cover(frozenset({(n, 0)}), tuesday.lost) in asked.covers  # who starts on Monday is there on Tuesday


def test_service_hours_are_floors_and_leave_shortens_the_time(tmp_path):
    rule = '[[rule]]\nkind = "service_hours"\nclauses = ["SM-01"]\nteam = "hotline"\npeople = 2\n'
    rule += 'windows = [{ start = "09:00", end = "10:00" }]\n\n[[goal]]'
    folder = small_scenario(tmp_path, contract=PEAKS.replace("[[goal]]", rule, 1), staff=STAFF)
    add(folder, "leave", [f"P1,{MONDAY},{MONDAY},annual,yes"])
    loaded = load_scenario(folder)
    problem = ask(loaded, horizon_of(loaded, MONDAY, 7), None)
    assert working_minutes(problem, "hotline", "agent") == int((6 * 7 - 1) * 2400 / 7)
    shifts = loaded.contract.shifts
    kinds = day_kinds(problem, shifts, ())
    asked = question(problem, kinds, shifts, 1, "hotline", "agent")
    assert set(asked.floors) == {Floor(frozenset({(0, kind)}), 2, 60 * 1000) for kind in range(5)}


# ---------------------------------------------------------------- the command


def run(*arguments: object, capsys) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["shifts", *map(str, arguments)])
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out, said.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_compares_and_writes(folder, tmp_path, capsys, monkeypatch, language):
    monkeypatch.setenv("ROSTER_LANG", language)
    out = tmp_path / "shifts.toml"
    span = ("--start", MONDAY, "--days", "1", "--most", "1", "--time-limit", "8")
    code, said, _ = run(folder, *span, "--out", out, capsys=capsys)
    assert code == 0
    assert text("shifts.proposed") in said
    assert text("weekday.0") in said
    assert text("shifts.written", shifts=1, file=out) in said
    assert len(tomllib.loads(out.read_text(encoding="utf-8"))["shift"]) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--team", "hotline/nobody"), "hotline/agent"),
        (("--most", "0"), "--most"),
        (("--start", "2020-01-06"), "history.csv"),
    ],
)
def test_bad_requests_are_told(folder, tmp_path, capsys, options, told):
    out = tmp_path / "shifts.toml"
    span = () if "--start" in options else ("--start", MONDAY)
    code, _, err = run(folder, *span, "--days", "1", "--out", out, *options, capsys=capsys)
    assert (code, told in err, out.exists()) == (2, True, False)


def test_a_role_without_a_queue_is_told(tmp_path, capsys):
    lead = '[[team.role]]\nid = "lead"\nzh = "组长"\nen = "Lead"\nheadcount = 0\n\n[[queue]]'
    folder = small_scenario(tmp_path, contract=PEAKS.replace("[[queue]]", lead, 1), staff=STAFF)
    code, _, err = run(folder, "--start", MONDAY, "--days", "1", "--team", "hotline/lead", capsys=capsys)
    assert (code, "hotline/lead" in err, "hotline/agent" in err) == (2, True, True)
