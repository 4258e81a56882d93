"""Pages of planning: they show what the engine says, keep what people say of it, and say plainly what is missing."""

import json
import re
import shutil
from collections.abc import Iterator
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
from tests.functional.site.plan_shop import NEXT, plan_home
from tests.functional.site.test_funnel import cells, tables
from xiaoer.actions.plan_duties import Duty
from xiaoer.site.models import Account, AuditEntry, Shop
from xiaoer.site.wall import feed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the walk is on both kinds
MONDAY = ("--from", "2024-08-05", "--to", "2024-08-11")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hotline's data folder."""
    return plan_home(tmp_path_factory.mktemp("planning"))


@pytest.fixture
def plan(made: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the site look at the hotline, of which nothing was said yet."""
    from django.conf import settings

    shutil.rmtree(made / "planning", ignore_errors=True)
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(made, "zh"))
    return made


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Forget what was computed for the folder of another test."""
    yield
    from xiaoer.site import kept

    kept._KEPT.answers.clear()


@pytest.fixture
def lead(plan: Path) -> Client:
    """Return the lead's browser."""
    return browser(person("lin", "lead", name="林主管"))


def at(path: str = "", query: str = NEXT) -> str:
    return f"/s/{shop().pk}/plan/{path}?{query}"


def seen(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def days(shown: str) -> dict[str, list[str]]:
    """Return the table of days by day."""
    return {row[0]: row[1:] for row in next(cells(one) for one in tables(shown) if "这天有什么" in one)}


def test_the_page_shows_what_the_engine_tells(lead: Client, plan: Path) -> None:
    shown = seen(lead, at())
    told = xiaoer(plan, "plan", "forecast", *MONDAY, "--json").data
    rows = days(shown)
    assert list(rows) == [one["day"] for one in told["days"]]
    for one in told["days"]:
        numbers = [float(text.replace(",", "")) for text in rows[one["day"]][1:4]]
        assert numbers == pytest.approx([one["contacts"], one["q10"], one["q90"]], abs=0.6)
    assert "7 天一共约" in shown
    assert "记录里" not in seen(lead, at(query="from=2024-08-05&days=7&now=1&interval=15"))
    tried = next(cells(one) for one in tables(shown) if "提前几天" in one)
    wape = told["backtest"][0]["models"]["four_week_mean"]["wape"]
    assert tried[0][0] == "1"
    assert f"{wape:.1%}" in tried[0]


def test_one_day_by_interval_and_what_came(lead: Client, plan: Path) -> None:
    shown = seen(lead, at(query="from=2024-07-29&days=7&on=2024-08-04&interval=60&now=1"))
    told = xiaoer(plan, "plan", "forecast", "--from", "2024-07-29", "--to", "2024-08-04", "--interval", "60", "--json")
    rows = [one for one in told.data["rows"] if one["day"] == "2024-08-04"]
    listed = next(cells(one) for one in tables(shown) if "时段开始" in one)
    assert [row[0] for row in listed] == [one["from"] for one in rows]
    assert sum(int(row[-1]) for row in listed) == sum(one["came"] for one in rows) > 0


def test_a_page_that_takes_its_time_is_there_at_once(lead: Client) -> None:
    address = at(query="from=2024-08-05&days=7")
    assert 'hx-trigger="load"' in seen(lead, address)
    answer = lead.get(address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert "7 天一共约" in seen(lead, address)
    far = at(query="from=2025-08-05&days=7")
    assert "now=1" in lead.get(far, headers={"HX-Request": "true"})["HX-Redirect"]


def test_what_can_not_be_told_is_said_and_other_days_can_be_asked(lead: Client, plan: Path) -> None:
    shown = seen(lead, at(query="from=2025-08-05&days=7&now=1"))
    assert "最远能预测到 2024-11-03（13 周）" in shown
    assert "请改日期" in shown
    assert "--to" not in shown
    assert 'name="from"' in shown
    assert "7 天的记录" not in shown
    assert "至少要 7 天" in seen(lead, at(query="from=2024-07-03&days=7&now=1"))


def test_a_shop_without_calls_and_chats_is_told_what_to_import(site: Path) -> None:
    from xiaoer.site.models import Shop

    bare = Shop.objects.create(name="空店")
    assert "这家店还没有数据" in seen(browser(person("own", "owner")), f"/s/{bare.pk}/plan/")


def test_somebody_says_better_and_takes_it_back(lead: Client, plan: Path) -> None:
    before = days(seen(lead, at()))["2024-08-07"]
    form = seen(lead, at(query=f"{NEXT}&say=2024-08-07"))
    assert 'value="2024-08-07"' in form
    said = {"day": "2024-08-07", "contacts": "", "times": "2", "reason": "主播带货"}
    assert lead.post(at("override/"), said).status_code == 302
    shown = seen(lead, at())
    after = days(shown)["2024-08-07"]
    assert float(after[1]) == pytest.approx(2 * float(before[1]), rel=0.03)
    assert f"改过（模型 {float(before[1]):,.0f}）：主播带货" in after[4]
    assert "林主管" in after[-1]
    assert AuditEntry.objects.get(act="override_said").details == {"day": "2024-08-07", "kind": "call"}
    told = xiaoer(plan, "plan", "forecast", *MONDAY, "--json").data["days"][2]
    assert told["override"] == {"reason": "主播带货", "author": "林主管"}
    assert lead.post(at("override/"), {"day": "2024-08-07", "do": "withdraw"}).status_code == 302
    assert days(seen(lead, at()))["2024-08-07"][1:4] == before[1:4]
    assert AuditEntry.objects.filter(act="override_withdrawn").count() == 1


@pytest.mark.parametrize(("given", "said"), [
    ({"day": "2024-08-07", "times": "2", "contacts": "9", "reason": "x"}, "两个里填一个"),
    ({"day": "2024-08-07", "reason": "x"}, "两个里填一个"),
    ({"day": "2024-08-07", "times": "2"}, "id=\"problem_reason\""),
    ({"day": "2024-08-04", "times": "2", "reason": "x"}, "这天已经过去"),
    ({"day": "2024-08-07", "times": "-1", "reason": "x"}, "id=\"problem_times\""),
    ({"day": "八月", "times": "2", "reason": "x"}, "id=\"problem_day\""),
])  # fmt: skip
def test_a_bad_word_is_told_beside_its_field_and_kept_nowhere(
    lead: Client, plan: Path, given: dict[str, str], said: str
) -> None:
    answer = lead.post(at("override/"), given)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert not (plan / "planning" / "overrides.jsonl").exists()


def test_own_events_bear_on_the_forecast_of_every_door(lead: Client, plan: Path) -> None:
    seen(lead, at())
    assert lead.post(at("event/"), {"name": "盘点", "first": "2024-08-06", "lift": "0"}).status_code == 302
    party = {"name": "店庆", "first": "2024-08-08", "last": "2024-08-09", "lift": "3"}
    assert lead.post(at("event/"), party).status_code == 302
    shown = seen(lead, at())
    rows = days(shown)
    assert float(rows["2024-08-06"][1]) == 0
    assert float(rows["2024-08-08"][1]) > 2 * float(rows["2024-08-07"][1])
    assert "店庆" in rows["2024-08-09"][4]
    told = {one["day"]: one["contacts"] for one in xiaoer(plan, "plan", "forecast", *MONDAY, "--json").data["days"]}
    assert told["2024-08-06"] == 0
    held = next(cells(one) for one in tables(shown) if "是平日的几倍" in one)
    assert [row[:4] for row in held] == [["店庆", "2024-08-08 – 2024-08-09", "× 3", "林主管"],
                                         ["盘点", "2024-08-06", "不开", "林主管"]]  # fmt: skip
    assert lead.post(at("event/withdraw/"), {"name": "盘点", "first": "2024-08-06"}).status_code == 302
    assert float(days(seen(lead, at()))["2024-08-06"][1]) > 0
    assert lead.post(at("event/withdraw/"), {"name": "盘点", "first": "2024-08-06"}).status_code == 302
    assert AuditEntry.objects.filter(act="event_withdrawn").count() == 1
    bad = lead.post(at("event/"), {"name": "x", "first": "2024-08-08", "last": "2024-08-07"})
    assert bad.status_code == 422
    assert "结束日期早于" in bad.content.decode() or "problem_last" in bad.content.decode()


def test_the_workbook_has_the_page_s_rows(lead: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(lead.get(at("forecast.xlsx")).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any(str(row[0]).startswith("2024-08-05") for row in rows)
    assert AuditEntry.objects.get(act="exported").details["table"] == "plan_forecast"


def test_earlier_forecasts_are_scored_when_their_days_have_come(lead: Client, plan: Path) -> None:
    assert "还没有留存的预测" in seen(lead, at("scores/", "now=1"))
    xiaoer(
        plan, "plan", "override", "2024-08-03", "--kind", "call", "--times", "3", "--reason", "x", "--author", "阿林"
    )
    seen(lead, at(query="from=2024-08-01&days=7&now=1"))
    shown = seen(lead, at("scores/", "now=1"))
    assert "1 份预测里，1 份的日子已经来了。有人改过的 1 份里，0 份改得比模型准。" in shown
    (row,) = next(cells(one) for one in tables(shown) if "模型误差" in one)
    assert row[0] == "2024-08-01"
    assert float(row[6].rstrip("%")) > float(row[5].rstrip("%"))


def test_who_only_looks_has_no_forms(plan: Path) -> None:
    shown = seen(browser(person("ana", "analyst")), at())
    assert "2024-08-07" in shown
    assert "plan/override/" not in shown
    assert "plan/event/" not in shown


def test_the_page_speaks_english(lead: Client) -> None:
    lead.cookies["xiaoer_language"] = "en"
    shown = seen(lead, at())
    assert "About" in shown
    assert "Say better" in shown
    assert not re.findall(
        r"[\u4e00-\u9fff]{3,}", re.sub(r"<[^>]*>", " ", shown.split("<main")[1]).replace("晨光店", "")
    )


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


def test_other_goals_stand_beside_the_shop_s(lead: Client, plan: Path) -> None:
    sides = {f"{name}_{side}": value for side, of in (("a", (80, 20, 5, 30)), ("b", (95, 10, 2, 30)))
             for name, value in zip(("percent", "seconds", "abandoned", "shrinkage"), of, strict=True)}  # fmt: skip
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
