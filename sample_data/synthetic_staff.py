"""Seeded generator of the people of the Shanghai scenario: staff.csv, leave.csv, requests.csv, events.csv.

Everybody is synthetic: names are drawn from common characters, telephone numbers begin with 000, which no
subscriber has, the vendor does not exist, costs and wishes are drawn. From the tender come only the teams,
their roles and sizes (33.7 full-time equivalents) and the season of the base adjustment.

Who is away when is in `sample_data.synthetic_leave`.

Run as `python -m sample_data.synthetic_staff DIR --seed N [--year Y]`.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from roster.calendar import Calendar
from roster.people import LabourFlag, Person, Request
from sample_data.synthetic_leave import Absence, Post, plan_leave

STAFF_COLUMNS = (
    *("staff_id", "name", "team", "role", "skills", "fte", "employed_from", "employed_to", "reserve"),
    *("arrival_hours", "home_site", "labour_flags", "certified_on", "qualification", "vendor"),
    *("hours_system", "hourly_cost", "seniority_years", "phone"),
)
VENDOR = "虚构示例信息服务有限公司"
SHIFT_WISHES: Mapping[str, Sequence[str]] = {
    "direct-link": ("D1", "D2", "D3"),
    "online-helper": ("F", "S"),
    "virtual-window": ("F", "S"),
}

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = {"f": "芳娜敏静丽艳娟霞婷雪琳慧颖佳怡倩欣妍", "m": "伟强磊军洋勇杰涛明超鹏辉斌浩宇晨凯峰"}
_CERTIFICATE = "公积金业务上岗证"


class Opening(NamedTuple):
    """What one enrolled or reserve place asks for; `cost` is the base rate in fen an hour."""

    post: Post
    cost: int
    study: str
    site: str = "office"
    skills: tuple[Post, ...] = ()
    flag: LabourFlag | None = None
    fte: float = 1.0
    arrival_hours: int | None = None


def openings() -> list[Opening]:
    """The places of the tender's table, 34 people and 33.7 full-time equivalents."""
    link, tech = ("direct-link", "operations"), ("direct-link", "technical")
    chat, design, weibo = ("wechat", "operations"), ("wechat", "designer"), ("weibo", "operations")
    desk, desk_base = ("online-helper", "reception"), ("online-helper", "knowledge-base")
    desk_head, window_head = ("online-helper", "manager"), ("virtual-window", "manager")
    window, window_base = ("virtual-window", "agent"), ("virtual-window", "knowledge-base")
    clerk, coder, editor = (
        f"本科，{_CERTIFICATE}",
        "本科，软件设计师（中级）",
        f"本科，新媒体运营，{_CERTIFICATE}",
    )
    agent, head = f"大专，{_CERTIFICATE}", f"硕士，项目管理，{_CERTIFICATE}"
    return [
        Opening(link, 6200, head, "onsite"),
        *[Opening(link, 5600, clerk, "onsite")] * 3,
        *[Opening(link, 5500, clerk)] * 7,
        Opening(link, 5600, clerk, flag=LabourFlag.PREGNANT_7M),
        Opening(tech, 6900, coder, "onsite", skills=(link,)),
        Opening(tech, 6700, coder, skills=(link,)),
        *[Opening(tech, 6600, coder)] * 2,
        Opening(chat, 6000, editor, "onsite", skills=(weibo,)),
        *[Opening(chat, 5800, editor)] * 2,
        Opening(design, 6400, "本科，数字媒体艺术", "onsite", skills=(chat,)),
        Opening(weibo, 5800, editor, "remote", skills=(chat,), fte=0.7),
        Opening(desk, 5000, agent, skills=(desk_base,)),
        *[Opening(desk, 4800, agent)] * 4,
        Opening(desk, 4900, agent, flag=LabourFlag.NURSING),
        Opening(desk_base, 5400, clerk, skills=(desk,)),
        Opening(desk_head, 6200, head, skills=(desk_base, desk)),
        Opening(window, 5100, agent, skills=(window_base,)),
        *[Opening(window, 4900, agent)] * 2,
        Opening(window_base, 5400, clerk, skills=(window,)),
        Opening(window_head, 6100, head, skills=(window_base, window)),
    ]


def reserve_openings() -> list[Opening]:
    """The eight reserve places: home post first, the posts they can also take over as skills."""
    link, tech = ("direct-link", "operations"), ("direct-link", "technical")
    chat, design, weibo = ("wechat", "operations"), ("wechat", "designer"), ("weibo", "operations")
    desk, desk_base = ("online-helper", "reception"), ("online-helper", "knowledge-base")
    desk_head, window_head = ("online-helper", "manager"), ("virtual-window", "manager")
    window, window_base = ("virtual-window", "agent"), ("virtual-window", "knowledge-base")
    return [
        _stand_in(2, link, desk),
        _stand_in(2, link, window, desk),
        _stand_in(48, link, tech),
        _stand_in(2, tech, link),
        _stand_in(2, chat, weibo, design),
        _stand_in(48, design, chat, weibo),
        _stand_in(2, desk, window, desk_base, window_base),
        _stand_in(48, desk_head, window_head, desk_base, window_base, desk, window),
    ]


def _stand_in(arrival_hours: int, post: Post, *skills: Post) -> Opening:
    return Opening(post, 5600, f"本科，{_CERTIFICATE}", skills=skills, arrival_hours=arrival_hours)


def hire(rng: Random, year: int) -> list[Person]:
    """The enrolled people SH001... and the reserve SH901..., all employed and certified before the year."""
    names: set[str] = set()
    enrolled = [_person(rng, year, f"SH{n:03d}", place, names) for n, place in enumerate(openings(), 1)]
    reserve = [_person(rng, year, f"SH{n}", place, names) for n, place in enumerate(reserve_openings(), 901)]
    return enrolled + reserve


def _person(rng: Random, year: int, staff_id: str, place: Opening, names: set[str]) -> Person:
    band = rng.choices(((0, 0), (1, 9), (10, 19), (20, 22)), weights=(5, 65, 24, 6))[0]
    seniority = rng.randint(*band)
    since = date(year - 1, 10, 31) - timedelta(days=rng.randint(60, 240) + 365 * rng.randint(0, min(seniority, 5)))
    return Person(
        staff_id=staff_id,
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
        hourly_cost=min(max(place.cost + 25 * seniority + rng.randint(-200, 200), 4500), 7800) / 100,
        seniority_years=seniority,
        phone=f"000-0000-{staff_id[2:]:0>4}",
    )


def _name(rng: Random, sex: str, taken: set[str]) -> str:
    while True:
        name = rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN[sex], rng.choice((1, 2, 2))))
        if name not in taken:
            taken.add(name)
            return name


def plan_requests(rng: Random, people: Sequence[Person], leave: Sequence[Absence], year: int) -> list[Request]:
    """Two to four wishes a person and quarter, on days without leave; shift wishes on workdays only."""
    calendar = Calendar()
    rows: list[Request] = []
    for person in people:
        mine = [row for row in leave if row.staff_id == person.staff_id]
        for first, after in _quarters(year):
            days = [first + timedelta(days=k) for k in range((after - first).days)]
            free = [day for day in days if not any(row.start <= day <= row.end for row in mine)]
            weights = [8 if calendar.is_workday(day) else 3 for day in free]
            chosen = sorted(set(rng.choices(free, weights=weights, k=rng.choice((2, 3, 3, 4)))))
            rows += [_wish(rng, person, day, calendar) for day in chosen]
    return rows


def _quarters(year: int) -> Iterator[tuple[date, date]]:
    starts = [date(year, month, 1) for month in (1, 4, 7, 10)]
    return zip(starts, [*starts[1:], date(year + 1, 1, 1)], strict=True)


def _wish(rng: Random, person: Person, day: date, calendar: Calendar) -> Request:
    codes = () if person.reserve else SHIFT_WISHES.get(person.team, ())
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


def write_scenario(folder: Path, *, seed: int, year: int) -> None:
    """Writes the four tables of the year into the folder; the same seed and year write the same bytes."""
    rng = Random(seed)
    people = hire(rng, year)
    leave = plan_leave(rng, people, year)
    requests = plan_requests(rng, people, leave, year)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "staff.csv", STAFF_COLUMNS, map(staff_row, people))
    absences = ([a.staff_id, a.start, a.end, a.kind, "yes" if a.approved else "no"] for a in leave)
    _write(folder / "leave.csv", ("staff_id", "start", "end", "kind", "approved"), absences)
    wishes = ([r.staff_id, r.date, r.kind, r.shift, r.weight] for r in requests)
    _write(folder / "requests.csv", ("staff_id", "date", "kind", "shift", "weight"), wishes)
    seasons = ([f"{y}-07-01", f"{y}-08-31", "load", "direct-link", 1.4, "base-adjustment"] for y in (year - 1, year))
    _write(folder / "events.csv", ("start", "end", "kind", "queue", "factor", "name"), seasons)


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line of the generator."""
    parser = argparse.ArgumentParser(description="Write the synthetic people of the Shanghai scenario.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--year", type=int, default=2025)
    given = parser.parse_args(arguments)
    write_scenario(given.folder, seed=given.seed, year=given.year)


if __name__ == "__main__":
    main()
