"""Chromium as the tests use it: faults are collected, pictures kept, axe and the layout asked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from tests.functional.site.running import Running

ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "test-artefacts"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What moved that the reader did not touch, since the page began to be drawn, and how far.
SHIFTS = """
window.shifted = [];
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput)
    window.shifted.push([one.value, ...one.sources.map(each => (each.node?.outerHTML || "").slice(0, 120))]);
}).observe({type: "layout-shift", buffered: true});
"""
# All that the page asks for by itself is there and drawn.
SETTLED = """async () => {
  await document.fonts.ready;
  const since = Date.now();
  while (document.querySelector(".htmx-request") && Date.now() - since < 20000)
    await new Promise(done => setTimeout(done, 50));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

# What axe finds, and no more: all that it looked at is some megabytes a page. It need not read styles ahead, which only
# a rule that is no part of this asks for.
VIOLATIONS = """async () => (await axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"], preload: false,
})).violations"""


def chromium() -> str:
    """Return the browser's path; without it the test is skipped, but fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def browsing(server: Running) -> Iterator[Page]:
    """Give a page of a browser in which every request elsewhere and every word on the console is a fault."""
    with launched() as browser:
        page = browser.new_page(viewport=WIDE, locale="zh-CN")
        faults = faults_of(page, server.address)
        yield page
    assert faults == []


def faults_of(page: Page, address: str) -> list[str]:
    """Return the list that takes up every request elsewhere and every word on the console."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: _note(faults, request.url, address))
    return faults


def _note(faults: list[str], url: str, ours: str) -> None:
    if not url.startswith((ours, "data:")):
        faults.append(f"a request elsewhere: {url}")


def look(page: Page, name: str, *, sizes: tuple[ViewportSize, ...] = (WIDE, PHONE)) -> None:
    """Keep a picture at each width; no page is wider than the screen, and axe finds no fault of level A or AA."""
    for size in sizes:
        page.set_viewport_size(size)
        inspect(page, name, size)
    page.set_viewport_size(WIDE)


def inspect(page: Page, name: str, size: ViewportSize) -> None:
    """Keep a picture; the page is no wider than the screen, and axe finds no fault of level A or AA."""
    picture = SHOTS / f"{name}-{size['width']}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    _keep(page, picture)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, size)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(VIOLATIONS)
    faults = [(one["id"], one["nodes"][0]["html"][:120], one["nodes"][0]["failureSummary"][:200]) for one in found]
    assert not faults, f"{name}, {size['width']} wide: {faults}"


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds: the rule, the first place, and what to do."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        (one["id"], one["nodes"][0]["html"][:120], one["nodes"][0]["failureSummary"][:200])
        for one in page.evaluate(VIOLATIONS)
    ]


def _keep(page: Page, picture: Path) -> None:
    """Keep the picture; a browser whose drawing was late on a busy machine is asked once more."""
    try:
        page.screenshot(path=picture)
    except Error as error:
        if "Unable to capture screenshot" not in error.message:
            raise
        page.evaluate(SETTLED)
        page.screenshot(path=picture)
