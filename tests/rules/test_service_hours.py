from datetime import timedelta

import pytest
from pydantic import ValidationError

from roster.rules.service_hours import ServiceHours
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, at, breaches, disagree, duty, person, world

SPLIT = ({"start": "09:00", "end": "11:30"}, {"start": "13:30", "end": "16:30"})
RULE = ServiceHours.model_validate(
    {"clauses": ["T-1"], "team": "desk", "roles": ["agent"], "people": 2, "windows": SPLIT}
)
ANN, BOB, CYD = person("A"), person("B"), person("C")


def judged(*cells, rule=RULE, days=1, past=()):
    small = world(cells, days=days, past=past, people=[ANN, BOB, CYD])
    return breaches(rule, small.roster(small.free))


def test_half_an_hour_without_the_second_person_is_one_gap():
    (breach,) = judged((ANN, duty(0, "9-17")), (BOB, duty(0, "9-10 10.30-16.30")))
    assert (breach.start, breach.end, breach.day) == (at(0, 10), at(0, 10.5), MONDAY)
    assert (breach.found, breach.limit, breach.unit, breach.points) == (1, 2, "persons", 30)
    assert (breach.team, breach.role) == ("desk", "agent")


def test_lunch_between_the_windows_is_free_and_a_minute_more_is_not():
    ann = (ANN, duty(0, "9-17"))
    assert judged(ann, (BOB, duty(0, "9-11.30 11.30-13.30:lunch 13.30-16.30"))) == []
    (breach,) = judged(ann, (BOB, duty(0, "9-11.29 11.29-13.30:lunch 13.30-16.30")))
    assert breach.points == 1


def test_moments_with_different_shortages_are_told_apart():
    found = judged((ANN, duty(0, "10-17")), (BOB, duty(0, "11-17")))
    assert [(b.start, b.end, b.found, b.points) for b in found] == [
        (at(0, 9), at(0, 10), 0, 120),
        (at(0, 10), at(0, 11), 1, 60),
    ]


def test_a_change_of_people_leaves_no_gap_and_splits_no_breach():
    assert judged((ANN, duty(0, "9-17")), (BOB, duty(0, "9-10")), (CYD, duty(0, "10-17"))) == []
    (breach,) = judged(
        (ANN, duty(0, "9-10")), (BOB, duty(0, "10-11.30")), (CYD, duty(0, "13.30-17")), (ANN, duty(0, "13.30-17"))
    )
    assert (breach.start, breach.end, breach.points) == (at(0, 9), at(0, 11.5), 150)


def test_a_person_with_two_rows_counts_once():
    assert sum(b.points for b in judged((ANN, duty(0, "9-17")), (ANN, duty(0, "9-16.30")))) == 330


def test_only_contacts_answered_count_unless_service_is_asked():
    report = (BOB, duty(0, "9-17", activity="report"))
    assert sum(b.points for b in judged((ANN, duty(0, "9-17")), report)) == 330
    assert judged((ANN, duty(0, "9-17")), report, rule=RULE.model_copy(update={"activity": "serving"})) == []


def test_a_post_can_be_asked_for():
    rule = RULE.model_copy(update={"posts": ("hotline",), "people": 1})
    assert judged((ANN, duty(0, "9-17", post="hotline")), rule=rule) == []
    assert sum(b.points for b in judged((ANN, duty(0, "9-17", post="floor")), rule=rule)) == 330


def test_season_and_days_off():
    asked = {"since": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=2)}
    assert {b.day.day for b in judged(days=7, rule=RULE.model_copy(update=asked))} == {4, 5}
    assert {b.day.day for b in judged(days=7)} == {3, 4, 5, 6, 7}


NIGHT = ServiceHours.model_validate(
    {
        "clauses": ["T-1"],
        "team": "desk",
        "people": 1,
        "days": "every-day",
        "windows": [{"start": "00:00", "end": "24:00"}],
    }
)


def test_the_first_night_is_served_from_the_day_before_and_the_last_until_midnight():
    day = (BOB, duty(0, "6-22"))
    assert judged(day, (CYD, duty(0, "22-30")), rule=NIGHT, past=[(ANN, duty(-1, "22-30"))]) == []
    (breach,) = judged(day, (CYD, duty(0, "22-30")), rule=NIGHT, past=[(ANN, duty(-1, "22-29.59"))])
    assert (breach.start, breach.end, breach.points) == (at(0, 6 - 1 / 60), at(0, 6), 1)


def test_a_window_past_midnight_is_refused():
    with pytest.raises(ValidationError, match="30:00 > 24:00"):
        ServiceHours.model_validate(RULE.model_dump() | {"windows": [{"start": "22:00", "end": "30:00"}]})


WORLD = world(
    [
        (ANN, duty(0, "9-17")), (BOB, duty(0, "8-12")), (BOB, duty(0, "13-16.30")), (CYD, duty(0, "11.30-16")),
        (CYD, duty(0, "16-17")), (CYD, duty(0, "9-11.30", activity="report")), (ANN, duty(1)),
        (BOB, duty(1, "7-13 13-13.45:lunch 13.45-17")), (CYD, duty(1, "13.30-13.45")),
        (CYD, duty(1, "13.15-14", team="lab")),
    ],
    days=2,
    past=[(CYD, duty(1, "16-16.15"))],
)  # fmt: skip
NIGHTS = world(
    [(ANN, duty(0, "6-15")), (ANN, duty(0, "15-24")), (BOB, duty(0, "13-22.15")), (BOB, duty(0, "5-8")),
     (CYD, duty(0, "22-30")), (ANN, duty(0, "17-33", kind="oncall")), (CYD, duty(1, "6-24")), (BOB, duty(1, "0-23"))],
    past=[(CYD, duty(-1, "22-30"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD, samples=25)
    agree(NIGHT, NIGHTS)
    costs_agree(NIGHT, NIGHTS, samples=25)


@pytest.mark.parametrize("broken", [{"people": 1}, {"windows": SPLIT[:1]}, {"activity": "serving"}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
