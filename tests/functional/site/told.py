"""A staged site in a process of its own, and browsers of its people."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from tests.functional.site.chrome import ROOT, WIDE, faults_of
from tests.functional.site.running import free_port

WITHIN_MILLISECONDS = 120_000  # of a machine that has much else to do


@dataclass(frozen=True)
class Told:
    """Where the site answers, and the sessions of its people."""

    address: str
    cookies: dict[str, dict[str, str]]


@contextmanager
def told_by(program: str, folder: Path) -> Iterator[Told]:
    """Run a program that stages a site in a folder and writes the sessions of its people, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", program, str(folder), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, "the site could not be made"
        yield Told(f"http://127.0.0.1:{port}", json.loads(line))
    finally:
        process.kill()
        process.communicate()


def page_of(browser: Browser, told: Told, who: str, size: ViewportSize = WIDE) -> tuple[Page, list[str]]:
    """Return a page of somebody's browser, and the list of its faults."""
    context = browser.new_context(viewport=size, locale="zh-CN")
    context.add_cookies([
        {"name": name, "value": value, "url": told.address} for name, value in told.cookies[who].items()
    ])  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(WITHIN_MILLISECONDS)
    return page, faults_of(page, told.address)
