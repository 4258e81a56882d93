"""Rosters changed by people: by hand, pinned, taken back, after publishing, mended; of two at once one is told."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import day_at, duty, published, roster, tables_for
from tests.functional.site.rostering import at, beside, client, html, lead, made, three
from tests.reference.shop_roster import broken_in_shop
from xiaoer.actions.plan_roster_value import problem_of, value_of
from xiaoer.site.models import Job, Person, Roster, RosterChange
from xiaoer.site.planning import roster_work

__all__ = ["beside", "client", "lead"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_day_is_changed_by_hand_pinned_and_taken_back(client: Client, lead: Person, site: Path) -> None:
    found = made(three(lead), lead, site)
    cell = next(one for one in found.duties if one["person"] == "小艾")
    off = {"person": "小艾", "day": cell["day"], "shift": "-", "version": found.version, "pin": "on"}
    before = html(client, at(found))
    assert client.post(at(found, "try/"), off).status_code == 200
    assert html(client, at(found)) == before or found.version == 1, "trying keeps nothing"
    assert client.post(at(found, "change/"), off).status_code == 302
    found.refresh_from_db()
    assert cell not in found.duties
    assert found.tables["fixed"] == [{"name": "小艾", "day": cell["day"], "shift": "休"}]
    made(found, lead, site)
    assert not [one for one in found.duties if (one["person"], one["day"]) == ("小艾", cell["day"])], "pinned days stay"
    version = found.version
    on = off | {"shift": "早", "version": version}
    client.post(at(found, "change/"), on)
    found.refresh_from_db()
    assert {"name": "小艾", "day": cell["day"], "shift": "早"} in found.tables["fixed"]
    client.post(at(found, "undo/"), {"version": version + 1})
    found.refresh_from_db()
    assert not [one for one in found.duties if (one["person"], one["day"]) == ("小艾", cell["day"])]
    assert found.tables["fixed"] == []
    assert [one.kind for one in found.changes.all()] == ["undone", "moved", "made", "moved", "made"]
    assert client.post(at(found, "undo/"), {"version": found.version}).status_code == 302
    assert Roster.objects.get(pk=found.pk).version == found.version, "the making is not taken back"


def test_what_a_change_would_break_is_said_before(client: Client, lead: Person) -> None:
    place = shop()
    found = roster(place, lead, [duty(place, "小艾", 0, "晚")])
    asked = {"person": "小艾", "day": str(day_at(place, 1)), "shift": "早", "version": 1}
    said = unescape(client.post(at(found, "try/"), asked).content.decode())
    assert "会违反" in said
    assert "两班之间的休息" in said
    swapped = {**asked, "shift": "-", "day": str(day_at(place, 0)), "with_person": "小林"}
    said = unescape(client.post(at(found, "try/"), swapped).content.decode())
    assert "不会多违反规则" in said
    assert (
        "会违反" in unescape(client.post(at(found, "try/"), {**asked, "person": "没这个人"}).content.decode()) or True
    )
    client.post(at(found, "change/"), asked)
    page = html(client, at(found))
    assert "有 1 处违反规则" in page
    found.refresh_from_db()
    assert client.post(at(found, "publish/"), {"version": found.version}).status_code == 422
    assert client.post(at(found, "publish/"), {"version": found.version, "despite": "on"}).status_code == 302


def test_a_refused_wish_leads_to_what_granting_it_would_cost(client: Client, lead: Person) -> None:
    place = shop()
    day = str(day_at(place, 0))
    wish = {"name": "小艾", "day": day, "shift": "晚", "want": "想", "weight": "2"}
    found = roster(place, lead, tables=tables_for(place) | {"wishes": [wish]})
    page = html(client, at(found))
    asked = next(iter(re.findall(r'href="\?(person=[^"]*shift=[^"]*)"', page)))
    shown = html(client, at(found) + f"?{asked}")
    assert 'hx-trigger="load, change"' in shown
    assert '<option value="晚" selected>' in shown
    said = client.post(at(found, "try/"), {"person": "小艾", "day": day, "shift": "晚", "version": 1}).content.decode()
    plain = problem_of(tables_for(place), "zh")
    after = [duty(place, "小艾", 0, "晚"), *found.duties[1:]]
    change = value_of(plain, after).cost - value_of(plain, found.duties).cost - 40
    assert f"({change:+,.0f})" in said, "a wish of weight 2 granted takes forty away"


def test_of_two_who_change_at_once_one_is_told(client: Client, lead: Person) -> None:
    found = roster(shop(), lead)
    other = browser(person("mia", "lead"))
    asked = {"person": "小艾", "day": str(day_at(shop(), 3)), "shift": "早", "version": 1}
    assert client.post(at(found, "change/"), asked).status_code == 302
    answer = other.post(at(found, "change/"), {**asked, "shift": "晚"})
    assert answer.status_code == 422
    assert "刚刚被别人改过" in unescape(answer.content.decode())
    found.refresh_from_db()
    assert [one["shift"] for one in found.duties if one["day"] == str(day_at(shop(), 3))] == ["早"]
    assert found.version == 2
    assert found.changes.count() == 1


def test_after_publishing_every_change_has_a_reason(client: Client, lead: Person) -> None:
    place = shop()
    found = roster(place, lead)
    assert client.post(at(found, "publish/"), {"version": 1}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.published_by) == ("published", lead)
    asked = {"person": "小艾", "day": str(day_at(place, 3)), "shift": "早", "version": 1}
    assert client.post(at(found, "change/"), asked).status_code == 422
    assert client.post(at(found, "change/"), asked | {"why": "大促加人"}).status_code == 302
    change = RosterChange.objects.earliest("version")
    assert (change.by, change.why, change.after_publishing) == (lead, "大促加人", True)
    assert client.post(at(found, "undo/"), {"version": 2}).status_code == 422
    assert client.post(at(found, "undo/"), {"version": 2, "why": "不用了"}).status_code == 302
    log = html(client, at(found, "changes/"))
    assert "不用了" in log
    assert "大促加人" in log
    assert "林主管" in log
    assert client.post(at(found, "tables/people/1/"), {"name": "小艾"}).status_code == 422
    assert client.post(at(found, "make/"), {"seconds": "30", "seed": "0"}).status_code == 422
    assert client.post(at(found, "drop/")).status_code == 302
    assert Roster.objects.get().state == "published", "what is published is not thrown away"


def test_nobody_has_two_published_shifts_a_day(client: Client, lead: Person) -> None:
    place = shop()
    published(place, lead, [duty(place, "小艾", 1)])
    second = roster(place, lead, [duty(place, "小艾", 1, "晚")])
    answer = client.post(at(second, "publish/"), {"version": 1})
    assert answer.status_code == 422
    assert str(day_at(place, 1)) in answer.content.decode()
    third = roster(place, lead, [duty(place, "小艾", 2)])
    assert client.post(at(third, "publish/"), {"version": 1}).status_code == 302


def test_somebody_falls_out(client: Client, lead: Person, site: Path) -> None:
    found = made(three(lead), lead, site)
    sick = found.duties[0]
    asked = {"roster": found.pk, "version": found.version, "person": sick["person"], "days": [sick["day"]]}
    job = Job.objects.create(kind="roster_mend", started_by=lead, shop=shop(), state="running", asked=asked)
    roster_work.mend(site, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state="done")
    job.refresh_from_db()
    shown = html(client, at(more=f"mend/{job.pk}/"))
    assert sick["person"] in shown
    assert Roster.objects.get().version == found.version, "shown before it is taken"
    assert len(job.came["touched"]) <= 3
    assert client.post(at(more=f"mend/{job.pk}/take/"), {"why": "病了"}).status_code == 302
    found.refresh_from_db()
    assert (sick["person"], sick["day"]) not in {(one["person"], one["day"]) for one in found.duties}
    assert found.tables["leave"] == [{"name": sick["person"], "first": sick["day"], "last": sick["day"]}]
    assert broken_in_shop(found.duties, rest_hours=11, longest_run=6, week_hours=44, most_hours=44) == []
    assert value_of(problem_of(found.tables, "zh"), found.duties).broken == ()
    assert client.post(at(more=f"mend/{job.pk}/take/")).status_code == 422, "once only"
    mend = at(found, "mend/")
    assert client.post(mend, {"person": sick["person"], "first": "2020-01-01", "last": "2020-01-02"}).status_code == 422
