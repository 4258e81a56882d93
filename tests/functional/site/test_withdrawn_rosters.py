"""A publication taken back: agents read what no longer holds and why, swaps end, and it can be published again."""

from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import day_at, published, roster
from tests.functional.site.rostering import at, client, html, lead
from xiaoer.site.models import Account, AuditEntry, Person, Roster, ShiftSwap
from xiaoer.site.planning.published import published_duties

__all__ = ["client", "lead"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
WHY = "需求算错了"


@pytest.fixture
def amy(site: Path) -> Person:
    """Return an agent who works on the first and the third day."""
    made = person("amy", "agent")
    Account.objects.create(person=made, shop=shop(), account="晨光店:小艾", first_day=date(2024, 9, 1))
    return made


def own(who: Person) -> str:
    return unescape(browser(who).get(f"/s/{shop().pk}/own/shifts/").content.decode())


def withdraw(client: Client, found: Roster, **given: object) -> int:
    return client.post(at(found, "withdraw/"), {"version": found.version, "why": WHY} | given).status_code


def test_agents_read_what_no_longer_holds_and_swaps_end(client: Client, lead: Person, amy: Person) -> None:
    found = published(shop(), lead)
    swap = ShiftSwap.objects.create(roster=found, asked_by=amy, name="小艾", other="小林", day=day_at(shop(), 0),
                                    other_day=day_at(shop(), 0), state="agreed")  # fmt: skip
    assert withdraw(client, found) == 302
    found.refresh_from_db()
    assert (found.state, found.published_by, found.published_at) == ("draft", None, None)
    assert published_duties(shop(), found.first, found.last) == ()
    swap.refresh_from_db()
    assert swap.state == "void"
    said = own(amy)
    assert "还没有发布你的班" in said and "这些班不再算数" in said and WHY in said
    assert str(day_at(shop(), 2)) in said and "小林" not in said.split("这些班不再算数")[1].split("林主管")[0]
    assert AuditEntry.objects.filter(act="roster_withdrawn").count() == 1
    assert "撤回发布" in html(client, at(found, "changes/"))


def test_it_can_be_published_again(client: Client, lead: Person, amy: Person) -> None:
    found = published(shop(), lead)
    assert withdraw(client, found) == 302
    found.refresh_from_db()
    assert client.post(at(found, "publish/"), {"version": found.version}).status_code == 302
    found.refresh_from_db()
    assert found.state == "published"
    assert f"{day_at(shop(), 0):%m-%d}" in own(amy)


def test_without_a_reason_or_of_another_version_nothing_happens(client: Client, lead: Person) -> None:
    found = published(shop(), lead)
    assert withdraw(client, found, why="  ") == 422
    assert withdraw(client, found, version=found.version + 1) == 422
    assert withdraw(client, roster(shop(), lead)) == 422, "a draft has nothing to take back"
    found.refresh_from_db()
    assert found.state == "published"


def test_what_has_begun_is_changed_day_by_day(client: Client, lead: Person) -> None:
    found = published(shop(), lead)
    assert "撤回发布" in html(client, at(found))
    found.first = day_at(shop(), -1)
    found.save()
    assert "撤回发布" not in html(client, at(found))
    assert withdraw(client, found) == 422
    assert not AuditEntry.objects.filter(act="roster_withdrawn").exists()


@pytest.mark.parametrize("role", ["agent", "inspector"])
def test_only_who_publishes_takes_back(lead: Person, role: str) -> None:
    found = published(shop(), lead)
    assert withdraw(browser(person("other", role, name="旁人")), found) == 403
