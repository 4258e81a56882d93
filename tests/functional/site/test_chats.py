"""A conversation: reached from a figure, drawn with what counts of it, masked, every look logged."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_explanations import behind
from xiaoer.base.mask import masked_words
from xiaoer.site.models import AuditEntry
from xiaoer.site.performance.chat import customer_digest


def chats(client: Client, figure: str = "received_buyers") -> list[str]:
    """Return the addresses of the conversations behind a figure of 小艾."""
    shown = behind(client, f"month=2024-09&figure={figure}&agent=晨光店:小艾")
    return [unescape(one) for one in re.findall(r'href="(/s/\d+/chat/\?[^"]+)"', shown)]


def test_each_row_of_a_contact_leads_to_its_conversation(site: Path) -> None:
    client = browser(person("lin", "lead"))
    found = chats(client)
    assert found
    for address in found:
        answer = client.get(address)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "小艾 的会话" in shown
        assert "会话 1" in shown
        assert 'class="buyer"' in shown
        assert "回到这个数" in shown
    assert AuditEntry.objects.filter(act="chat_read").count() == len(found)


def test_waits_and_orders_are_drawn_on_it(site: Path) -> None:
    client = browser(person("lin", "lead"))
    answers = [client.get(address) for address in chats(client, "sales_yuan")]
    found = [answer.context["found"] for answer in answers]
    assert found
    assert all(any(order.mine for order in one.orders) for one in found), "each is behind an order of hers"
    waits = [said.wait_seconds for one in found for session in one.sessions for said in session.said]
    rounds = sum(session.answered for one in found for session in one.sessions)
    assert len([wait for wait in waits if wait is not None]) == rounds > 0
    for one in found:
        for session in one.sessions:
            first = next((said for said in session.said if said.wait_seconds is not None), None)
            assert first is None or first.at > session.start_at
    assert all("归 小艾（下单优先）" in answer.content.decode() for answer in answers)


def test_names_and_numbers_are_masked_until_a_reason_is_given(site: Path) -> None:
    client = browser(person("lin", "lead"))
    address = chats(client)[0]
    whole = address.replace("/chat/?", "/chat/whole/?")
    refused = client.post(whole, {"reason": "curious"})
    assert refused.status_code == 422
    seen = client.post(whole, {"reason": "check"})
    name = seen.context["found"].buyer
    assert "***" not in name
    assert name in seen.content.decode()
    assert name not in client.get(address).content.decode() + refused.content.decode()
    assert name not in address
    entry = AuditEntry.objects.filter(act="customers_seen").get()
    assert (entry.reason, entry.details["list"]) == ("check", "chat")
    assert name not in str(entry.details)


def test_numbers_and_the_own_name_in_words() -> None:
    assert (
        masked_words("我是老周，电话 138-0013-8000，单号 20240901123", name="老周") == "我是老***，电话 ***，单号 ***"
    )
    assert masked_words("要 2 件，S 码", name="老周") == "要 2 件，S 码"


@pytest.mark.parametrize("role", ["analyst", "client", "agent"])
def test_who_may_not_read_is_offered_no_conversation(site: Path, role: str) -> None:
    address = chats(browser(person("lin", "lead")))[0]
    client = browser(person("x", role))
    assert client.get(address).status_code == 403
    if role != "agent":
        assert chats(client) == []
    assert AuditEntry.objects.filter(act="chat_read").count() == 0


@pytest.mark.parametrize(
    "query",
    ["", "who=晨光店:小艾&on=2024-09-01", "who=晨光店:小艾&on=2024-13-01&with=x", "who=nobody&on=2024-09-02&with=x"],
)
def test_what_is_no_conversation_is_said_plainly(site: Path, query: str) -> None:
    answer = browser(person("lin", "lead")).get(f"/s/{shop().pk}/chat/?{query}")
    assert answer.status_code == 422


def test_a_customer_of_one_shop_is_not_found_by_another_s_digest(site: Path) -> None:
    assert customer_digest(shop(), "老周") != customer_digest(shop("远山店"), "老周")
