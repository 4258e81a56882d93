"""The search: what of the reader's a word leads to; customers by whole names only, masked, logged, in no address."""

from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from tests.functional.site.cast import amy, browser, person, shop
from xiaoer.site.models import AuditEntry


def hits(client: Client, words: str) -> dict[str, list[str]]:
    """Return by kind the addresses that words lead to."""
    answer = client.get("/search/", {"q": words, "shop": shop().pk})
    assert answer.status_code == 200
    return {str(label): [one.address for one in each] for label, each in answer.context["groups"]}


def customers(client: Client, name: str) -> tuple[int, str]:
    """Return the status and the page of a search among customers."""
    answer = client.post(f"/s/{shop().pk}/search/customers/", {"q": name})
    return answer.status_code, unescape(answer.content.decode())


def test_pages_people_and_figures_are_found_by_a_part_of_their_name(site: Path) -> None:
    client = browser(person("lin", "lead", name="老林"))
    assert f"/s/{shop().pk}/team/" in hits(client, "绩效")["页面"]
    agent = f"/s/{shop().pk}/agent/{quote('晨光店:小艾', safe=':')}/"
    assert agent in hits(client, "小艾")["人员"]
    assert client.get(agent).status_code == 200
    assert "/metrics/reply_share/" in hits(client, "回复率")["指标"]
    assert "/metrics/reply_share/" in hits(client, "REPLY_share")["指标"]
    assert hits(client, "没有这样的东西") == {}


@pytest.mark.parametrize("words", ["", " ", "<script>", "%", "' OR 1=1", "长" * 500, "\x00"])
def test_odd_words_are_only_words(site: Path, words: str) -> None:
    client = browser(person("lin", "lead"))
    answer = client.get("/search/", {"q": words, "shop": "x"})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().partition("<h1>")[2]


def test_an_agent_finds_no_colleague_and_no_customer(site: Path) -> None:
    client = browser(amy())
    found = [address for each in hits(client, "小").values() for address in each]
    assert [one for one in found if not one.startswith("/metrics/")] == []
    assert list(hits(client, "我的数字")) == ["页面"]
    assert "完整名字" not in client.get("/search/?q=x").content.decode()
    assert customers(client, "阿青")[0] == 403


def test_who_leads_a_group_finds_its_people_only(site: Path) -> None:
    found = hits(browser(person("gina", "lead", group="售前")), "小")["人员"]
    assert len(found) == 1
    assert quote("小艾") in found[0]


def test_customers_are_found_by_their_whole_name_masked_and_logged(site: Path) -> None:
    client = browser(person("lin", "lead"))
    status, shown = customers(client, "阿青")
    assert status == 200
    assert "阿*** · 小艾" in shown
    assert "1790000000000000001" in shown
    assert shown.count("阿青") == 1, "in the box where it was typed, nowhere else"
    by_order = customers(client, "1790000000000000001")[1]
    assert "阿***" in by_order
    assert "阿青" not in by_order
    assert "没有这个号码的订单" in customers(client, "阿")[1]
    assert "没有这个号码的订单" in customers(client, "1790")[1]
    entries = AuditEntry.objects.filter(act="customer_searched")
    assert [one.details["found"] for one in entries] == [0, 0, 2, 2]
    assert "阿青" not in str([one.details for one in entries])
    chats = [line for line in shown.split('"') if "/chat/?" in line]
    assert len(chats) == 1
    assert client.get(chats[0]).status_code == 200
