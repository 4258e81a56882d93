"""Every page in Chromium, on a screen and on a phone: fits, stands still, is small, and anybody can use it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.functional.site.chrome import PHONE, ROOT, SETTLED, SHIFTS, WIDE, faults_of, inspect, launched
from tests.functional.site.running import free_port

LARGEST_BYTES = 60_000
# Not asked for here, each for a reason.
ELSEWHERE = {
    "welcome": "is there only before the first owner is; test_in_a_browser looks at it",
    "health": "is for machines",
}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]


def names() -> list[str]:
    """Return the name of every address that a browser can be led to."""
    from xiaoer.site.urls import urlpatterns

    readable = [one for one in urlpatterns if "GET" in one.callback.methods and not one.name.startswith("api_")]
    return [one.name for one in readable if one.name not in ELSEWHERE]


@dataclass(frozen=True)
class Staged:
    """A site that answers: who can look, and where every page is."""

    address: str
    people: dict[str, BrowserContext]
    pages: dict[str, Any]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Return one browser for all pages."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[Staged]:
    """Return the site, in a process of its own."""
    port, folder = free_port(), tmp_path_factory.mktemp("staged")
    command = [sys.executable, "-m", "tests.functional.site.staged_site", str(folder), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, "the site could not be made"
        told, address = json.loads(line), f"http://127.0.0.1:{port}"
        yield Staged(address, _people(chrome, told["cookies"], address), told["pages"])
    finally:
        process.kill()
        process.communicate()


def _people(chrome: Browser, cookies: dict[str, dict[str, str]], address: str) -> dict[str, BrowserContext]:
    made = {}
    for who, each in cookies.items():
        context = chrome.new_context(locale="zh-CN")
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in each.items()])
        context.add_init_script(SHIFTS)
        made[who] = context
    return made


@pytest.mark.parametrize("name", names())
def test_a_page_fits_stands_still_and_can_be_used_by_anybody(staged: Staged, name: str) -> None:
    assert name in staged.pages, "nothing leads to it: say in every_address.py on which page its address stands"
    sample = staged.pages[name]
    context, address = staged.people[sample["who"]], staged.address + sample["address"]
    answer = context.request.get(address)
    said = f"{sample['address']} as {sample['who']}: say in every_address.py how it is asked"
    assert answer.status == 200, f"{answer.status}: {said}"
    if "text/html" not in answer.headers["content-type"]:
        assert "attachment" in answer.headers["content-disposition"]
        return
    body = answer.body()
    assert len(body) <= LARGEST_BYTES
    if b"<html" not in body:
        assert name.endswith("_part"), "a page, or the part of one?"
        return
    for size in (WIDE, PHONE):
        page = context.new_page()
        page.set_default_timeout(120_000)
        faults = faults_of(page, staged.address)
        page.set_viewport_size(size)
        page.goto(address)
        page.evaluate(SETTLED)
        shifted = page.evaluate("window.shifted")
        inspect(page, f"pages/{name}", size)
        page.close()
        # The layout shift is told to three digits; what is below is a fraction of a pixel.
        assert round(sum(one[0] for one in shifted), 3) == 0, f"{size['width']} wide, while it was loading: {shifted}"
        assert faults == []


def test_a_picture_without_words_would_be_found(chrome: Browser) -> None:
    page = chrome.new_page(viewport=PHONE)
    page.set_content(
        '<html lang="zh"><title>t</title><main><h1>t</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'
    )
    with pytest.raises(AssertionError, match="image-alt"):
        inspect(page, "pages/faulty", PHONE)
    page.close()
