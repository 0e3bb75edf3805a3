"""Variants of the generated rosters, drawn from a seed: other demand, wishes, part time and what is carried in."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.rotation import SHIFTS, START, Size
from roster.people import Request

WISHES = (12, 60)
"""How many wishes a variant has at least and at most."""
PARTS = (0.5, 0.8, 1.0, 1.0, 1.0)
"""Parts of full time, as likely as they are listed."""
COUNTS = ("nights", "weekend-days")
"""What people carry in: one more or one less than the even share, or neither."""


def with_demand(size: Size, seed: int) -> Size:
    """Each shift's demand moved by up to a tenth, at least by one, within what five days of seven allow."""
    random = Random(seed)
    moved = {shift: max(1, people + random.randint(*_reach(people))) for shift, people in size.demand.items()}
    return replace(size, demand=moved) if sum(moved.values()) <= size.agents * 5 // 7 else size


def _reach(people: int) -> tuple[int, int]:
    step = max(people // 10, 1)
    return -step, step


def with_wishes(size: Size, seed: int) -> Size:
    """Some dozens of wishes, one a person and day; half of them for the same shift of the same day."""
    random = Random(f"wishes {seed}")
    popular = random.randrange(size.days), "shift", random.choice(tuple(SHIFTS))
    wished: dict[tuple[int, int], Request] = {}
    for _ in range(random.randint(*WISHES)):
        day, kind, shift = popular if random.random() < 0.5 else _anything(size, random)
        who = random.randrange(size.agents)
        wished[who, day] = Request.model_validate(
            {"staff_id": str(who), "date": START + timedelta(days=day), "kind": kind, "shift": shift,
             "weight": random.randint(1, 10)}
        )  # fmt: skip
    return replace(size, wishes=tuple(wished.values()))


def _anything(size: Size, random: Random) -> tuple[int, str, str]:
    """A day, and a kind of wish with the shift that it is for."""
    kind = random.choice(("on", "off", "shift"))
    return random.randrange(size.days), kind, random.choice(tuple(SHIFTS)) if kind == "shift" else ""


def with_parts(size: Size, seed: int) -> Size:
    """Everybody works a part of full time, and has had more or less than the share of nights and weekend days."""
    random = Random(f"parts {seed}")
    parts = tuple(random.choice(PARTS) for _ in range(size.agents))
    carried = {counts: tuple(random.randint(-1, 1) for _ in range(size.agents)) for counts in COUNTS}
    return replace(size, parts=parts, carried=carried)
