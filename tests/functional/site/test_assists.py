"""Who helped whom: the pairs, their orders and both conversations; who may see what of it."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH
from tests.functional.site.test_funnel import SEPTEMBER, cells, tables
from xiaoer.site.models import AuditEntry


def page(client: Client, name: str = "assists/", query: str = SEPTEMBER) -> str:
    """Return a page of assists."""
    return unescape(client.get(f"/s/{shop().pk}/{name}?{query}").content.decode())


def test_pairs_are_as_many_as_the_report_counts(site: Path) -> None:
    shown = page(browser(person("lin", "lead")))
    rows = cells(tables(shown)[0])
    names = "assisted_order_buyers,assisted_follow_up_buyers"
    told = xiaoer(site, "report", *MONTH, "--metrics", names, "--json").data["rows"]
    of_helper: dict[str, int] = {}
    for row in rows:
        of_helper[row[0]] = of_helper.get(row[0], 0) + int(row[4])
    counted = {
        one["agent"].split(":")[1]: one["assisted_order_buyers"] + one["assisted_follow_up_buyers"] for one in told
    }
    assert of_helper == {name: number for name, number in counted.items() if number}
    assert rows, "nobody helped in these data: the test says nothing"
    best = max(rows, key=lambda row: int(row[3]))
    assert all(part in shown.split("</h1>")[0] for part in (best[0], best[1], best[3]))


def test_a_pair_leads_to_its_orders_and_to_both_conversations(site: Path) -> None:
    client = browser(person("lin", "lead"))
    shown = page(client)
    row = cells(tables(shown)[0])[0]
    address = re.search(r'<a href="([^"]+)">查看</a>', shown)
    assert address is not None
    listed = unescape(client.get(address[1]).content.decode())
    orders = cells(tables(listed)[0])
    assert len(orders) == int(row[3])
    assert all(order[4:6] == row[:2] for order in orders)
    assert all("***" in order[3] for order in orders)
    chats = re.findall(r'<a href="([^"]+/chat/[^"]+)">(帮忙的人的|对方的)</a>', listed)
    assert [said for _, said in chats[:2]] == ["帮忙的人的", "对方的"]
    for chat, _ in chats:
        answer = client.get(chat)
        assert answer.status_code == 200
        assert orders[0][2] in answer.content.decode(), "the conversation shows the order"
        assert "回到名单" in answer.content.decode()


def test_filters_by_helper_and_by_kind(site: Path) -> None:
    client = browser(person("lin", "lead"))
    every = cells(tables(page(client))[0])
    for account in ("晨光店:小艾", "晨光店:小林"):
        shown = page(client, query=f"{SEPTEMBER}&account={account}")
        mine = cells(tables(shown)[0]) if tables(shown) else []
        assert mine == [row for row in every if row[0] == account.split(":")[1]]
    for kind, said in (("order", "协助下单"), ("follow_up", "协助跟进")):
        shown = page(client, query=f"{SEPTEMBER}&shown={kind}")
        mine = cells(tables(shown)[0]) if tables(shown) else []
        assert mine == [row for row in every if row[2] == said]


def test_an_analyst_sees_orders_without_conversations_and_a_client_pairs_only(site: Path) -> None:
    analyst = browser(person("ana", "analyst"))
    assert "/chat/?" not in page(analyst, "assists/orders/")
    assert cells(tables(page(analyst, "assists/orders/"))[0])
    client = browser(person("cli", "client"))
    assert "/assists/orders/" not in page(client)
    assert client.get(f"/s/{shop().pk}/assists/orders/?{SEPTEMBER}").status_code == 403


def test_who_leads_a_group_sees_nothing_of_the_whole_shop(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    for name in ("assists/", "silent/", "assists.xlsx"):
        assert client.get(f"/s/{shop().pk}/{name}").status_code == 403
    assert "静默订单" not in client.get(f"/s/{shop().pk}/team/").content.decode()


def test_the_spreadsheet_is_logged(site: Path) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/assists.xlsx?{SEPTEMBER}")
    assert answer.content[:2] == b"PK"
    assert AuditEntry.objects.get(act="exported").details["list"] == "assists"


@pytest.mark.parametrize("name", ["assists/", "assists/orders/"])
def test_days_without_assists_say_so(site: Path, name: str) -> None:
    assert "没有协助" in page(browser(person("lin", "lead")), name, "from=2024-09-20&to=2024-09-21")


@pytest.mark.parametrize("query", ["policy=nobody", "from=2024-09-09&to=2024-09-01"])
def test_what_can_not_be_asked_is_said_plainly(site: Path, query: str) -> None:
    assert browser(person("lin", "lead")).get(f"/s/{shop().pk}/assists/?{query}").status_code == 422
