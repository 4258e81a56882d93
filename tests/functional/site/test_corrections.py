"""Putting right what was counted wrongly: contacts put back, orders credited, corrections withdrawn; all signed."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from xiaoer.actions.correct import withdraw_correction
from xiaoer.actions.corrections import list_corrections
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.site.models import AuditEntry

BUYER = "=老周"
REASON = "他后来买了"


@pytest.fixture(autouse=True)
def _no_correction_stays(site: Path) -> Iterator[None]:
    """Withdraw what a test wrote: the data folder is every test's."""
    yield
    for one in made(site):
        if one["state"] != "withdrawn":
            withdraw_correction(site, int(str(one["id"])))


def made(home: Path) -> list[dict[str, object]]:
    """Return every correction of 晨光店, the latest first."""
    found = list_corrections(home, "zh", shop="晨光店").data["corrections"]
    assert isinstance(found, list)
    return found


def receptions(home: Path, account: str = "晨光店:小林") -> int:
    """Return the receptions of an account in September."""
    ask = ReportAsk("2024-09-01", "2024-09-30", "晨光店", metrics=("received_buyers",))
    rows = report(home, ask, "zh").data["rows"]
    assert isinstance(rows, list)
    return next(int(row["received_buyers"]) for row in rows if row["agent"] == account)


def put_back_link(client: Client) -> str:
    """Return the address that the list of filtered contacts leads to."""
    html = client.get(f"/s/{shop().pk}/filtered/?month=2024-09").content.decode()
    found = re.search(r'href="([^"]*filtered/keep/[^"]*)"', html)
    assert found is not None
    assert BUYER not in html
    return unescape(found.group(1))


def test_a_filtered_contact_is_put_back_and_the_figure_changes(site: Path) -> None:
    lead = person("lin", "lead", name="林主管")
    client = browser(lead)
    before = receptions(site)
    address = put_back_link(client)
    asked = client.get(address).content.decode()
    assert "晨光店:小林" in asked
    assert BUYER not in asked
    assert client.post(address, {"reason": " "}).status_code == 422
    assert receptions(site) == before
    answer = client.post(address, {"reason": REASON})
    assert answer.status_code == 302
    assert "会话已放回" in client.get(answer["Location"]).content.decode()
    assert receptions(site) == before + 1
    written = made(site)[0]
    assert (written["kind"], written["author"], written["reason"]) == ("keep_contact", "林主管 (lin)", REASON)
    entry = AuditEntry.objects.get(act="corrected")
    assert (entry.person, entry.shop, entry.about) == (lead, shop(), f"correction {written['id']}")
    assert BUYER not in str(entry.details)
    again = client.post(address, {"reason": REASON})
    assert again.status_code == 422
    assert "没有被过滤" in again.content.decode()


def test_a_key_that_is_made_up_leads_nowhere(site: Path) -> None:
    client = browser(person("lin", "lead"))
    for key in ("", "0" * 16, "'; DROP TABLE"):
        answer = client.post(f"/s/{shop().pk}/filtered/keep/", {"reason": REASON}, QUERY_STRING=f"contact={key}")
        assert answer.status_code == 422
    assert AuditEntry.objects.filter(act="corrected").count() == 0


def test_who_may_not_correct_is_offered_nothing(site: Path) -> None:
    client = browser(person("ana", "analyst"))
    html = client.get(f"/s/{shop().pk}/filtered/?month=2024-09").content.decode()
    assert "filtered/keep" not in html
    assert "更正订单" not in client.get(f"/s/{shop().pk}/corrections/").content.decode()


def test_the_list_masks_customers_and_says_who_and_why(site: Path) -> None:
    client = browser(person("lin", "lead", name="林主管"))
    client.post(put_back_link(client), {"reason": REASON})
    for reader in (client, browser(person("own", "owner"))):
        shown = reader.get(f"/s/{shop().pk}/corrections/").content.decode()
        assert "老周" not in shown
        assert "=***" in shown
        assert REASON in shown
        assert "林主管 (lin)" in shown


def test_a_contact_filtered_by_a_correction_is_masked_in_the_list_of_filtered_ones_too(site: Path) -> None:
    client = browser(person("lin", "lead"))
    asked = {"buyer": "老陈", "agent": "晨光店:小林", "day": "2024-09-03", "decision": "spam", "reason": "供应商"}
    assert client.post(f"/s/{shop().pk}/corrections/contact/", asked).status_code == 302
    shown = client.get(f"/s/{shop().pk}/filtered/?month=2024-09").content.decode()
    assert "供应商" in shown
    assert "老陈" not in shown


def test_an_order_is_credited_and_the_correction_withdrawn_once(site: Path) -> None:
    lead = person("lin", "lead", name="林主管")
    client = browser(lead)
    address = f"/s/{shop().pk}/corrections/order/"
    asked = {"order_id": "1790000000000000001", "decision": "agent", "account": "", "reason": "电话里说定的"}
    assert "请写明账号" in client.post(address, asked).content.decode()
    assert client.post(address, asked | {"account": "晨光店:小林"}).status_code == 302
    written = made(site)[0]
    assert (written["order_id"], written["value"]) == ("1790000000000000001", "晨光店:小林")
    back = f"/s/{shop().pk}/corrections/{written['id']}/withdraw/"
    assert client.post(back, {"reason": "whim"}).status_code == 422
    assert made(site)[0]["state"] == "in_force"
    assert client.post(back, {"reason": "mistake"}).status_code == 302
    assert made(site)[0]["state"] == "withdrawn"
    assert AuditEntry.objects.get(act="correction_withdrawn").reason == "mistake"
    assert "林主管: 更正写错了" in client.get(f"/s/{shop().pk}/corrections/").content.decode()
    assert client.post(back, {"reason": "mistake"}).status_code == 422
    assert AuditEntry.objects.filter(act="correction_withdrawn").count() == 1


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("order", {"order_id": "42", "decision": "test"}),
        ("order", {"order_id": "1790000000000000001", "decision": "agent", "account": "谁呀"}),
        ("contact", {"buyer": "nobody", "agent": "晨光店:小林", "day": "2024-09-03", "decision": "spam"}),
        ("contact", {"buyer": "老陈", "agent": "谁呀", "day": "2024-09-03", "decision": "spam"}),
        ("contact", {"buyer": "老陈", "agent": "晨光店:小林", "day": "soon", "decision": "spam"}),
    ],
)
def test_what_can_not_be_corrected_is_said_and_nothing_is_written(site: Path, page: str, asked: dict[str, str]) -> None:
    before = len(made(site))
    answer = browser(person("lin", "lead")).post(f"/s/{shop().pk}/corrections/{page}/", asked | {"reason": "x"})
    assert answer.status_code == 422
    assert 'class="alert alert-danger"' in answer.content.decode() or "invalid-feedback" in answer.content.decode()
    assert len(made(site)) == before
    assert AuditEntry.objects.filter(act="corrected").count() == 0


def test_another_shop_s_correction_and_order_are_not_there(site: Path) -> None:
    client = browser(person("lin", "lead"))
    client.post(put_back_link(client), {"reason": REASON})
    number = made(site)[0]["id"]
    far = browser(person("far", "lead", where="远山店"))
    other = shop("远山店").pk
    assert far.post(f"/s/{other}/corrections/{number}/withdraw/", {"reason": "mistake"}).status_code == 404
    asked = {"order_id": "1790000000000000001", "decision": "test", "reason": "x"}
    assert far.post(f"/s/{other}/corrections/order/", asked).status_code == 422
    assert made(site)[0]["state"] == "in_force"


def test_the_pages_read_well_in_english(site: Path) -> None:
    lead = person("lin", "lead")
    lead.language = "en"
    lead.save()
    client = browser(lead)
    assert "Nothing corrected yet" in client.get(f"/s/{shop('晨光店').pk}/corrections/").content.decode() or made(site)
    assert "Put it back" in client.get(put_back_link(client)).content.decode()
