"""What numba compiles, compiled or loaded before a problem comes: a small made-up centre goes through it all."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from roster.base import CONTRACT, SERVICE
from roster.calendar import Horizon
from roster.loading.contract_file import contract_of
from roster.people import Person
from roster.problem import Problem
from roster.staffing.curve import ServiceCurve
from solver.build import build
from solver.search.annealing import Annealing
from solver.search.columns.crew import crew_at
from solver.search.columns.pricing import Part, Pricing

ZONE, MONDAY, DAYS, PEOPLE = "Asia/Shanghai", date(2025, 3, 3), 7, 4


def warm() -> None:
    """Takes some tenths of a second; the first time on a machine, until all is compiled, some ten seconds."""
    recorder = build(_problem())
    crew = crew_at(recorder, {CONTRACT: 1, SERVICE: 1}, relaxed=True)
    if crew is not None:
        pricing = Pricing(crew, Part(tuple(range(PEOPLE))))
        pricing.answer(np.zeros(len(pricing.base)))
    Annealing(recorder, 1).improve(SERVICE, 0.0, lambda: False, lambda: None, enough=0)


def _problem() -> Problem:
    start = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=ZoneInfo(ZONE))
    return Problem(
        contract=contract_of(_contract()), horizon=Horizon(MONDAY, DAYS, ZONE),
        people=tuple(
            Person(
                staff_id=f"W{k}", name=f"W{k}", team="desk", role="agent", fte=1.0, certified_on=MONDAY,
                home_site="centre",
            )
            for k in range(PEOPLE)
        ),
        curves=tuple(
            ServiceCurve("calls", start + timedelta(days=k), start + timedelta(days=k, hours=8), (9, 4, 1, 0))
            for k in range(DAYS)
        ),
    )  # fmt: skip


def _contract() -> dict[str, Any]:
    name = {"zh": "预热", "en": "warming up"}
    shifts = (("D", "09:00", "17:00"), ("E", "14:00", "22:00"))
    return {
        "id": "warm", "title": name, "buyer": name, "timezone": ZONE,
        "period": {"start": MONDAY, "end": MONDAY + timedelta(days=60)}, "site": [{"id": "centre", **name}],
        "team": [{"id": "desk", **name, "role": [{"id": "agent", **name, "headcount": PEOPLE}]}],
        "queue": [{
            "id": "calls", **name, "channel": "phone", "team": "desk", "roles": ["agent"], "days": "every-day",
            "windows": [{"start": "09:00", "end": "17:00"}], "patience_s": 180, "answer_rate": 0.9,
        }],
        "shift": [
            {"id": k, **name, "serves": ["desk/agent"], "sites": ["centre"], "days": "every-day",
             "segments": [{"start": begin, "end": end}]}
            for k, begin, end in shifts
        ],
        "goal": [{"kind": "coverage"}, {"kind": "even_hours", "hours_a_day": 8}],
    }  # fmt: skip
