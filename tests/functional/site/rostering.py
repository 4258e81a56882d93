"""What tests of the pages of rosters share: who leads, where pages are, and rosters of three people."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import roster, tables_for
from xiaoer.actions import plan_roster_ways
from xiaoer.site.models import Job, Person, Roster
from xiaoer.site.planning import roster_work

PEOPLE = ("小艾", "小林", "小禾")


@pytest.fixture
def lead(site: Path) -> Person:
    """Return who plans 晨光店."""
    return person("lin", "lead", name="林主管")


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the work of a test tell nobody how far it is, from a thread of its own, nor look long for ways to mend."""
    monkeypatch.setattr(plan_roster_ways, "SECONDS", 0.1)
    monkeypatch.setattr(roster_work, "Thread", lambda **_: Quiet())


class Quiet:
    """A thread that does nothing."""

    def start(self) -> None:
        """Begin to do nothing."""

    def join(self) -> None:
        """End it."""


@pytest.fixture
def client(lead: Person) -> Client:
    """Return their browser."""
    return browser(lead)


def at(found: Roster | None = None, more: str = "") -> str:
    return f"/s/{shop().pk}/roster/" + (f"{found.pk}/{more}" if found else more)


def html(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def made(found: Roster, lead: Person, home: Path, **asked: object) -> Roster:
    """Make a roster as the work does."""
    usual = {"roster": found.pk, "version": found.version, "seconds": None, "rounds": 0, "seed": 0}
    job = Job.objects.create(kind="roster", started_by=lead, shop=found.shop, state="running", asked=usual | asked)
    roster_work.make(home, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state="done")
    found.refresh_from_db()
    return found


def three(lead: Person, **more: object) -> Roster:
    """Return a roster of three people that is not made yet; breaks start on whole hours, so that it is made fast."""
    tables = tables_for(shop(), people=PEOPLE, hours="24") | {"rules": [{"name": "break_step_minutes", "value": "60"}]}
    return roster(shop(), lead, [], tables=tables, version=0, **more)
