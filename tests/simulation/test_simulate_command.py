"""`roster simulate` as scripts use it."""

import csv
import json

import pytest

from planning.cli import main
from planning.what_if import variations
from roster.errors import InputError
from roster.simulation.variation import Change
from tests.simulation.centre import START, centre, history, roster_file
from tests.small_scenario import add


@pytest.fixture
def cli(capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "en")

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            main(["simulate", *(str(argument) for argument in arguments)])
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path):
    return centre(tmp_path / "centre")


def answer_rate(found, start, kind="interval"):
    return next(row["answer_rate"] for row in found["variants"][0][kind] if row["start"].startswith(start))


def test_a_roster_stripped_of_its_lunch_relief_loses_the_calls_of_noon(cli, folder, tmp_path):
    rates = {}
    for relieved in (True, False):
        file = roster_file(tmp_path / "roster.csv", relieved=relieved)
        code, out, _ = cli(folder, file, "--start", START, "--days", 1, "--runs", 20, "--json")
        assert code == 0
        found = json.loads(out)
        rates[relieved] = [answer_rate(found, f"{START}T12:30"), answer_rate(found, f"{START}T10:00")]
        rates[relieved].append(answer_rate(found, str(START), "day"))
    assert rates[True][0] > 0.7
    assert rates[False][0] < 0.2
    assert rates[False][1] == pytest.approx(rates[True][1])
    assert rates[False][2] < rates[True][2] - 0.04


def test_the_lunch_without_relief_shows_in_the_clause_on_service(cli, tmp_path):
    folder = centre(tmp_path / "centre", queue="each_day = true")
    found = {}
    for relieved in (True, False):
        file = roster_file(tmp_path / "roster.csv", relieved=relieved)
        _, out, _ = cli(folder, file, "--start", START, "--days", 1, "--runs", 10, "--json")
        (clause,) = json.loads(out)["clauses"]
        assert (clause["clause"], clause["rule"]) == ("SM-01", "coverage")
        found[relieved] = clause
    assert (found[True]["status"], found[False]["status"]) == ("unknown", "at_risk")
    whole = json.loads(out)["variants"][0]["span"][0]["answer_rate"]
    told = found[False]["open"]
    assert all("from simulation" in finding["note"]["en"] for finding in told)
    assert any(finding["found"] == pytest.approx(100 * whole, abs=0.01) for finding in told)


def test_variants_stand_side_by_side_with_the_chance_of_each_target(cli, folder, tmp_path):
    file = roster_file(tmp_path / "roster.csv", relieved=True)
    asked = ("--what-if", "volume=+50%", "--what-if", "sick=3,aht=+10%", "--what-if", "answer_rate=99.9%")
    code, out, _ = cli(folder, file, "--start", START, "--days", 1, "--runs", 20, *asked, "--out", tmp_path / "out")
    assert code == 0
    assert all(label in out for label in ("as it is", "volume=+50%", "sick=3,aht=+10%", "answer_rate=99.9%"))
    assert "answer rate = answered / offered" in out
    with (tmp_path / "out" / "targets.csv").open() as table:
        rows = {row["what_if"]: row for row in csv.DictReader(table) if row["figure"] == "answer_rate"}
    assert float(rows["volume=+50%"]["value"]) < float(rows[""]["value"]) - 0.04
    assert float(rows["sick=3,aht=+10%"]["value"]) < float(rows[""]["value"]) - 0.04
    assert rows["answer_rate=99.9%"]["value"] == rows[""]["value"]
    assert float(rows[""]["chance"]) == 1
    assert float(rows["answer_rate=99.9%"]["chance"]) < 0.5
    names = {path.name for path in (tmp_path / "out").iterdir()}
    kinds = ("interval", "day", "week", "month", "span")
    assert names == {"targets.csv", "simulation.json", *(f"service_{kind}.csv" for kind in kinds)}


def test_figures_of_days_lie_inside_their_intervals(cli, folder, tmp_path):
    file = roster_file(tmp_path / "roster.csv", relieved=True, days=3)
    _, out, _ = cli(folder, file, "--start", START, "--days", 3, "--runs", 10, "--json")
    days = json.loads(out)["variants"][0]["day"]
    assert len(days) == 3
    for day in days:
        assert day["answer_rate_low"] < day["answer_rate"] < day["answer_rate_high"]
        assert day["offered"] == pytest.approx(480, rel=0.1)


def test_loss_over_the_answered_is_named_and_its_formula_printed(cli, tmp_path):
    folder = centre(tmp_path / "centre", queue='loss_rate = 0.1\nloss_over = "answered"')
    file = roster_file(tmp_path / "roster.csv", relieved=True)
    _, out, _ = cli(folder, file, "--start", START, "--days", 1, "--runs", 5)
    assert "loss rate = abandoned / answered" in out
    assert "≤ 10.0%" in out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--what-if", "volum=+20%"), "volum=+20%"),
        (("--what-if", "volume=lots"), "lots is no number"),
        (("--what-if", "volume=-100%"), "0 < volume"),
        (("--what-if", "volume@other=+20%"), "no queue 'other': one of hotline"),
        (("--what-if", "answer_rate=2"), "0 < answer_rate < 1"),
        (("--what-if", "answer_within_s=9"), "answer_within_s=9 - answer_within_s has nothing to change"),
        (("--runs", "1"), "from 2 to"),
        (("--seed", "-1"), "0 or more"),
    ],
)
def test_what_cannot_be_simulated_is_refused_with_one_message(cli, folder, tmp_path, asked, said):
    file = roster_file(tmp_path / "roster.csv", relieved=True)
    code, out, err = cli(folder, file, "--start", START, "--days", 1, *asked, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "out").exists()


def test_without_history_before_the_span_nothing_is_simulated(cli, folder, tmp_path):
    file = roster_file(tmp_path / "roster.csv", relieved=True)
    code, _, err = cli(folder, file, "--start", "2024-01-01", "--days", 1)
    assert code == 2
    assert "no rows before 2024-01-01" in err


def test_contacts_without_handling_times_are_refused(cli, tmp_path):
    folder = centre(tmp_path / "centre", rows=[row.rsplit(",", 1)[0] + "," for row in history()])
    code, _, err = cli(folder, roster_file(tmp_path / "roster.csv", relieved=True), "--start", START, "--days", 1)
    assert code == 2
    assert "aht_s" in err


def test_changes_are_read_as_people_write_them():
    (one,) = variations(["volume@phone=+20%, aht=-10%, sick=3, answer_rate=95%, answer_within_s=15, volume=1.5"])
    assert one.changes == (
        Change("volume", 1.2, "phone"), Change("aht", 0.9), Change("sick", 3), Change("answer_rate", 0.95),
        Change("answer_within_s", 15), Change("volume", 1.5),
    )  # fmt: skip
    with pytest.raises(InputError) as fault:
        variations(["volume", "sick=x"])
    assert len(fault.value.faults) == 2


def test_booked_sessions_come_at_their_hour_in_every_run(cli, folder, tmp_path):
    """Six sessions between two and three on top of the calls, not six more random ones."""
    file, offered = roster_file(tmp_path / "roster.csv", relieved=True), {}
    for sessions in (0, 6):
        add(folder, "bookings", [f"{START}T14:00,{START}T15:00,hotline,{sessions}"])
        code, out, _ = cli(folder, file, "--start", START, "--days", 1, "--runs", 20, "--json")
        assert code == 0
        rows = {row["start"][11:16]: row for row in json.loads(out)["variants"][0]["interval"]}
        offered[sessions] = {hour: rows[hour]["offered"] for hour in ("13:30", "14:00", "14:30", "15:00")}
    more = {hour: offered[6][hour] - offered[0][hour] for hour in offered[0]}
    assert more["13:30"] == more["15:00"] == 0
    assert more["14:00"] + more["14:30"] == pytest.approx(6)
    assert more["14:00"] >= 3


def test_a_check_says_that_service_is_not_judged_and_a_simulation_does_not(cli, folder, tmp_path, capsys):
    file = roster_file(tmp_path / "roster.csv", relieved=True)
    with pytest.raises(SystemExit):
        main(["check", str(folder), str(file), "--start", str(START), "--days", "1"])
    assert "service was not judged (Hotline)" in capsys.readouterr().out
    assert "not judged" not in cli(folder, file, "--start", START, "--days", 1, "--runs", 2)[1]
