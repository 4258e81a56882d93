"""The overview: the command line's figures by the data's own last day, what needs attention by role, its first look."""

import re
from collections import OrderedDict
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.cli.door import xiaoer
from tests.functional.site.cast import browser, person, shop
from xiaoer.actions.settings import set_setting
from xiaoer.site import kept
from xiaoer.site.models import Account, Job

SHOP = ("--shop", "晨光店")


def shown(client: Client, query: str = "") -> str:
    """Return the page, waited for."""
    return unescape(client.get(f"/s/{shop().pk}/?now=1{query}").content.decode())


def things(client: Client) -> list[str]:
    """Return what needs attention, as the reader reads it."""
    part = shown(client).partition('class="attention"')[2]
    return [re.sub(r"\s+", " ", re.sub(r"<.*?>", "", one)).strip() for one in re.findall(r"<li.*?</li>", part)]


def test_the_figures_are_the_command_line_s_of_the_data_s_last_days(site: Path) -> None:
    page = browser(person("lin", "lead")).get(f"/s/{shop().pk}/?now=1")
    lines = {line.name: line for line in page.context["lines"]}
    periods = (("2024-09-29", "2024-09-29"), ("2024-09-28", "2024-09-28"), ("2024-09-01", "2024-09-29"))
    for name in ("received_buyers", "sales_yuan", "average_response_seconds", "three_minute_share"):
        for at, (first, last) in enumerate(periods):
            told = xiaoer(site, "report", *SHOP, "--from", first, "--to", last, "--by", "shop", "--metrics", name)
            figure = lines[name].figures[at].shown.text
            assert figure in told.out or figure == "–", (name, at)
    assert "9 月 29 日（星期日）：接待 1 人，销售额 ¥60.00" in unescape(page.content.decode())
    assert "数据到 9 月 29 日" in unescape(page.content.decode())


def test_every_figure_is_a_door_to_itself(site: Path) -> None:
    client = browser(person("lin", "lead"))
    for line in client.get(f"/s/{shop().pk}/?now=1").context["lines"]:
        for figure in (one for one in line.figures if one.address):
            answer = client.get(figure.address, headers={"HX-Request": "true"})
            assert answer.status_code == 200, (line.name, figure.address)
            assert f"{line.label} {figure.shown.text} ·" in unescape(answer.content.decode())


def test_what_needs_attention_has_its_door_and_goes_when_it_is_mended(site: Path) -> None:
    lead = person("lin", "lead")
    said = " | ".join(things(browser(lead)))
    assert "2024-09-29 以后没有数据" in said
    assert re.search("2 个账号还没有绑定到人：(小艾、小林|小林、小艾)。 去绑定", said)
    assert "1 笔订单没有认出买家" in said
    assert "未成熟" in said
    assert "失败" not in said
    for account in ("晨光店:小艾", "晨光店:小林"):
        Account.objects.create(person=lead, shop=shop(), account=account, first_day=date(2024, 9, 1))
    job = Job.objects.create(kind="import", state=Job.State.FAILED, started_by=lead, shop=shop())
    after = shown(browser(lead))
    assert "还没有绑定到人" not in after
    assert f'href="/s/{shop().pk}/imports/job/{job.pk}/"' in after


def test_who_misses_a_target_is_named(site: Path) -> None:
    client = browser(person("lin", "lead"))
    assert "没有达到目标" not in shown(client)
    set_setting(site, "target.reply_share", "0.9", first="2024-09-01", shop="晨光店")
    try:
        assert [one for one in things(client) if "回复率" in one and "小林 50.0%" in one and "小艾" not in one]
    finally:
        set_setting(site, "target.reply_share", "", first="2024-09-01", shop="晨光店")


@pytest.mark.parametrize("role", ["analyst", "client", "inspector"])
def test_nobody_is_led_to_a_page_that_is_not_theirs(site: Path, role: str) -> None:
    client = browser(person("x", role))
    part = shown(client).partition('class="attention"')[2]
    for address in re.findall(r'href="([^"]+)"', part):
        assert client.get(address).status_code == 200, address
    assert "绑定" not in part
    assert "/imports/" not in part


def test_who_leads_a_group_sees_the_group_s_figures(site: Path) -> None:
    client = browser(person("gina", "lead", group="售前"))
    told = xiaoer(
        site, "report", *SHOP, "--from", "2024-09-01", "--to", "2024-09-29", "--by", "group", "--json",
        "--metrics", "received_buyers,sales_yuan",
    ).data  # fmt: skip
    own = next(row for row in told["rows"] if row["group"] == "售前")
    for query in ("", "&group=售后"):
        page = client.get(f"/s/{shop().pk}/?now=1{query}")
        lines = {line.name: line for line in page.context["lines"]}
        assert lines["received_buyers"].figures[2].shown.text == str(own["received_buyers"])
        assert lines["sales_yuan"].figures[2].shown.text == f"¥{own['sales_yuan']:,.2f}"
        assert "小林" not in page.content.decode()
        assert client.get(lines["sales_yuan"].figures[2].address).status_code == 200


def test_the_first_look_says_that_it_is_working_and_the_next_is_there_at_once(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept._KEPT, "answers", OrderedDict())
    client = browser(person("lin", "lead"))
    first = client.get(f"/s/{shop().pk}/").content.decode()
    assert "正在计算" in first
    assert 'hx-trigger="load"' in first
    part = client.get(f"/s/{shop().pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "接待人数" in part
    again = client.get(f"/s/{shop().pk}/").content.decode()
    assert "正在计算 " not in again
    assert part.strip() in again
    assert len(again.encode()) < 60_000


def test_whoever_may_begins_here(site: Path) -> None:
    assert browser(person("lin", "lead")).get("/")["Location"] == f"/s/{shop().pk}/"
    assert browser(person("amy", "agent")).get("/")["Location"] == f"/s/{shop().pk}/own/"
