"""What tests of the pages of planning share: a site that looks at the hotline, and how its pages are asked."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.plan_shop import NEXT, plan_home

MONDAY = ("--from", "2024-08-05", "--to", "2024-08-11")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hotline's data folder."""
    return plan_home(tmp_path_factory.mktemp("planning"))


@pytest.fixture
def plan(made: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the site look at the hotline, of which nothing was said yet."""
    from django.conf import settings

    shutil.rmtree(made / "planning", ignore_errors=True)
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(made, "zh"))
    return made


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Forget what was computed for the folder of another test."""
    yield
    from xiaoer.site import kept

    kept._KEPT.answers.clear()


@pytest.fixture
def lead(plan: Path) -> Client:
    """Return the lead's browser."""
    return browser(person("lin", "lead", name="林主管"))


def at(path: str = "", query: str = NEXT) -> str:
    return f"/s/{shop().pk}/plan/{path}?{query}"


def seen(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())
