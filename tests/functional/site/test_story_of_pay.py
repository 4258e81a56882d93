"""A month of pay by role: computed, closed by another, appealed on a phone, upheld, put right in the next month."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.functional.site.chrome import PHONE, SETTLED, WIDE, launched, look
from tests.functional.site.told import Told, page_of, told_by

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEPTEMBER = "客服\t表现\n小艾\t90\n小林\t60\n"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """Return the site, in a process of its own."""
    with told_by("tests.functional.site.staged_pay", tmp_path) as told:
        yield told


def test_the_story(told: Told) -> None:
    with launched() as browser:
        lead, owner, agent = (
            page_of(browser, told, who, size) for who, size in (("lead", WIDE), ("owner", WIDE), ("agent", PHONE))
        )
        _computed(lead[0], told, "2024-09")
        _closed(owner[0], told)
        _appealed(agent[0], told)
        _upheld(lead[0], owner[0], told)
        _computed(lead[0], told, "2024-10", submit=False)
        _put_right(lead[0], agent[0], told)
        assert lead[1] + owner[1] + agent[1] == []


def _computed(page: Page, told: Told, month: str, *, submit: bool = True) -> None:
    page.goto(f"{told.address}/s/1/appraisal/?month={month}")
    page.get_by_role("link", name="填人填的数").click()
    page.get_by_label("表格").fill(SEPTEMBER)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="算这个月").click()
    page.get_by_role("heading", name=f"{month} 考核：2 人").wait_for()
    if submit:
        assert "¥6,267.01" in page.locator("h1").inner_text()
        page.get_by_role("button", name="提交复核").click()
        page.get_by_role("heading", name="项检查没有通过").wait_for()
        look(page, "pay/month")


def _closed(page: Page, told: Told) -> None:
    page.goto(f"{told.address}/s/1/appraisal/?month=2024-09")
    page.get_by_text("关账", exact=True).last.click()
    page.get_by_label("每天都有数据").check()
    page.get_by_label("人人都有方案").check()
    page.get_by_label("原因").last.fill("只有这几天营业")
    page.get_by_role("button", name="关账，不再改").click()
    page.locator("[aria-current=step]", has_text="已关账").wait_for()


def _appealed(page: Page, told: Told) -> None:
    """See what a line comes from, confirm the others by name, appeal this one; all on a phone."""
    page.goto(f"{told.address}/s/1/own/pay/?month=2024-09")
    assert "¥3,093.00" in page.locator("h1").inner_text()
    line = page.locator("article", has=page.get_by_role("heading", name="表现奖"))
    line.get_by_text("从哪里来").click()
    assert "表现 60，达到 60 以上（含）这一档。" in line.inner_text()
    look(page, "pay/own", sizes=(PHONE,))
    page.set_viewport_size(PHONE)
    line.get_by_text("不对，我要申诉").click()
    line.get_by_label("应当是多少").fill("100 元")
    line.get_by_label("原因").fill("表现分打错了，应当是 90")
    line.get_by_role("button", name="提交申诉").click()
    page.get_by_text("已申诉，等待决定").wait_for()
    page.get_by_label("签上你的姓名").fill("小林")
    page.get_by_role("button", name="确认勾选的行").click()
    page.get_by_text("小林 于").first.wait_for()
    assert "小艾" not in page.locator("main").inner_text()


def _upheld(lead: Page, owner: Page, told: Told) -> None:
    for page in (lead, owner):
        page.goto(f"{told.address}/s/1/appraisal/appeals/")
        page.get_by_role("main").get_by_role("link", name="小林").click()
    assert "要由另一个人决定" in lead.locator("main").inner_text()
    owner.get_by_label("申诉成立").check()
    owner.get_by_label("哪一项数或哪件差错").select_option("conduct")
    owner.get_by_label("正确的数，或多少元").fill("90")
    owner.get_by_label("原因").fill("打分单查过，是打错了")
    look(owner, "pay/appeal")
    owner.get_by_role("button", name="写下决定").click()
    owner.get_by_role("heading", name="没有等待决定的申诉").wait_for()


def _put_right(lead: Page, agent: Page, told: Told) -> None:
    """The next month pays what was decided and names the line; the closed one is as it was."""
    lead.get_by_role("rowheader", name="小林").get_by_role("link").click()
    lead.evaluate(SETTLED)
    said = lead.locator("main").inner_text()
    assert "2024-09 的表现奖" in said
    assert "¥50.00" in said
    look(lead, "pay/statement")
    agent.goto(f"{told.address}/s/1/own/pay/?month=2024-09")
    said = agent.locator("main").inner_text()
    assert "申诉成立" in said
    assert "已在 2024-10 改正：+50.00 元" in said
    assert "¥3,093.00" in agent.locator("h1").inner_text()
