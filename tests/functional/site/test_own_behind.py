"""What an agent sees behind their own figures: their rows on their days, and nothing of a colleague by any way."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import amy, browser, person, shop
from tests.functional.site.test_figures import MONTH
from xiaoer.actions.conversation import Conversation, Order, Said, Session
from xiaoer.actions.shop_data import metrics_of
from xiaoer.base.catalog import Catalog
from xiaoer.metrics.measure import measures_of
from xiaoer.site.agents.own_explain import without_colleagues
from xiaoer.site.models import Account, AuditEntry
from xiaoer.site.performance.chat import customer_digest

MINE, HERS = "晨光店:小艾", "晨光店:小林"
BUYERS = ("阿青", "小白", "老陈", "老周")
PANEL = {"HX-Request": "true"}


def of_each_kind() -> list[str]:
    """Return a metric of each set of relations and levels that metrics are made of."""
    metrics = metrics_of(Catalog())
    kinds: dict[str, str] = {}
    for name, metric in metrics.items():
        made_of = [(part, one.relation, one.level) for part, one in measures_of(metric, metrics).items()]
        kinds.setdefault(str(made_of), name)
    return list(kinds.values())


def behind(client: Client, **asked: str) -> tuple[int, str]:
    """Return the status and the panel of a question about an own figure."""
    asked = {"period": "days", "from": "2024-09-01", "to": "2024-09-30", "agent": MINE} | asked
    answer = client.get(f"/s/{shop().pk}/own/explain/", asked, headers=PANEL)
    return answer.status_code, unescape(answer.content.decode())


def orders_of(site: Path, account: str) -> set[str]:
    """Return the orders that stand behind an account's sales."""
    told = xiaoer(site, "explain", "sales_yuan", "--agent", account, *MONTH, "--json").data
    return {row["reference"] for row in told["rows"]}


def test_no_metric_tells_anything_of_a_colleague(site: Path) -> None:
    client = browser(amy())
    theirs = orders_of(site, "小林")
    assert theirs
    shown_rows = 0
    for name in of_each_kind():
        status, shown = behind(client, figure=name)
        assert status in (200, 422), name
        assert "小林" not in shown, name
        assert "2024-09-29" not in shown.replace("2024-09-29 ", ""), f"{name}: a day that is not hers"
        assert [one for one in BUYERS if one in shown] == [], name
        assert [one for one in theirs if one in shown] == [], name
        shown_rows += shown.count("<tr>")
    assert shown_rows > 30


def test_a_figure_made_of_others_rows_too_shows_its_meaning_only(site: Path) -> None:
    status, shown = behind(browser(amy()), figure="shop_sales_yuan")
    assert status == 200
    assert "这个数也要用到别人的行" in shown
    assert "<td" not in shown
    assert "全店" in shown
    assert not re.search(r"¥|\d{3}", shown.split("<h1>")[1])


@pytest.mark.parametrize("whose", [HERS, "小林", "", "nobody", "晨光店:小艾 ", "远山店:小远"])
def test_nobody_else_s_account_is_there(site: Path, whose: str) -> None:
    client = browser(amy())
    status, shown = behind(client, figure="sales_yuan", agent=whose)
    assert status == 422
    assert "没有属于你的这个账号" in shown
    assert "<table" not in shown
    days = client.get(f"/s/{shop().pk}/own/days/", {"month": "2024-09", "agent": whose})
    assert days.status_code == 422
    assert client.get(f"/s/{shop('远山店').pk}/own/explain/?figure=sales_yuan&agent={MINE}").status_code == 404


@pytest.mark.parametrize(
    "more",
    [
        {"in_group": "售后"}, {"in_role": "after_sale"}, {"policy": "payment"}, {"view": "usual"}, {"by": "agent"},
        {"from": "2020-01-01", "to": "2024-12-31"}, {"of": "0.1"}, {"q": "小林"}, {"compare": "team"},
    ],
)  # fmt: skip
def test_nothing_in_an_address_widens_what_is_shown(site: Path, more: dict[str, str]) -> None:
    plain = behind(browser(amy()), figure="received_buyers")
    widened = behind(browser(person("x", "lead")), figure="received_buyers")
    assert widened[0] == 403, "a lead has no own figures"
    if "from" in more:
        more = {"from": "2023-10-01", "to": "2024-10-30"}
    status, shown = behind(browser_of_amy(), figure="received_buyers", **more)
    assert status == plain[0] == 200
    assert rows(shown) == rows(plain[1])


def browser_of_amy() -> Client:
    """Return a browser of Amy, who is there already."""
    return browser(Account.objects.get(shop=shop(), account=MINE).person)


def rows(shown: str) -> list[str]:
    """Return the rows of the panel, without their addresses."""
    return [re.sub(r'href="[^"]*"', "", one) for one in re.findall(r"<tr>.*?</tr>", shown)]


def test_days_before_and_after_hers_are_not_hers(site: Path) -> None:
    client = browser(amy())
    assert behind(client, figure="sales_yuan", **{"from": "2024-09-16", "to": "2024-09-30"})[0] == 422
    assert behind(client, figure="sales_yuan", day="2024-09-29")[0] == 422
    shown = behind(client, figure="sales_yuan")[1]
    assert "¥1,234.50" in shown
    assert "1,294" not in shown, "with the order of the 29th, which is not on her days"


def test_own_conversations_open_and_others_do_not(site: Path) -> None:
    client = browser(amy())
    shown = behind(client, figure="received_buyers")[1]
    chats = re.findall(r'href="(/s/\d+/own/chat/\?[^"]+)"', shown)
    assert len(chats) == 2
    for address in chats:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "小林" not in answer.content.decode()
        assert [one for one in BUYERS if one in answer.content.decode()] == []
        assert "/chat/whole/" not in answer.content.decode()
    assert AuditEntry.objects.filter(act="chat_read", person__login="amy").count() == 2
    for who, on, buyer in ((HERS, "2024-09-02", "小白"), (HERS, "2024-09-03", "老陈"), (MINE, "2024-09-29", "老陈")):
        asked = {"who": who, "on": on, "with": customer_digest(shop(), buyer)}
        assert client.get(f"/s/{shop().pk}/own/chat/", asked).status_code == 422
        assert client.get(f"/s/{shop().pk}/chat/", asked).status_code == 403
    assert AuditEntry.objects.filter(act="chat_read").count() == 2


def test_a_colleague_in_orders_and_words_has_no_name() -> None:
    at = datetime(2024, 9, 2, 10, tzinfo=UTC)
    said = Said(at, "system", "transfer", "已转给 晨光店:小林，小林 会回复", automatic=False)
    order = Order("1", at, at, Decimal(1), HERS, "小林", "小艾", mine=True)
    found = Conversation(
        "小艾", "阿***", date(2024, 9, 2), (said,), (Session(at, None, 0, 0, 0, (said,)),), (order,), "", ""
    )
    plain = without_colleagues(found, MINE, (HERS, "小林"))
    assert "小林" not in str(plain)
    assert plain.orders[0].agent == "小艾"
    assert replace(plain, orders=(), before=(), sessions=()) == replace(found, orders=(), before=(), sessions=())


def test_the_month_before_is_held_against_only_where_it_was_hers(site: Path) -> None:
    who = amy()
    sheet, _ = browser(who).get(f"/s/{shop().pk}/own/?month=2024-09").context["parts"][0]
    assert all(line.moved is None for line in sheet.lines)
    Account.objects.filter(person=who).update(first_day=date(2024, 8, 1), last_day=None)
    sheet, _ = browser(who).get(f"/s/{shop().pk}/own/?month=2024-09").context["parts"][0]
    assert all(line.moved is not None for line in sheet.lines)


def test_the_days_of_an_account_are_drawn_and_listed(site: Path) -> None:
    answer = browser(amy()).get(f"/s/{shop().pk}/own/days/?month=2024-09&agent={MINE}", headers=PANEL)
    shown = answer.content.decode()
    charts = {chart.name: chart for chart in answer.context["charts"]}
    received = charts["trend-received_buyers"].series[0].points
    assert len(received) == 15, "her days of the month"
    assert [point.text for point in received if point.value is not None] == ["2"]
    assert "小林" not in shown
    assert [one for one in BUYERS if one in shown] == []
    assert shown.count("/own/chat/?") == 2
