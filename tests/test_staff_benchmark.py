"""The independent scorer of the staff rostering benchmark against hand-made rosters."""

import pytest

from benchmarks.scorer import judge

TEXT = """\
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=14|L=1,4800,960,5,2,2,1
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,1,E,2
SECTION_SHIFT_OFF_REQUESTS
A,2,E,3
SECTION_COVER
1,E,1,100,1
2,E,0,100,7
3,E,1,50,1
"""


def verdict(**days):
    return judge(TEXT, {("A", int(day[1:])): shift for day, shift in days.items()})


def test_the_cost_adds_wishes_and_cover():
    assert verdict(d1="E", d2="E") == (3 + 7 + 50, [])
    assert verdict(d3="E", d4="E") == (2 + 100, [])


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ({"d0": "E", "d1": "E"}, "is off"),
        ({"d1": "L", "d2": "L"}, "2 x L"),
        ({"d1": "E"}, "480 minutes"),
        ({"d1": "L", "d2": "E"}, "E after L"),
        ({f"d{k}": "E" for k in range(1, 7)}, "6 days in a row"),
        ({"d1": "E", "d3": "E", "d4": "E"}, "only 1 days in a row"),
        ({"d1": "E", "d2": "E", "d4": "E", "d5": "E"}, "only 1 days off"),
        ({"d5": "E", "d6": "E", "d12": "E", "d13": "E"}, "2 weekends"),
    ],
)
def test_each_rule_is_judged(days, word):
    _, broken = verdict(**days)
    assert any(word in fault for fault in broken), broken


def test_edges_are_waived():
    assert judge(TEXT.replace("A,0\n", "A,7\n"), {("A", 0): "E", ("A", 13): "E"})[1] == []
    assert len(verdict(d13="E", d11="E")[1]) == 2
