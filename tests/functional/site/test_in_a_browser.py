"""Chromium on a real server: from the first run to the figures, an agent's phone, nothing asked of another host."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.functional.site.cast import PASSWORD
from tests.functional.site.chrome import PHONE, WIDE, browsing, look
from tests.functional.site.running import Running, running

MAKING_SECONDS = 1200

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_the_first_run_to_an_agent_s_own_figures(tmp_path: Path) -> None:
    with running(tmp_path / "home") as server, browsing(server) as page:
        _first_run(page, server)
        page.get_by_role("button", name="生成模拟店铺").click()
        assert page.get_by_role("progressbar").count() == 1
        look(page, "progress")
        _made(page)
        page.wait_for_selector("table.figures", timeout=300_000)
        _team(page)
        _other_pages(page, server)
        link = _invite(page, server, "小美", "云上小店旗舰店:小美")
        page.locator(".standing").get_by_role("button", name="退出").click()
        _agent(page, link)


def _made(page: Page) -> None:
    """Go on once the simulated shop is made; fail with the page's own words as soon as it says why it is not."""
    page.get_by_role("progressbar").wait_for(state="detached", timeout=MAKING_SECONDS * 1000)
    figures = page.locator(".acts").get_by_role("link", name="去看数字")
    assert figures.count() == 1, page.locator("main").inner_text()
    figures.click()


def _first_run(page: Page, server: Running) -> None:
    page.goto(f"{server.address}/welcome/?token={server.token}")
    look(page, "welcome")
    page.get_by_label("姓名").fill("老林")
    page.get_by_label("登录名").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="建账号").click()
    look(page, "shops")


def _team(page: Page) -> None:
    """Look at the overview, lead on to the team's table, sort it, and take it along."""
    page.wait_for_selector(".overview .spark canvas")
    look(page, "overview")
    page.locator(".standing").get_by_role("link", name="绩效").click()
    page.wait_for_selector("#performance table.figures")
    look(page, "team")
    page.locator("thead").get_by_role("link", name="接待人数").click()
    page.wait_for_selector('th[aria-sort="descending"]')
    counts = [int(text.replace(",", "")) for text in page.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    assert len(counts) > 10
    assert counts == sorted(counts, reverse=True)
    page.locator("thead").get_by_role("link", name="客服", exact=True).click()
    page.wait_for_selector('th.fixed[aria-sort="ascending"]')
    names = page.locator("tbody tr th").all_inner_texts()
    assert names[0] == "阿布"  # by sound, as a reader expects
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 xlsx").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def _other_pages(page: Page, server: Running) -> None:
    for name in ("people/", "log/", "who-sees-what/", "me/", "me/second-step/", "people/invite/"):
        page.goto(f"{server.address}/{name}")
        look(page, name.strip("/").replace("/", "-"))
    page.goto(f"{server.address}/s/1/filtered/")
    assert re.search(r".\*\*\*", page.locator("tbody").inner_text())
    look(page, "filtered")


def _invite(page: Page, server: Running, name: str, account: str) -> str:
    page.goto(f"{server.address}/people/invite/")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("账号").fill(account)
    page.get_by_label("第一天").fill("2024-09-01")
    page.get_by_role("button", name="生成链接").click()
    return page.get_by_label("链接").input_value()


def _agent(page: Page, link: str) -> None:
    """Join by the link on a phone, and find the own figures with the team around them, nameless."""
    page.set_viewport_size(PHONE)
    page.goto(link)
    look(page, "join", sizes=(PHONE,))
    page.get_by_label("登录名").fill("xiaomei")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="加入").click()
    page.wait_for_selector("table.own", timeout=60_000)
    shown = page.locator("main").inner_text()
    assert "接待人数" in shown
    assert page.locator("svg.spread circle.mine").count() > 5
    assert "可可" not in page.content()
    look(page, "own", sizes=(PHONE, WIDE))
    page.set_viewport_size(PHONE)
    page.locator(".drawer summary").click()
    assert page.locator(".drawer").get_by_role("link", name="我的数字").is_visible()
    assert page.get_by_role("link", name="人员").count() == 0
    page.keyboard.press("Tab")
