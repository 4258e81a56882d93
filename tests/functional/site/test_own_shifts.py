"""One's own shifts: seen by nobody else, wished for, swapped step by step, taken into a calendar."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import DAYS, day_at, duty, published, roster
from xiaoer.site.models import Account, AuditEntry, Person, Roster, ShiftSwap, ShiftWish
from xiaoer.site.planning.calendar import Event, calendar_text, new_address
from xiaoer.site.planning.roster_known import rows_of, today_of, value_known

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def lead(site: Path) -> Person:
    """Return who plans 晨光店."""
    return person("lin", "lead", name="林主管")


def agent(login: str, account: str, *, where: str = "晨光店") -> Person:
    made = person(login, "agent", where=where)
    Account.objects.create(person=made, shop=shop(where), account=account, first_day=date(2024, 9, 1))
    return made


@pytest.fixture
def amy(site: Path) -> Person:
    return agent("amy", "晨光店:小艾")


@pytest.fixture
def bob(site: Path) -> Person:
    return agent("bob", "晨光店:小林")


def at(more: str = "") -> str:
    return f"/s/{shop().pk}/own/shifts/{more}"


def said(client: Client, address: str | None = None) -> str:
    answer = client.get(address or at())
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def ask(client: Client, found: Roster, number: int, other: str = "小林", other_number: int | None = None) -> int:
    asked = {"day": str(day_at(shop(), number)), "other": other, "words": "家里有事",
             "other_day": "" if other_number is None else str(day_at(shop(), other_number))}  # fmt: skip
    return client.post(at(f"swap/{found.pk}/"), asked).status_code


def test_an_agent_sees_their_own_shifts_once_published(lead: Person, amy: Person) -> None:
    place = shop()
    assert "还没有发布你的班" in said(browser(amy))
    draft = roster(place, lead, [duty(place, "小艾", 1)])
    assert "还没有发布你的班" in said(browser(amy))
    Roster.objects.filter(pk=draft.pk).update(state="published")
    published(place, lead, [duty(place, "小林", 1, "晚"), duty(place, "小艾", 3)])
    page = said(browser(amy))
    assert page.count('<span class="day">') == 2
    assert "14:00–23:00" not in page, "somebody else's"
    assert "还没有给你绑定账号" in said(browser(person("new", "agent"))) or "绑定" in said(
        browser(person("new2", "agent"))
    )


def test_days_are_theirs_only_while_the_account_was(lead: Person) -> None:
    place = shop()
    published(place, lead, [duty(place, "小艾", number) for number in range(4)])
    early, late = person("early", "agent"), person("late", "agent")
    change = day_at(place, 1)
    Account.objects.create(person=early, shop=place, account="晨光店:小艾", first_day=date(2024, 9, 1), last_day=change)
    Account.objects.create(person=late, shop=place, account="晨光店:小艾", first_day=change + timedelta(days=1))
    assert said(browser(early)).count('<span class="day">') == 2
    assert said(browser(late)).count('<span class="day">') == 2


def test_what_changed_after_publishing_is_told_with_its_reason(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", 1), duty(place, "小林", 2)])
    asked = {"person": "小艾", "day": str(day_at(place, 1)), "shift": "晚", "version": 1, "why": "大促"}
    assert browser(lead).post(f"/s/{place.pk}/roster/{found.pk}/change/", asked).status_code == 302
    page = said(browser(amy))
    assert "发布后改过" in page
    assert "早 → 晚" in page
    assert "大促" in page
    assert "发布后改过" not in said(browser(bob))


def test_wishes_are_taken_until_a_day(lead: Person, amy: Person, bob: Person) -> None:
    place, client = shop(), browser(amy)
    found = roster(place, lead, [], version=0)
    wish = {"roster": found.pk, "day": str(day_at(place, 2)), "shift": "-", "want": "yes", "weight": "3"}
    assert client.post(at("wish/"), wish).status_code == 422, "nobody asked for wishes"
    asked = f"/s/{place.pk}/roster/{found.pk}/tables/wishes/"
    assert browser(lead).post(asked, {"until": str(day_at(place, 0))}).status_code == 302
    assert "的愿望" in said(client)
    assert client.post(at("wish/"), wish).status_code == 302
    assert client.post(at("wish/"), wish | {"day": str(day_at(place, DAYS))}).status_code == 422
    found.refresh_from_db()
    row = {"name": "小艾", "day": str(day_at(place, 2)), "shift": "休", "want": "想", "weight": "3"}
    assert rows_of(found, "zh")["wishes"] == [row]
    assert found.edition == 2
    assert [one.weight for one in value_known(found, "zh").refused] == [3.0], "as the roster stands, she works then"
    made = ShiftWish.objects.get()
    assert browser(bob).post(at(f"wish/{made.pk}/withdraw/")).status_code == 422, "somebody else's"
    Roster.objects.filter(pk=found.pk).update(wishes_until=today_of(place) - timedelta(days=1))
    assert client.post(at(f"wish/{made.pk}/withdraw/")).status_code == 422, "too late"
    assert client.post(at("wish/"), wish).status_code == 422
    Roster.objects.filter(pk=found.pk).update(wishes_until=today_of(place))
    assert client.post(at(f"wish/{made.pk}/withdraw/")).status_code == 302
    assert not ShiftWish.objects.exists()
    assert AuditEntry.objects.filter(act__in=["wished", "wish_withdrawn"]).count() == 2


def test_a_workbook_sent_back_does_not_double_the_wishes_of_agents(lead: Person, amy: Person) -> None:
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile

    place = shop()
    found = roster(place, lead, [], version=0, wishes_until=day_at(place, 0))
    browser(amy).post(
        at("wish/"), {"roster": found.pk, "day": str(day_at(place, 2)), "shift": "晚", "want": "no", "weight": "2"}
    )
    address, client = f"/s/{place.pk}/roster/{found.pk}/", browser(lead)
    content = BytesIO(client.get(f"{address}tables.xlsx").content).getvalue()
    assert client.post(f"{address}tables/sent/", {"files": SimpleUploadedFile("a.xlsx", content)}).status_code == 302
    found.refresh_from_db()
    assert found.tables["wishes"] == []
    assert len(rows_of(found, "zh")["wishes"]) == 1


def test_a_swap_is_asked_agreed_to_and_approved(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", 1), duty(place, "小林", 1, "晚")])
    assert ask(browser(amy), found, 1) == 302
    swap = ShiftSwap.objects.get()
    assert "小艾 想和你换班" in said(browser(bob))
    assert "等同事回复" in said(browser(amy))
    assert ask(browser(amy), found, 1) == 422, "one at a time"
    decide = f"/s/{place.pk}/roster/swaps/{swap.pk}/"
    assert browser(lead).post(decide, {"approve": "1"}).status_code == 422, "the colleague has not agreed"
    assert browser(amy).post(at(f"swap/{swap.pk}/answer/"), {"agree": "1"}).status_code == 422, "not theirs to answer"
    assert browser(bob).post(at(f"swap/{swap.pk}/answer/"), {"agree": "1"}).status_code == 302
    assert "有 1 个换班等你批" in said(browser(lead), f"/s/{place.pk}/roster/swaps/")
    assert browser(lead).post(decide, {"approve": "1", "answer": "好"}).status_code == 302
    found.refresh_from_db()
    assert {one["person"]: one["shift"] for one in found.duties} == {"小艾": "晚", "小林": "早"}
    assert found.changes.get().kind == "swapped"
    assert "班表已经改好" in said(browser(amy))
    assert browser(lead).post(decide, {"approve": "1"}).status_code == 422, "once only"
    acts = AuditEntry.objects.filter(act__startswith="swap_").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["swap_asked", "swap_answered", "swap_decided"]


def test_both_days_are_exchanged_between_two(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", 1), duty(place, "小林", 4, "晚")])
    assert ask(browser(amy), found, 1, other_number=4) == 302
    swap = ShiftSwap.objects.get()
    browser(bob).post(at(f"swap/{swap.pk}/answer/"), {"agree": "1"})
    browser(lead).post(f"/s/{place.pk}/roster/swaps/{swap.pk}/", {"approve": "1"})
    found.refresh_from_db()
    assert {(one["person"], one["day"]) for one in found.duties} == {
        ("小林", str(day_at(place, 1))), ("小艾", str(day_at(place, 4))),
    }  # fmt: skip


def test_a_swap_is_void_once_the_roster_changed(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", 1), duty(place, "小林", 1, "晚")])
    ask(browser(amy), found, 1)
    swap = ShiftSwap.objects.get()
    browser(bob).post(at(f"swap/{swap.pk}/answer/"), {"agree": "1"})
    asked = {"person": "小林", "day": str(day_at(place, 1)), "shift": "-", "version": 1, "why": "x"}
    assert browser(lead).post(f"/s/{place.pk}/roster/{found.pk}/change/", asked).status_code == 302
    assert "作废" in said(browser(amy))
    answer = browser(lead).post(f"/s/{place.pk}/roster/swaps/{swap.pk}/", {"approve": "1"})
    assert answer.status_code == 422
    found.refresh_from_db()
    assert [(one["person"], one["shift"]) for one in found.duties] == [("小艾", "早")]


def test_a_swap_that_breaks_a_rule_is_not_even_asked(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    duties = [duty(place, "小艾", 1), duty(place, "小艾", 2), duty(place, "小林", 1, "晚")]
    found = published(place, lead, duties)
    answer = browser(amy).post(
        at(f"swap/{found.pk}/"), {"day": str(day_at(place, 1)), "other": "小林", "other_day": "", "words": ""}
    )
    assert answer.status_code == 422
    assert "两班之间的休息" in unescape(answer.content.decode())
    assert not ShiftSwap.objects.exists()
    assert ask(browser(amy), found, 1, other_number=DAYS) == 422, "a day that is not in the roster"
    assert ask(browser(amy), found, 3) == 422, "a day without a shift"


def test_a_swap_is_declined_withdrawn_refused_or_expires(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", number) for number in (1, 2, 3)])
    for number in (1, 2, 3):
        assert ask(browser(amy), found, number) == 302
    one, two, three = ShiftSwap.objects.order_by("id")
    browser(bob).post(at(f"swap/{one.pk}/answer/"), {"decline": "1"})
    assert browser(bob).post(at(f"swap/{two.pk}/withdraw/")).status_code == 422, "not theirs to take back"
    assert browser(amy).post(at(f"swap/{two.pk}/withdraw/")).status_code == 302
    browser(bob).post(at(f"swap/{three.pk}/answer/"), {"agree": "1"})
    browser(lead).post(f"/s/{place.pk}/roster/swaps/{three.pk}/", {"refuse": "1", "answer": "人不够"})
    assert list(ShiftSwap.objects.order_by("id").values_list("state", flat=True)) == [
        "declined",
        "withdrawn",
        "refused",
    ]
    assert "人不够" in said(browser(amy))
    assert ask(browser(amy), found, 1) == 302, "after a no it can be asked again"
    late = ShiftSwap.objects.latest("id")
    ShiftSwap.objects.filter(pk=late.pk).update(day=today_of(place), other_day=today_of(place))
    assert "过期" in said(browser(amy))
    assert browser(bob).post(at(f"swap/{late.pk}/answer/"), {"agree": "1"}).status_code == 422
    assert {one["shift"] for one in Roster.objects.get().duties} == {"早"}


def test_swaps_of_another_shop_are_not_there(lead: Person, amy: Person) -> None:
    place = shop("远山店")
    yuan = agent("yuan", "远山店:小远", where="远山店")
    other = published(place, yuan, [duty(place, "小远", 1)])
    day = day_at(place, 1)
    swap = ShiftSwap.objects.create(roster=other, asked_by=yuan, name="小远", other="小林", day=day, other_day=day)
    for more in (f"swap/{swap.pk}/answer/", f"swap/{swap.pk}/withdraw/", f"swap/{other.pk}/"):
        assert browser(amy).post(at(more)).status_code == 404
    assert browser(lead).post(f"/s/{shop().pk}/roster/swaps/{swap.pk}/", {"approve": "1"}).status_code == 404


def test_the_calendar_has_ones_own_shifts_and_no_other_name(lead: Person, amy: Person, bob: Person) -> None:
    place = shop()
    published(place, lead, [duty(place, "小艾", 1), duty(place, "小林", 1, "晚")])
    answer = browser(amy).get(f"/s/{place.pk}/own/shifts.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    day = day_at(place, 1)
    assert text.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;TZID=Asia/Shanghai:{day:%Y%m%d}T080000" in text
    assert f"DTEND;TZID=Asia/Shanghai:{day:%Y%m%d}T170000" in text
    assert "TZOFFSETTO:+0800" in text
    assert "11:00–12:00" in text
    assert "小林" not in text
    assert "小艾" not in text


def test_the_private_address_can_be_renewed_and_ended(lead: Person, amy: Person) -> None:
    place, client = shop(), browser(amy)
    published(place, lead, [duty(place, "小艾", 1)])
    shown = said_post(client, at("calendar/"))
    address = next(iter(re.findall(r"/calendar/[\w-]+/shifts\.ics", shown)))
    assert browser().get(address).content.decode().count("BEGIN:VEVENT") == 1
    assert address not in said(client), "shown once"
    second = f"/calendar/{new_address(amy, place)}/shifts.ics"
    assert browser().get(address).status_code == 404
    assert browser().get(second).status_code == 200
    assert client.post(at("calendar/end/")).status_code == 302
    assert browser().get(second).status_code == 404
    third = f"/calendar/{new_address(amy, place)}/shifts.ics"
    Person.objects.filter(pk=amy.pk).update(is_active=False)
    assert browser().get(third).status_code == 404, "who left has no calendar"


def said_post(client: Client, address: str) -> str:
    answer = client.post(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def long_event() -> Iterator[Event]:
    zone = ZoneInfo("America/New_York")
    start = datetime(2026, 10, 31, 22, 0, tzinfo=zone)
    yield Event("1@x", 2, start, start + timedelta(hours=8), "夜班" * 20, "a,b;c")


def test_calendar_lines_are_short_and_zones_spelled_out(site: Path, long_event: Event) -> None:
    later = replace(long_event, uid="2@x", start=long_event.start + timedelta(days=3))
    text = calendar_text([long_event, later])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert f"SUMMARY:{'夜班' * 20}" in whole
    assert r"DESCRIPTION:a\,b\;c" in whole
    assert re.findall(r"TZOFFSETTO:(\S+)", whole) == ["-0400", "-0500"], "the clocks go back between the two"
    assert later.start.astimezone(UTC).hour == 3
