"""From the forecast to who came, by role: said better, needed, rostered, published, swapped on phones, kept or not."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.functional.site.chrome import PHONE, SETTLED, WIDE, launched, look
from tests.functional.site.plan_shop import SHOP
from tests.functional.site.staged_plan import AGENTS
from tests.functional.site.told import Told, page_of, told_by
from xiaoer.actions.import_files import import_files

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAYS = 7
TRIES = 60
ROSTER_AFTER = timedelta(days=7)  # so that none of its days can be today, whenever the calls end


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """Return the site, in a process of its own."""
    with told_by("tests.functional.site.staged_plan", tmp_path) as told:
        yield told


def test_the_story(told: Told, tmp_path: Path) -> None:
    with launched() as browser:
        people = {who: page_of(browser, told, who, WIDE if who == "lead" else PHONE) for who in told.cookies}
        pages = {who: page for who, (page, _faults) in people.items()}
        first = _forecast(pages["lead"], told)
        _need(pages["lead"], told, first)
        _roster(pages["lead"], told, first)
        day, was, now = _swap(pages, told)
        _came(pages, told, tmp_path, day, was, now)
        assert [one for _page, faults in people.values() for one in faults] == []


def _forecast(page: Page, told: Told) -> date:
    """Say better of the first day to come, and return it."""
    page.goto(f"{told.address}/s/1/plan/")
    expect(page.locator("h1")).to_contain_text("14 天一共约")
    row = page.locator("#told tbody tr").first
    before = float(row.locator("td").nth(1).inner_text().replace(",", ""))
    row.get_by_role("link", name="改").click()
    page.get_by_label("或是模型的几倍").fill("3")
    page.get_by_label("原因").fill("主播带货")
    page.get_by_role("button", name="保存").click()
    said = page.locator("#told tbody tr").first
    expect(said).to_contain_text("主播带货")
    assert float(said.locator("td").nth(1).inner_text().replace(",", "")) == pytest.approx(3 * before, rel=0.02)
    page.evaluate(SETTLED)
    look(page, "planning/forecast")
    return date.fromisoformat(said.locator("th").inner_text())


def _need(page: Page, told: Told, first: date) -> None:
    """See that nobody is planned yet."""
    page.goto(f"{told.address}/s/1/plan/need/?from={first + ROSTER_AFTER}&days=7")
    expect(page.locator("h1")).to_contain_text("还没有排人")
    page.evaluate(SETTLED)
    look(page, "planning/need")


def _roster(page: Page, told: Told, first: date) -> None:
    """Begin a roster, take its need from the forecast, have it made, publish it."""
    page.goto(f"{told.address}/s/1/roster/")
    page.get_by_label("第一天").fill(str(first + ROSTER_AFTER))
    page.get_by_label("最后一天").fill(str(first + ROSTER_AFTER + timedelta(days=DAYS - 1)))
    page.get_by_role("button", name="建班表").click()
    page.wait_for_url(re.compile(r"/roster/\d+/tables/"))
    roster = page.url.partition("tables/")[0]
    page.goto(f"{roster}tables/?table=need")
    page.get_by_label("聊天", exact=True).uncheck()
    page.get_by_label("来电", exact=True).check()
    page.get_by_role("button", name="就用它").click()
    again_until(page, roster, "改按轮数")
    page.get_by_label("改按轮数").fill("1")
    page.get_by_role("button", name="开始排").click()
    again_until(page, roster, "重新排的时候保留")
    page.get_by_role("button", name="发布：客服从现在起看得到").click()
    expect(page.get_by_text("已发布").first).to_be_visible()


def again_until(page: Page, address: str, label: str) -> None:
    """Open a page again and again until work beside it is done and it has a field."""
    for _try in range(TRIES):
        page.goto(address)
        if page.get_by_label(label).count():
            return
        page.wait_for_timeout(2_000)
    raise AssertionError(f"{label}: {page.locator('main').inner_text()[:500]}")


def days_of(page: Page) -> set[str]:
    """Return the days to come on which somebody works, by the page of their own shifts."""
    return {str(door.get_attribute("href")).split("day=")[1] for door in page.locator(".shift-list a").all()}


def _swap(pages: dict[str, Page], told: Told) -> tuple[date, str, str]:
    """Exchange two days between the two; return the first, who had it, who has it now."""
    shifts = {}
    for who in AGENTS:
        pages[who].goto(f"{told.address}/s/1/own/shifts/")
        shifts[who] = days_of(pages[who])
        look(pages[who], "planning/own-shifts", sizes=(PHONE,))
    alone = {who: min(shifts[who] - shifts[other]) for who, other in (AGENTS, AGENTS[::-1])}
    day, was = min((alone[who], who) for who in AGENTS)
    now = next(who for who in AGENTS if who != was)
    asks, answers, decides = pages[was], pages[now], pages["lead"]
    asks.locator(f".shift-list a[href$='day={day}']").click()
    asks.get_by_label("和谁换").select_option(now)
    asks.get_by_label("对方哪一天").fill(alone[now])
    asks.get_by_role("button", name="发出").click()
    answers.goto(f"{told.address}/s/1/own/shifts/")
    answers.get_by_role("button", name="答应").click()
    decides.goto(f"{told.address}/s/1/roster/swaps/")
    decides.get_by_role("button", name="批准").click()
    expect(decides.locator("h1")).to_contain_text("没有")
    answers.goto(f"{told.address}/s/1/own/shifts/")
    assert day in days_of(answers)
    return date.fromisoformat(day), was, now


def _came(pages: dict[str, Page], told: Told, folder: Path, day: date, was: str, now: str) -> None:
    """See, once the day has come, that whoever took it over came late, and that each sees their own days only."""
    lead = pages["lead"]
    lead.goto(f"{told.address}/s/1/plan/need/?from={day}&days=7")
    expect(lead.locator("h1")).to_contain_text("缺人")
    lead.evaluate(SETTLED)
    look(lead, "planning/need-against-planned")
    presence = folder / "presence.csv"
    presence.write_text(f"agent,status,start_at,end_at\n{now},online,{day} 00:30:00,{day} 23:59:00\n", encoding="utf-8")
    assert import_files(folder / "home", [presence], shop=SHOP).exit_code == 0
    lead.goto(f"{told.address}/s/1/plan/adherence/?from={day}&days=1")
    expect(lead.locator("h1")).to_contain_text("按班到岗率")
    lead.evaluate(SETTLED)
    look(lead, "planning/adherence")
    assert now in lead.locator("table.figures").first.inner_text()
    own = pages[now]
    own.goto(f"{told.address}/s/1/own/adherence/?from={day}&days=1")
    expect(own.locator("h1")).to_contain_text("1 个班里 0 个没来")
    look(own, "planning/own-adherence", sizes=(PHONE,))
    other = pages[was]
    other.goto(f"{told.address}/s/1/own/adherence/?from={day}&days=1")
    expect(other.locator("h1")).to_contain_text("没有你的班")
    for path in ("plan/", "plan/need/", "plan/adherence/", "roster/", "plan/whatif/"):
        assert own.context.request.get(f"{told.address}/s/1/{path}").status == 403
