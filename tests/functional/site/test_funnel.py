"""The funnel says what the report says; the list of lost buyers holds those that the figure counts, masked."""

import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from tests.functional.site.test_figures import MONTH
from xiaoer.site.analysis.figures import Beside
from xiaoer.site.analysis.funnel import change_of, lead_of, stages_of, title_of
from xiaoer.site.models import AuditEntry

SEPTEMBER = "month=2024-09"
QUESTIONS = {"老陈": "在吗"}  # what the one lost buyer of the month asked last


def page(client: Client, name: str = "funnel/", query: str = SEPTEMBER) -> str:
    """Return a page of the funnel."""
    return unescape(client.get(f"/s/{shop().pk}/{name}?{query}").content.decode())


def cells(table: str) -> list[list[str]]:
    """Return the texts of a table's rows, marks left out."""
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("</thead>")[1], re.DOTALL)
    plain = [re.sub(r'<span class="state".*?</span>', "", row) for row in rows]
    found = [re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL) for row in plain]
    return [[re.sub(r"<.*?>", "", cell, flags=re.DOTALL).strip() for cell in row] for row in found]


def tables(shown: str) -> list[str]:
    """Return the tables of a page."""
    return re.findall(r"<table.*?</table>", shown, re.DOTALL)


@pytest.mark.parametrize("by", ["agent", "group", "day"])
def test_rows_and_stages_are_the_report_s(site: Path, by: str) -> None:
    shown = page(browser(person("lin", "lead")), query=f"{SEPTEMBER}&by={by}")
    stages, rows = (cells(one) for one in tables(shown))
    told = xiaoer(
        site, "report", *MONTH, "--by", by, "--metrics", "received_buyers,inquiry_buyers,ordered_buyers", "--json"
    ).data["rows"]
    assert [row[1:3] for row in rows[:-1]] == [
        [str(one["received_buyers"]), str(one["inquiry_buyers"])] for one in told
    ]
    whole = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", "received_buyers,inquiry_buyers,ordered_buyers",
                   "--json").data["rows"][0]  # fmt: skip
    assert [row[2] for row in stages[:3]] == [
        str(whole[name]) for name in ("received_buyers", "inquiry_buyers", "ordered_buyers")
    ]
    share = xiaoer(site, "report", *MONTH, "--by", "shop", "--metrics", "conversion_share_final", "--json").data["rows"]
    assert f"{share[0]['conversion_share_final'] * 100:.1f}%" in shown.split("</h1>")[0]


def test_every_figure_opens_what_stands_behind_it(site: Path) -> None:
    client = browser(person("lin", "lead"))
    shown = page(client)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.split('id="doors"')[1]))
    doors = re.findall(r'<button name="of" value="([^"]+)" form="doors">([^<]+)', shown)
    assert len(doors) > 20
    for door, text in (doors[0], doors[2], doors[-1]):
        answer = client.get(f"/s/{shop().pk}/team/explain/", {**kept, "m": _metrics(shown), "of": door}, follow=True)
        title = re.search(r"<h1>(.*?)</h1>", unescape(answer.content.decode()))
        assert title is not None
        assert f" {text} ·" in title[1]


def _metrics(shown: str) -> list[str]:
    form = shown.split('id="doors"')[1].split("</form>")[0]
    return re.findall(r'name="m" value="(\w+)"', form)


def test_the_list_holds_whom_the_figure_counts_masked(site: Path) -> None:
    client = browser(person("lin", "lead"))
    told = xiaoer(site, "explain", "lost_buyers", *MONTH, "--json").data
    shown = page(client, "funnel/lost/")
    rows = cells(tables(shown)[0])
    assert len(rows) == len(told["rows"]) == told["value"] > 0
    for one in told["rows"]:
        assert one["buyer"] not in shown
        assert f"{one['buyer'][0]}***" in shown
    assert f"{told['value']} 位询单后没有买" in shown
    asked = [row[6] for row in rows]
    assert QUESTIONS["老陈"] in asked
    entry = AuditEntry.objects.get(act="chat_read")
    assert entry.details == {"list": "lost", "days": "2024-09", "page": 1, "rows": len(rows)}


@pytest.mark.parametrize("kind", ["lost_not_ordered_buyers", "lost_unpaid_buyers"])
def test_each_kind_and_each_account_alone(site: Path, kind: str) -> None:
    client = browser(person("lin", "lead"))
    for account in ("", "晨光店:小艾", "晨光店:小林"):
        agent = ["--agent", account] if account else []
        told = xiaoer(site, "explain", kind, *MONTH, *agent, "--json").data
        shown = page(client, "funnel/lost/", f"{SEPTEMBER}&lost={kind}&account={account}")
        assert len(cells(tables(shown)[0]) if tables(shown) else []) == len(told["rows"])


def test_a_row_leads_to_its_conversation_and_back(site: Path) -> None:
    client = browser(person("lin", "lead"))
    address = re.search(r'<td><a href="([^"]+)">查看', page(client, "funnel/lost/"))
    assert address is not None
    chat = client.get(unescape(address[1])).content.decode()
    assert "在吗" in chat
    assert f"/s/{shop().pk}/funnel/lost/?period=2024-09" in chat


def test_who_may_not_read_chats_sees_no_words(site: Path) -> None:
    shown = page(browser(person("ana", "analyst")), "funnel/lost/")
    assert "老***" in shown
    assert QUESTIONS["老陈"] not in "".join(tables(shown))
    assert "/chat/?" not in shown
    assert AuditEntry.objects.filter(act="chat_read").count() == 0
    assert "流失名单" not in page(browser(person("cli", "client"))), "a client sees sums only"


def test_whole_names_need_a_reason_and_are_logged(site: Path) -> None:
    lead = person("lin", "lead")
    client = browser(lead)
    address = f"/s/{shop().pk}/funnel/lost/whole/?{SEPTEMBER}"
    refused = client.post(address, {})
    assert refused.status_code == 422
    assert "老陈" not in refused.content.decode()
    assert AuditEntry.objects.filter(act="customers_seen").count() == 0
    assert "老陈" in client.post(address, {"reason": "complaint"}).content.decode()
    entry = AuditEntry.objects.get(act="customers_seen")
    assert (entry.person, entry.reason, entry.details["list"]) == (lead, "complaint", "lost")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_files_hold_the_list_masked_and_are_logged(site: Path, kind: str) -> None:
    client = browser(person("lin", "lead"))
    content = client.get(f"/s/{shop().pk}/funnel/lost.{kind}?{SEPTEMBER}").content
    if kind == "csv":
        text = content.decode("utf-8-sig")
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "老***" in text
    assert "老陈" not in text
    assert AuditEntry.objects.get(act="exported").details["list"] == "lost"


def test_who_leads_a_group_sees_its_rows_and_its_funnel(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    shown = page(client)
    stages, rows = (cells(one) for one in tables(shown))
    assert {row[0] for row in rows} == {"售前"}
    assert "小林" not in shown
    told = xiaoer(site, "report", *MONTH, "--by", "group", "--metrics", "inquiry_buyers", "--json").data["rows"]
    assert stages[1][2] == str(next(one["inquiry_buyers"] for one in told if one["group"] == "售前"))
    door = re.search(r'value="(figure=inquiry_buyers[^"]*)"', shown)
    assert door is not None
    query = {"month": "2024-09", "of": door[1]}
    behind = unescape(client.get(f"/s/{shop().pk}/team/explain/", query, follow=True).content.decode())
    assert f" {stages[1][2]} · 组 售前" in behind
    assert client.get(f"/s/{shop().pk}/funnel/lost/?{SEPTEMBER}").status_code == 403


@pytest.mark.parametrize("query", ["policy=nobody", "from=2024-09-09&to=2024-09-01", "account=nobody"])
def test_what_can_not_be_asked_is_said_plainly(site: Path, query: str) -> None:
    address = f"/s/{shop().pk}/funnel/lost/?{query}"
    assert browser(person("lin", "lead")).get(address).status_code == 422


def test_days_without_anybody_say_what_to_do(site: Path) -> None:
    client = browser(person("lin", "lead"))
    shown = page(client, "funnel/lost/", "from=2024-09-05&to=2024-09-06")
    assert "这些天没有这样的买家" in shown
    assert "这些天没有人询单" in page(client, query="from=2024-09-05&to=2024-09-06")


def beside(value: float | None, *, name: str = "x", difference: float | None = None) -> Beside:
    """Return a figure."""
    return Beside(name, name, "", value, str(value), (), "", "", difference, "", worse=False, why_not="")


def test_the_answer_in_words() -> None:
    names = ("received_buyers", "inquiry_buyers", "ordered_buyers", "converted_buyers_final", "inquiry_shipped_buyers")
    figures = {name: beside(value) for name, value in zip(names, (100, 80, 30, 20, 0), strict=True)}
    figures |= {
        "lost_not_ordered_buyers": beside(10, name="lost_not_ordered_buyers", difference=3),
        "lost_unpaid_buyers": beside(50, name="lost_unpaid_buyers", difference=-2),
        "conversion_share_final": beside(0.25),
    }
    assert "80" in title_of(figures)
    assert "50" in lead_of(figures)
    assert "62.5%" in lead_of(figures)
    assert change_of(figures["lost_not_ordered_buyers"]) != change_of(figures["lost_unpaid_buyers"])
    assert [(stage.width, stage.share) for stage in stages_of(figures)] == [
        (100.0, ""), (80.0, "100.0%"), (30.0, "37.5%"), (20.0, "25.0%"),
    ]  # fmt: skip
    unknown = {name: beside(None) for name in figures}
    assert lead_of(unknown) == ""
    assert title_of(unknown) != title_of(figures)
