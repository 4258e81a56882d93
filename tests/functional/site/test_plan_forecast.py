"""The pages of the forecast: what the engine tells, what people say of it, and plainly what is missing."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person
from tests.functional.site.plan_shop import NEXT
from tests.functional.site.planning_pages import MONDAY, at, lead, made, nothing_kept, plan, seen
from tests.functional.site.test_funnel import cells, tables
from xiaoer.site.models import AuditEntry, Shop

__all__ = ["lead", "made", "nothing_kept", "plan"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the walk is on both kinds


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
