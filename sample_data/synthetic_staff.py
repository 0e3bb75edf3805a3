"""Seeded generator of the people of a scenario: staff.csv, leave.csv, requests.csv, events.csv.

Everybody is synthetic: names are drawn from common characters, telephone numbers begin with 000, which no
subscriber has, the vendor does not exist, costs and wishes are drawn. The places, and from them the teams,
roles and sizes of the tender, are in the scenario's spec, the dates of events too.

Who is away when is in `sample_data.synthetic_leave`.

Run as `python -m sample_data.synthetic_staff SCENARIO DIR --seed N`.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

from roster.calendar import Calendar
from roster.people import Person, Request
from sample_data.spec import Opening, ScenarioSpec, StaffSpec, load_spec
from sample_data.synthetic_leave import Absence, plan_leave

STAFF_COLUMNS = (
    *("staff_id", "name", "team", "role", "skills", "fte", "employed_from", "employed_to", "reserve"),
    *("arrival_hours", "home_site", "labour_flags", "certified_on", "qualification", "vendor"),
    *("hours_system", "hourly_cost", "seniority_years", "phone"),
)
VENDOR = "虚构示例信息服务有限公司"

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = {"f": "芳娜敏静丽艳娟霞婷雪琳慧颖佳怡倩欣妍", "m": "伟强磊军洋勇杰涛明超鹏辉斌浩宇晨凯峰"}


def hire(rng: Random, spec: StaffSpec, first: date) -> list[Person]:
    """The enrolled people and the reserve, all employed two months before `first` and certified by then."""
    names: set[str] = set()
    numbered = [*enumerate(spec.enrolled, 1), *enumerate(spec.reserve, 901)]
    return [_person(rng, spec, first, number, place, names) for number, place in numbered]


def _person(rng: Random, spec: StaffSpec, first: date, number: int, place: Opening, names: set[str]) -> Person:
    band = rng.choices(((0, 0), (1, 9), (10, 19), (20, 22)), weights=(5, 65, 24, 6))[0]
    seniority = rng.randint(*band)
    since = first - timedelta(days=62 + rng.randint(60, 240) + 365 * rng.randint(0, min(seniority, 5)))
    least, most = spec.costs_fen
    return Person(
        staff_id=f"{spec.prefix}{number:03d}",
        name=_name(rng, "f" if place.flag is not None else rng.choice("fm"), names),
        team=place.post[0],
        role=place.post[1],
        skills=place.skills,
        fte=place.fte,
        employed_from=since,
        reserve=place.arrival_hours is not None,
        arrival_hours=place.arrival_hours,
        home_site=place.site,
        labour_flags=frozenset(() if place.flag is None else {place.flag}),
        certified_on=since + timedelta(days=rng.randint(10, 40)),
        qualification=place.study,
        vendor=VENDOR,
        hours_system=place.hours_system,
        hourly_cost=min(max(place.cost + 25 * seniority + rng.randint(-200, 200), least), most) / 100,
        seniority_years=seniority,
        phone=f"000-0000-{number:04d}",
    )


def _name(rng: Random, sex: str, taken: set[str]) -> str:
    while True:
        name = rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN[sex], rng.choice((1, 2, 2))))
        if name not in taken:
            taken.add(name)
            return name


def plan_requests(rng: Random, spec: ScenarioSpec, people: Sequence[Person], leave: Sequence[Absence]) -> list[Request]:
    """Two to four wishes a person and three months, on days without leave; shift wishes on workdays only."""
    calendar = Calendar()
    rows: list[Request] = []
    for person in people:
        mine = [row for row in leave if row.staff_id == person.staff_id]
        codes = () if person.reserve else spec.staff.shift_wishes.get(person.team, ())
        for days in _quarters(spec.first, spec.last):
            free = [day for day in days if not any(row.start <= day <= row.end for row in mine)]
            weights = [8 if calendar.is_workday(day) else 3 for day in free]
            chosen = sorted(set(rng.choices(free, weights=weights, k=rng.choice((2, 3, 3, 4)))))
            rows += [_wish(rng, person, day, codes, calendar) for day in chosen]
    return rows


def _quarters(first: date, last: date) -> Iterator[list[date]]:
    """The days of the period, cut every three months."""
    span = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    quarters = groupby(span, lambda day: (day.year * 12 + day.month - first.month) // 3)
    return (list(days) for _, days in quarters)


def _wish(rng: Random, person: Person, day: date, codes: Sequence[str], calendar: Calendar) -> Request:
    weight = min(rng.randint(1, 10), rng.randint(3, 10))
    if not calendar.is_workday(day):
        return Request(staff_id=person.staff_id, date=day, kind="off", weight=weight)
    if codes and rng.random() < 0.35:
        return Request(staff_id=person.staff_id, date=day, kind="shift", shift=rng.choice(codes), weight=weight)
    return Request(staff_id=person.staff_id, date=day, kind=rng.choice(("on", "off", "off", "off")), weight=weight)


def staff_row(person: Person) -> list[str]:
    """The person as the cells of `STAFF_COLUMNS`."""
    cells = {name: "" if value is None else str(value) for name, value in person.model_dump().items()}
    cells |= {
        "skills": ";".join("/".join(skill) for skill in person.skills),
        "reserve": "yes" if person.reserve else "no",
        "arrival_hours": "" if person.arrival_hours is None else f"{person.arrival_hours:g}",
        "labour_flags": ";".join(sorted(person.labour_flags)),
        "hourly_cost": f"{person.hourly_cost:.2f}",
        "seniority_years": f"{person.seniority_years:g}",
    }
    return [cells[column] for column in STAFF_COLUMNS]


def write_scenario(spec: ScenarioSpec, folder: Path, *, seed: int) -> None:
    """Writes the four tables into the folder; the same spec and seed write the same bytes."""
    rng = Random(seed)
    people = hire(rng, spec.staff, spec.first)
    years = range(spec.first.year, spec.last.year + 1)
    leave = [row for year in years for row in plan_leave(rng, people, year, spec.staff.leave)]
    requests = plan_requests(rng, spec, people, leave)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "staff.csv", STAFF_COLUMNS, map(staff_row, people))
    absences = ([a.staff_id, a.start, a.end, a.kind, "yes" if a.approved else "no"] for a in leave)
    _write(folder / "leave.csv", ("staff_id", "start", "end", "kind", "approved"), absences)
    wishes = ([r.staff_id, r.date, r.kind, r.shift, r.weight] for r in requests)
    _write(folder / "requests.csv", ("staff_id", "date", "kind", "shift", "weight"), wishes)
    _write(folder / "events.csv", ("start", "end", "kind", "queue", "factor", "name"), spec.events)


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line of the generator."""
    parser = argparse.ArgumentParser(description="Write the synthetic people of a scenario.")
    parser.add_argument("scenario", metavar="SCENARIO")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args(arguments)
    write_scenario(load_spec(given.scenario), given.folder, seed=given.seed)


if __name__ == "__main__":
    main()
