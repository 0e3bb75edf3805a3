"""What is printed of a plan and of verdicts: each breach once, in words, and where to ask why."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from planning import show
from planning.summary import summary
from roster.base import Breach
from roster.words import Words
from solver.messages import Progress
from solver.outcome import LevelResult


def test_a_plan_without_a_roster_is_not_judged(april_week, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ROSTER_LANG", "en")
    show.show_plan(replace(april_week, roster=None, judgements=(), points={}), (), tmp_path)
    said = capsys.readouterr().out
    assert "clauses:" not in said
    assert "hard breach" not in said


def test_progress_is_told_in_the_units_of_the_result_with_its_gap(capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "en")
    with show.progress(10) as on_progress:
        on_progress(Progress(result=LevelResult(3, 67_174, 16_793), seconds=8.0))
        on_progress(Progress(result=LevelResult(2, 0, 0), seconds=9.0))
    service, contract = capsys.readouterr().err.splitlines()
    assert service == "   8.0 s  service  objective 67.174  bound 16.793  gap 75.00%"
    assert contract == "   9.0 s  contract  objective 0  bound 0  gap 0.00%"


def test_a_breach_is_told_with_its_note_and_its_whole_day(april_week, capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "en")
    start = datetime.combine(date(2025, 4, 21), datetime.min.time(), april_week.problem.horizon.zone)
    gap = Breach(0, 1, "persons", 1440, day=start.date(), start=start, end=start + timedelta(days=1),
                 note=Words("席位", "post calls"))  # fmt: skip
    hard = next(judgement for judgement in april_week.judgements if judgement.hard and judgement.rule)
    short = replace(april_week, judgements=(replace(hard, findings=(gap,)),))
    show.show_judgements(short.judgements, ())
    said = capsys.readouterr().out
    assert "2025-04-21 00:00-24:00" in said
    assert "limit 1 persons  (post calls)" in said
    assert [entry["note"] for entry in summary(short)["short"]] == [{"zh": "席位", "en": "post calls"}]


def test_what_is_open_of_many_people_in_the_same_words_is_told_once(april_week, capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "en")
    later = Breach(0, 1, "persons", 1, day=date(2025, 4, 21), verdict="unknown")
    hard = next(judgement for judgement in april_week.judgements if judgement.hard and judgement.rule)
    other = replace(later, day=date(2025, 4, 22))
    show.show_judgements((replace(hard, findings=(later, later, other, later)),), ())
    said = capsys.readouterr().out.splitlines()
    assert [sum(str(day) in line for line in said) for day in (later.day, other.day)] == [1, 1]


def test_as_many_hard_breaches_are_listed_as_are_counted(april_week, capsys, monkeypatch):
    """A rule that serves two clauses is told once with both; what is not hard has a count of its own."""
    monkeypatch.setenv("ROSTER_LANG", "en")
    broken = (Breach(0, 1, "persons", 1, day=date(2025, 4, 21)), Breach(0, 1, "persons", 1, day=date(2025, 4, 22)))
    hard = next(judgement for judgement in april_week.judgements if judgement.hard)
    other = hard.clause.model_copy(update={"id": "other"})
    mild = next(j for j in april_week.judgements if j.rule is not None and j.in_force and not j.hard)
    found = [replace(judgement, findings=broken) for judgement in (hard, replace(hard, clause=other), mild)]
    show.show_judgements(tuple(found), ())
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "hard breaches: 2"
    assert [line.split()[0] for line in said[1:3]] == [f"{hard.clause.id},other"] * 2
    assert said[3] == "breaches that are not hard: 2"
    assert [line.split()[0] for line in said[4:6]] == [mild.clause.id] * 2
    assert said[6].startswith("clauses:")


def test_a_plan_with_hard_breaches_says_where_to_ask_why(april_week, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ROSTER_LANG", "en")
    hard = next(judgement for judgement in april_week.judgements if judgement.hard and judgement.rule)
    broken = replace(hard, findings=(Breach(0, 1, "persons", 1, day=date(2025, 4, 21)),))
    told = []
    for made in (april_week, replace(april_week, judgements=(broken,))):
        show.show_plan(made, (), tmp_path)
        told.append("roster explain" in capsys.readouterr().out)
    assert told == [False, True]
