"""From the queue to a restated score, by role: judged by keyboard, appealed on a phone, decided by somebody else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.functional.site.chrome import PHONE, SETTLED, WIDE, faults_of, look
from tests.functional.site.test_pages_in_a_browser import Staged, chrome, staged

__all__ = ["chrome", "staged"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]

WITHIN_MILLISECONDS = 60_000
REASON = "前一天刚打过招呼"


def opened(staged: Staged, who: str, path: str, faults: list[list[str]]) -> Page:
    """Return a page of the shop as somebody sees it."""
    page = staged.people[who].new_page()
    page.set_default_timeout(WITHIN_MILLISECONDS)
    page.set_viewport_size(PHONE if who == "agent" else WIDE)
    faults.append(faults_of(page, staged.address))
    page.goto(f"{staged.address}/s/1/{path}")
    return page


def scores(page: Page) -> list[str]:
    """Return the figures that a scorecard shows: first by machine, then after people."""
    return re.findall(r"\d+(?:\.\d+)?", page.locator(".scores").first.inner_text())


def test_from_the_queue_to_a_restated_score(staged: Staged) -> None:
    faults: list[list[str]] = []
    before, after = _judge(opened(staged, "owner", "inspection/queue/", faults))
    assert float(after) > float(before), "one finding was refused"
    agent = opened(staged, "agent", "own/inspection/?month=2024-09", faults)
    _appeal(agent)
    judge = opened(staged, "owner", "inspection/appeals/", faults)
    judge.locator("tbody a").first.click()
    expect(judge.get_by_text("要由别人来裁定")).to_be_visible()
    assert judge.get_by_role("button", name="裁定").count() == 0
    _decide(opened(staged, "careful", "inspection/appeals/", faults), after)
    agent.goto(f"{staged.address}/s/1/own/inspection/?month=2024-09")
    assert "申诉成立，已改判" in agent.locator("main").inner_text()
    assert f"原得分 {after}" in agent.locator("main").inner_text()
    look(agent, "inspection/own", sizes=(PHONE,))
    for path in ("inspection/", "inspection/queue/", "inspection/appeals/", "inspection/findings/"):
        assert agent.context.request.get(f"{staged.address}/s/1/{path}").status == 403
    assert [one for each in faults for one in each] == []


def _judge(page: Page) -> tuple[str, str]:
    """Judge the conversation without touching the mouse; return the score by machine, and after people."""
    assert "1 个会话等你评" in page.locator("h1").inner_text()
    page.get_by_role("link", name="开始评").click()
    page.evaluate(SETTLED)
    look(page, "inspection/scorecard")
    machine = scores(page)[0]
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".entry.decided")).to_have_count(1)
    page.evaluate(SETTLED)
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.locator("select:focus").select_option("context")
    expect(page.locator(".entry.decided")).to_have_count(2)
    page.evaluate(SETTLED)
    for number in range(3, 6):
        page.keyboard.press("a")
        expect(page.locator(".entry.decided")).to_have_count(number)
        page.evaluate(SETTLED)
    look(page, "inspection/judged")
    decided = scores(page)[1]
    page.get_by_label("给客服的话").fill("开头先问好")
    page.get_by_role("button", name="评完，下一个").click()
    page.wait_for_url("**/inspection/queue/")
    assert "没有等你评的会话" in page.locator("h1").inner_text()
    return machine, decided


def _appeal(page: Page) -> None:
    """See the judgement on a phone, acknowledge it, and appeal what was accepted."""
    assert "1 个评分你还没看" in page.locator("h1").inner_text()
    assert "开头先问好" in page.locator("main").inner_text()
    page.get_by_role("button", name="我已看过").click()
    expect(page.get_by_text("你已看过")).to_be_visible()
    page.get_by_role("link", name=re.compile("会话$")).first.click()
    page.evaluate(SETTLED)
    look(page, "inspection/own-conversation", sizes=(PHONE,))
    page.locator(".entry").filter(has=page.locator(".said-so", has_text=re.compile("^成立"))).get_by_role(
        "link", name="申诉"
    ).first.click()
    page.get_by_label("不应当扣").check()
    page.get_by_label("原因").fill(REASON)
    look(page, "inspection/own-appeal", sizes=(PHONE,))
    page.get_by_role("button", name="申诉").click()
    expect(page.get_by_text("已申诉，还没有裁定")).to_be_visible()


def _decide(page: Page, before: str) -> None:
    """Uphold it: both scores stand on the page, the restated one higher."""
    assert "1 个申诉等着答复" in page.locator("h1").inner_text()
    page.locator("tbody a").first.click()
    assert REASON in page.locator("main").inner_text()
    look(page, "inspection/appeal")
    page.get_by_label("支持：这一处不算").check()
    page.get_by_label("理由").fill("确实打过招呼")
    page.get_by_role("button", name="裁定").click()
    expect(page.get_by_text("申诉成立，已改判")).to_be_visible()
    was, now = scores(page)
    assert float(was) == float(before) < float(now)
    look(page, "inspection/restated")
