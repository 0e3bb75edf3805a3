"""The Xi'an contract carries the whole tender, and its staff and calendar can keep it."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from roster.calendar import Calendar
from sample_data import synthetic_history, synthetic_staff
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "xian-shebao"
TABLES = ("staff.csv", "leave.csv", "requests.csv", "events.csv")
SECTIONS = (
    *("1.咨询接线", "2.电话外呼", "3.服务要求", "1.信息发布", "2.在线回复", "3.自动回复", "4.公众号运维"),
    *("（三）驻场服务及轮岗学习", "三、项目限价", "四、项目周期", "（一）团队机制", "（二）报告机制", "（三）沟通机制"),
    *("（四）建立", "（五）保密机制", "（六）应急机制", "（七）培训学习机制", "（八）硬件保障机制", "（9） 考核机制"),
)


def rules_of(contract, clause, kind):
    return [rule for rule in contract.rules if clause in rule.clauses and rule.kind == kind]


def test_every_section_of_the_tender_has_a_quote_in_it(contract):
    tender = (FOLDER / "tender.txt").read_text(encoding="utf-8")
    begins = [tender.index(heading) for heading in SECTIONS]
    assert begins == sorted(begins)
    places = [tender.index(q) for c in contract.clauses if c.source == "contract" for q in c.quote]
    for heading, (first, after) in zip(SECTIONS, pairwise([*begins, len(tender)]), strict=True):
        assert any(first <= place < after for place in places), heading


def test_ids_are_those_agreed(contract):
    roles = {(team.id, role.id) for team in contract.teams for role in team.roles}
    assert roles == {("phone", "agent"), ("wechat", "operations"), ("hall", "liaison")}
    assert {"calls", "outbound", "wechat", "hall-liaison", "hall-rotation"} <= {post.id for post in contract.posts}
    assert {site.id: site.client for site in contract.sites} == {"hall": True, "centre": False, "remote": False}
    assert [queue.id for queue in contract.queues] == ["phone"]
    assert contract.queues[0].answer_rate == 0.99
    assert (contract.period.start, contract.period.end) == (date(2023, 8, 1), date(2024, 7, 31))


def test_forty_people_with_hall_and_wechat_among_them(scenario, contract):
    enrolled = Counter(person.home for person in scenario.people if not person.reserve)
    promised = {(team.id, role.id): role.headcount for team in contract.teams for role in team.roles}
    assert enrolled == promised
    assert sum(enrolled.values()) >= 40
    assert enrolled["hall", "liaison"] >= 2
    assert enrolled["wechat", "operations"] >= 1
    assert sum(rule.fte for rule in rules_of(contract, "XA-02", "enrolled_fte")) == 40


def test_budgets_add_up_to_the_ceiling(contract):
    caps = {rule.team: rule.yuan for rule in rules_of(contract, "XA-12", "cost_cap")}
    assert caps == {team.id: team.budget_yuan for team in contract.teams}
    assert sum(caps.values()) == contract.budget_yuan == 2_050_000


def test_labour_of_a_year_stays_below_each_budget(scenario, contract):
    workdays = len(Calendar().workdays(date(2023, 8, 1), date(2024, 8, 1)))
    for team in contract.teams:
        rates = [p.hourly_cost for p in scenario.people if p.team == team.id and not p.reserve]
        assert 0.8 * team.budget_yuan < sum(rates) * 8 * workdays < 0.95 * team.budget_yuan


def test_kinds_are_those_of_the_reading(contract):
    kinds = {clause.id: clause.kind for clause in contract.clauses if clause.source == "contract"}
    assert Counter(kinds.values()) == {"hard": 3, "goal": 1, "duty": 8, "cap": 1, "record": 6}
    assert [clause for clause, kind in kinds.items() if kind == "hard"] == ["XA-01", "XA-02", "XA-06"]
    assert [goal.clauses for goal in contract.goals if goal.kind == "coverage"] == [("XA-03",)]


def test_the_other_reading_has_shifts_for_its_weekends(contract):
    weekend = {served for s in contract.shifts if s.days == "not-statutory" for served in s.serves}
    assert weekend == {"phone/agent", "wechat/operations", "hall/liaison"}


@pytest.mark.parametrize("flag", ["pregnant_7m", "nursing"])
def test_protected_people_have_calls_and_rotation_with_their_breaks(contract, flag):
    asked = {"pregnant_7m": 30, "nursing": 60}[flag]
    offered = [s for s in contract.shifts if s.kind == "work" and (not s.flags or flag in s.flags)]
    offered = [s for s in offered if flag not in s.not_flags]
    relief = {s.id: sum(g.end - g.start for g in s.segments if g.activity == "break" and g.paid) for s in offered}
    assert {post for s in offered for post in s.posts} == {"calls", "hall-rotation"}
    assert min(relief.values()) >= asked


def test_no_shift_is_longer_than_eight_paid_hours_or_outside_the_window(contract):
    for shift in contract.shifts:
        paid = sum(s.end - s.start for s in shift.segments if s.paid and s.activity not in ("lunch",))
        assert shift.kind != "work" or paid == 480, shift.id
        assert shift.segments[0].start >= 8.5 * 60
        assert shift.segments[-1].end <= 18 * 60


def test_every_post_of_a_rule_is_declared(contract):
    declared = {post.id for post in contract.posts}
    asked = {rule.post for rule in contract.rules if getattr(rule, "post", "")}
    assert asked
    assert asked <= declared


def test_the_committed_tables_are_seed_2023(tmp_path):
    synthetic_staff.main(["xian-shebao", str(tmp_path), "--seed", "2023"])
    synthetic_history.main(["xian-shebao", str(tmp_path / "history.csv"), "--seed", "2023"])
    for name in (*TABLES, "history.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_two_of_the_reserve_are_ready_on_every_day_of_the_contract(scenario):
    ready = {p.staff_id for p in scenario.people if p.reserve and p.arrival_hours <= 4 and p.serves("phone", "agent")}
    for day in Calendar().workdays(date(2023, 8, 1), date(2024, 8, 1)):
        away = {a.staff_id for a in scenario.leave if a.approved and a.start.date() <= day < a.end.date()}
        assert len(ready - away) >= 2, day


def test_history_runs_from_half_a_year_before_the_contract_to_its_end():
    lines = (FOLDER / "history.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1][:10] <= "2023-01-31"
    assert lines[-1][:10] == "2024-07-31"
