"""A lead who has never used a terminal: files in, why one agent sold less, a figure put right, what the agent sees."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.functional.site.cast import PASSWORD
from tests.functional.site.chrome import PHONE, SETTLED, WIDE, faults_of, launched, look
from tests.functional.site.running import Running, running
from tests.functional.site.two_weeks import SHOP, write_two_weeks

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECOND_WEEK = "from=2024-09-09&to=2024-09-15"
COLUMNS = "m=received_buyers&m=conversion_share_final&m=average_response_seconds"
WITHIN_MILLISECONDS = 120_000  # of a machine that has much else to do


def test_the_story(tmp_path: Path) -> None:
    files = write_two_weeks(tmp_path / "files")
    with running(tmp_path / "home") as server, launched() as browser:
        page = browser.new_page(viewport=WIDE, locale="zh-CN")
        page.set_default_timeout(WITHIN_MILLISECONDS)
        faults = faults_of(page, server.address)
        _first_run(page, server)
        _import(page, files)
        _why_she_sold_less(page, server)
        _export(page)
        _put_back(page, server)
        link = _invited(page, server)
        _only_her_own(browser, server, link)
        assert faults == []


def _first_run(page: Page, server: Running) -> None:
    page.goto(f"{server.address}/welcome/?token={server.token}")
    page.get_by_label("姓名").fill("老林")
    page.get_by_label("登录名").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="建账号").click()
    page.get_by_role("main").get_by_role("link", name="新店铺").first.click()
    page.get_by_label("店铺名称").fill(SHOP)
    page.get_by_role("button", name="去导入文件").click()


def _import(page: Page, files: list[Path]) -> None:
    look(page, "story/imports-empty")
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="导入", exact=True).click()
    over = page.get_by_role("link", name="去看数字")
    over.wait_for()
    assert page.get_by_role("alert").count() == 0, page.locator("main").inner_text()
    look(page, "story/imported")


def _why_she_sold_less(page: Page, server: Running) -> None:
    """See that it fell, open what stands behind it, and read in a conversation how long the buyer waited."""
    page.goto(f"{server.address}/s/1/team/?{SECOND_WEEK}&{COLUMNS}&compare=previous_period")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="小艾"))
    assert "16.7%" in row.inner_text()
    assert "66.7" in row.inner_text(), "how much less than in the week before"
    assert "6 分 40 秒" in row.inner_text()
    look(page, "story/team")
    row.get_by_role("button", name="16.7%").click()
    panel = page.locator("#panel #behind")
    panel.wait_for()
    assert re.search(r"\b1\b.*÷.*\b6\b", panel.inner_text(), re.DOTALL), panel.inner_text()
    look(page, "story/behind", sizes=(WIDE,))
    panel.get_by_role("link").filter(has_text=re.compile("会话|小\\*\\*\\*|看")).first.click()
    page.wait_for_url("**/chat/**")
    page.evaluate(SETTLED)
    said = page.locator("main").inner_text()
    assert "6 分 40 秒" in said
    assert "第20位" not in said, "the customer's name is masked"
    look(page, "story/chat")


def _export(page: Page) -> None:
    """Take the table along; it holds what the page showed."""
    page.goto(re.sub(r"/s/1/.*", f"/s/1/team/?{SECOND_WEEK}&{COLUMNS}", page.url))
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 xlsx").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    hers = next(row for row in rows if row[0] == "小艾")
    shares = [cell for cell in hers if isinstance(cell, float)]
    assert any(round(share, 4) == round(1 / 6, 4) for share in shares), hers


def _received(page: Page, server: Running) -> int:
    page.goto(f"{server.address}/s/1/team/?{SECOND_WEEK}&{COLUMNS}")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="小林"))
    shown = re.match(r"\d+", row.get_by_role("cell").first.inner_text())
    assert shown is not None
    return int(shown.group())


def _put_back(page: Page, server: Running) -> None:
    before = _received(page, server)
    page.goto(f"{server.address}/s/1/filtered/?month=2024-09")
    page.locator("tbody tr").filter(has_text="2024-09-09").get_by_role("link", name="放回").click()
    page.get_by_label("原因").fill("是老顾客，问过货")
    look(page, "story/keep")
    page.get_by_role("button", name="放回").click()
    page.wait_for_url("**put=back")
    assert _received(page, server) == before + 1


def _invited(page: Page, server: Running) -> str:
    page.goto(f"{server.address}/people/invite/")
    page.get_by_label("姓名").fill("小艾")
    page.get_by_label("账号").fill(f"{SHOP}:小艾")
    page.get_by_label("第一天").fill("2024-09-01")
    page.get_by_role("button", name="生成链接").click()
    return page.get_by_label("链接").input_value()


def _only_her_own(browser: Browser, server: Running, link: str) -> None:
    """Join on a phone: the own figures are there; the team's names and everybody else's pages are not."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(WITHIN_MILLISECONDS)
    faults = faults_of(page, server.address)
    page.goto(link)
    page.get_by_label("登录名").fill("xiaoai")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="加入").click()
    page.wait_for_url("**/s/1/**")
    page.evaluate(SETTLED)
    look(page, "story/own", sizes=(PHONE,))
    assert "小艾" in page.content()
    assert faults == []
    for address in ("team/", f"team/explain/?{SECOND_WEEK}&figure=received_buyers&agent={SHOP}:小林", "filtered/",
                    "imports/", "corrections/", "settings/"):  # fmt: skip
        answer = context.request.get(f"{server.address}/s/1/{address}")
        assert answer.status in (403, 404), address
        assert "小林" not in answer.text(), address
    for leads in page.get_by_role("link").evaluate_all("all => all.map(one => one.href)"):
        answer = context.request.get(leads)
        assert answer.status == 200, leads
        assert "小林" not in answer.text(), leads
    context.close()
