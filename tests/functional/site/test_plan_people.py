"""The pages of people needed, adherence, its wall and what-if: what the engine says, by role, and empty."""

import json
import re
from datetime import date, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.plan_shop import NEXT
from tests.functional.site.planning_pages import MONDAY, at, lead, made, nothing_kept, plan, seen
from tests.functional.site.test_funnel import cells, tables
from xiaoer.actions.plan_duties import Duty
from xiaoer.site.models import Account, AuditEntry, Shop
from xiaoer.site.wall import feed

__all__ = ["lead", "made", "nothing_kept", "plan"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the walk is on both kinds


def duties(*rows: tuple[str, int, int]) -> tuple[Duty, ...]:
    """Return shifts of Monday the fifth: who, from which hour to which."""
    return tuple(Duty(name, date(2024, 8, 5), first * 60, last * 60, "work") for name, first, last in rows)


@pytest.fixture
def rostered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish a roster: two people on Monday, one of them only in the morning."""
    found = (
        *duties(("小夏", 9, 12), ("小夏", 13, 21), ("小冬", 9, 12)),
        Duty("小夏", date(2024, 8, 5), 720, 780, "break"),
    )
    monkeypatch.setattr("xiaoer.site.planning.need.published_duties", lambda *_: found)


def needs(client: Client, query: str = NEXT) -> str:
    return seen(client, at("need/", query))


def test_people_needed_are_the_engine_s(lead: Client, plan: Path) -> None:
    shown = needs(lead)
    told = xiaoer(plan, "plan", "need", *MONDAY, "--by", "interval", "--json").data["rows"]
    of_monday = [one for one in told if one["day"] == "2024-08-05" and one["contacts"] > 0]
    listed = {row[0]: row for row in next(cells(one) for one in tables(shown) if "在岗人数" in one)}
    for one in of_monday:
        assert [int(text) for text in listed[one["from"]][2:4]] == [one["people"], one["roster"]]
    assert f"最多的时段要排 {max(one['roster'] for one in told)} 人" in shown
    assert "80% 在 20 秒 内接起" in shown
    assert "--patience" not in shown


def test_a_roster_is_held_against_the_need(lead: Client, rostered: None) -> None:
    shown = needs(lead)
    listed = {row[0]: row for row in next(cells(one) for one in tables(shown) if "排班人数" in one)}
    assert (listed["09:00"][4], listed["12:00"][4], listed["14:00"][4]) == ("2.00", "0.00", "1.00")
    assert all(int(row[5]) == int(float(row[4])) - int(row[3]) for row in listed.values())
    short = [row[0] for row in listed.values() if int(row[5]) < 0]
    assert "12:00" in short
    gaps = re.findall(
        r"<a href=\"\?[^\"]*\">(\d\d-\d\d) (\d\d:\d\d)</a>", shown.split('class="gaps"')[1].split("</ul>")[0]
    )
    assert len(gaps) == 8
    assert "个时段缺人" in shown
    tuesday = needs(lead, f"{NEXT}&on=2024-08-06")
    assert "2024-08-06（周二）" in tuesday


def test_need_goes_to_a_roster_as_a_table(lead: Client, plan: Path, tmp_path: Path) -> None:
    answer = lead.get(at("need-for-roster.xlsx"))
    file = tmp_path / "需求.xlsx"
    file.write_bytes(answer.content)
    told = xiaoer(plan, "plan", "need", *MONDAY, "--by", "interval", "--json").data["rows"]
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["需求"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(str(row[0])[:10], row[1], row[2]) for row in rows] == [
        (one["day"], one["from"], one["roster"]) for one in told
    ]
    tables_of = tmp_path / "排班.yaml"
    tables_of.write_text(
        '员工:\n  - {姓名: 小夏, 最多工时: "40"}\n班次:\n  - {班次: 早, 开始: "09:00", 结束: "21:00"}\n',
        encoding="utf-8",
    )
    made = xiaoer(plan, "plan", "roster", tables_of, "--need", file, "--rounds", "1", "--json")
    assert made.code == 0, made.err
    assert len(openpyxl.load_workbook(BytesIO(lead.get(at("need.xlsx")).content)).sheetnames) == 1


def test_goals_hold_from_a_day_on_and_who_set_them_stays(lead: Client, plan: Path, tmp_path: Path) -> None:
    asked = ("plan", "need", *MONDAY, "--by", "interval", "--json")
    before = [one["people"] for one in xiaoer(plan, *asked).data["rows"]]
    given = {
        "level": "service_level_of_answered", "level_percent": "95", "level_seconds": "10", "occupancy_share": "60",
        "shrinkage": "20", "handle": "240", "patience": "none", "quantile": "90", "first": "2024-08-05",
    }  # fmt: skip
    try:
        assert lead.post(at("goals/"), given).status_code == 302
        shown = needs(lead)
        assert "接起的里 95% 在 10 秒 内；忙碌不超过 60%" in shown
        assert "平均处理 4 分 00 秒" in shown
        told = xiaoer(plan, *asked).data
        assert told["meta"]["goals"] == ["service_level_of_answered=95%/10s", "occupancy_share=60%"]
        assert sum(one["people"] for one in told["rows"]) > sum(before)
        entries = AuditEntry.objects.filter(act="setting_changed")
        assert {one.details["setting"] for one in entries} == {
            "plan_call_goals", "plan_shrinkage_percent", "plan_call_handle_seconds", "plan_call_patience_seconds",
            "plan_quantile",
        }  # fmt: skip
        assert "林主管" in shown.split("谁什么时候改过目标")[1]
        again = lead.post(at("goals/"), given)
        assert again.status_code == 302
        assert AuditEntry.objects.filter(act="setting_changed").count() == 5, "what holds already is not written again"
    finally:
        for name, value in (("plan_call_goals", "80/20,abandonment_share=5%"), ("plan_shrinkage_percent", "30"),
                            ("plan_call_handle_seconds", ""), ("plan_call_patience_seconds", ""),
                            ("plan_quantile", "median")):  # fmt: skip
            assert xiaoer(plan, "settings", "set", name, value, "--from", "2024-08-05").code == 0


@pytest.mark.parametrize(("changed", "said"), [
    ({"level_seconds": ""}, "服务水平要写百分之几和几秒"),
    ({"level_percent": "", "level_seconds": ""}, "至少要有一个目标"),
    ({"handle": "很久"}, "不是大于 0 的秒数"), ({"patience": "-3"}, "不是大于 0 的秒数"),
    ({"shrinkage": "100"}, "problem_shrinkage"), ({"first": ""}, "problem_first"),
])  # fmt: skip
def test_goals_that_can_not_hold_are_told_at_once(lead: Client, changed: dict[str, str], said: str) -> None:
    given = {"level": "service_level_of_offered", "level_percent": "80", "level_seconds": "20", "shrinkage": "30",
             "quantile": "median", "first": "2024-08-05"} | changed  # fmt: skip
    answer = lead.post(at("goals/"), given)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert not AuditEntry.objects.filter(act="setting_changed").exists()


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish what ROSTER says of the first two days of August."""
    found = (
        Duty("小夏", date(2024, 8, 1), 540, 660), Duty("小夏", date(2024, 8, 1), 660, 690, "break"),
        Duty("小夏", date(2024, 8, 1), 690, 900), Duty("小冬", date(2024, 8, 1), 1200, 1440),
        Duty("小冬", date(2024, 8, 2), 1200, 1560), Duty("新来的", date(2024, 8, 2), 540, 600),
    )  # fmt: skip

    def some(_shop: Shop, first: date, last: date) -> tuple[Duty, ...]:
        return tuple(one for one in found if first <= one.day <= last)

    monkeypatch.setattr("xiaoer.site.planning.adherence.published_duties", some)


AUGUST = "from=2024-08-01&days=7&now=1"


def test_adherence_is_the_engine_s_by_person_and_interval(lead: Client, worked: None) -> None:
    shown = seen(lead, at("adherence/", AUGUST))
    assert "4 个班里 2 个没来，1 个迟到" in shown
    assert "新来的 在数据里没有账号" in shown
    people = {row[0]: row for row in next(cells(one) for one in tables(shown) if "早退" in one)}
    assert people["小夏"][1:4] == ["1", "0", "1"]
    assert people["小夏"][6] == "10 分 00 秒"
    assert people["小冬"][1:3] == ["2", "1"]
    day = seen(lead, at("adherence/", f"{AUGUST}&on=2024-08-01"))
    listed = {row[0]: row for row in next(cells(one) for one in tables(day) if "按排班" in one or "排班人数" in one)}
    assert (listed["09:00"][1], listed["09:00"][2]) == ("1.00", "0.67")
    book = openpyxl.load_workbook(BytesIO(lead.get(at("adherence.xlsx", f"{AUGUST}&by=interval")).content))
    assert book.sheetnames == ["到岗"]


def test_adherence_without_a_roster_says_what_will_be_here(lead: Client) -> None:
    shown = seen(lead, at("adherence/", AUGUST))
    assert "这些天没有发布班表" in shown
    assert "班表发布以后" in shown


def test_agents_see_their_own_days_only(plan: Path, worked: None) -> None:
    amy = person("amy", "agent")
    Account.objects.create(person=amy, shop=shop(), account="小夏", first_day=date(2024, 8, 1))
    shown = seen(browser(amy), f"/s/{shop().pk}/own/adherence/?{AUGUST}")
    rows = next(cells(one) for one in tables(shown) if "早退" in one)
    assert [row[:2] for row in rows] == [["2024-08-01", "小夏"]]
    assert "小冬" not in shown
    assert "1 个班里 0 个没来，1 个迟到" in shown
    late = person("ben", "agent")
    Account.objects.create(person=late, shop=shop(), account="小夏", first_day=date(2024, 8, 2))
    assert "这些天没有你的班" in seen(browser(late), f"/s/{shop().pk}/own/adherence/?{AUGUST}")
    assert browser(amy).get(at("adherence/", AUGUST)).status_code == 403


def side(name: str, percent: str, seconds: str, **others: str) -> dict[str, str]:
    """Return one side of the form of what-if."""
    fields = {"percent": percent, "seconds": seconds, "shrinkage": "30"} | others
    return {f"{field}_{name}": value for field, value in fields.items()}


@pytest.mark.parametrize(("figure", "bound", "goal"), [
    ("three_minute_share", "99", "three_minute_share=99%"), ("mean_wait_seconds", "3", "mean_wait_seconds=3s"),
    ("occupancy_share", "50", "occupancy_share=50%"),
])  # fmt: skip
def test_any_goal_can_be_tried_without_a_service_level(
    lead: Client, plan: Path, figure: str, bound: str, goal: str
) -> None:
    sides = side("a", "80", "20") | side("b", "", "", **{figure: bound})
    shown = seen(lead, at("whatif/", f"{NEXT}&{urlencode({'which': 'goals'} | sides)}"))
    told = xiaoer(plan, "plan", "whatif", *MONDAY, "--goal", "80/20", "--instead-goal", goal, "--json")
    rows = {row[0]: row[1:] for row in next(cells(one) for one in tables(shown) if "换成" in one)}
    assert rows["要排人时"][:2] == [f"{one['roster_hours']:,.2f}" for one in told.data["rows"]]
    none = urlencode({"which": "goals"} | side("a", "80", "20") | side("b", "", ""))
    assert "problem_percent_b" in seen(lead, at("whatif/", f"{NEXT}&{none}"), status=422)


def test_other_goals_stand_beside_the_shop_s(lead: Client, plan: Path) -> None:
    sides = side("a", "80", "20", abandonment_share="5") | side("b", "95", "10", abandonment_share="2")
    query = urlencode({"which": "goals", "hour_yuan": 30, "times": 2, **sides})
    shown = seen(lead, at("whatif/", f"{NEXT}&{query}"))
    told = xiaoer(
        plan, "plan", "whatif", *MONDAY, "--goal", "80/20", "--goal", "abandonment_share=5%", "--instead-goal", "95/10",
        "--instead-goal", "abandonment_share=2%", "--contacts-times", "2", "--hour-yuan", "30", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    rows = {row[0]: row[1:] for row in next(cells(one) for one in tables(shown) if "换成" in one)}
    now, instead = told.data["rows"]
    assert rows["要排人时"][:2] == [f"{one['roster_hours']:,.2f}" for one in (now, instead)]
    assert rows["成本"][:2] == [f"¥{float(one['cost']):,.2f}" for one in (now, instead)]
    assert "要多排" in shown
    bad = at("whatif/", f"{NEXT}&which=goals&percent_a=0")
    assert "problem_percent_a" in seen(lead, bad, status=422)


def test_people_who_join_and_leave_are_held_against_the_weeks(lead: Client) -> None:
    people = {"which": "people", "week_hours": "40", "leaving": "0", "hour_yuan": "30", "day_1": "2024-01-01",
              "people_1": "5", "kind_1": "experienced", "day_2": "2024-08-12", "people_2": "-5",
              "day_3": "2024-08-12", "people_3": "1", "kind_3": "newcomer"}  # fmt: skip
    shown = seen(lead, at("whatif/", f"from=2024-08-05&days=14&now=1&{urlencode(people)}"))
    first, second = next(cells(one) for one in tables(shown) if "从这天起的一周" in one)
    assert (first[2], second[2]) == ("200.00", "12.00")
    assert (first[5], second[5]) == ("¥6,000.00", "¥1,200.00")
    assert "¥7,200.00" in shown
    nobody = at("whatif/", f"{NEXT}&which=people&week_hours=40&leaving=0")
    assert "请写有几个人" in seen(lead, nobody, status=422)
    dayless = at("whatif/", f"{NEXT}&which=people&week_hours=40&leaving=0&people_2=3")
    assert "请写从哪天起" in seen(lead, dayless, status=422)


def test_the_wall_says_who_is_missing_now(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2024, 8, 1, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = (Duty("小夏", date(2024, 8, 1), 540, 900), Duty("小冬", date(2024, 8, 1), 840, 1200),
             Duty("小秋", date(2024, 8, 1), 900, 1200), Duty("小春", date(2024, 8, 1), 840, 900, "break"))  # fmt: skip
    monkeypatch.setattr("xiaoer.site.planning.wall.published_duties", lambda *_: found)
    monkeypatch.setattr("xiaoer.site.planning.wall.timezone.now", lambda: now)
    feed.forget()
    shown = seen(lead, at("adherence/wall/", "")).replace('<tr class="late">', "<tr>")
    rows = {row[0]: row[1:] for row in next(cells(one) for one in tables(shown) if "排上" in one)}
    assert list(rows) == ["小冬", "小夏", "小春", "小秋"]
    assert rows["小夏"] == ["09:00 – 15:00", "在岗", ""]
    assert rows["小冬"] == ["14:00 – 20:00", "▲ 该在没在", "30 分 00 秒"]
    assert rows["小秋"][1] == "一小时内上班"
    assert rows["小春"][1] == "排好的休息"
    assert "该在 2 人，1 人没在" in shown
    assert f'data-alarms="{json.dumps(["小冬"])}"' in shown
    rest = seen(lead, at("adherence/wall/rest/", ""))
    assert "到 14:30 来了" in rest
    feed.forget()


def test_the_wall_without_a_roster_or_data_says_so(lead: Client) -> None:
    feed.forget()
    assert "今天没有发布班表" in seen(lead, at("adherence/wall/", ""))
    assert "没有来访记录" in seen(lead, at("adherence/wall/rest/", ""))
    feed.forget()
