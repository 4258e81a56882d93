"""The days of a roster by activity: shared out, shown, kept while they hold, as a workbook; who may see them."""

from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import DAYS, day_at, duty, roster, tables_for
from tests.functional.site.rostering import at, client, html, lead
from xiaoer.actions.plan_data import PlanAsk
from xiaoer.site.models import Account, Job, Person, Roster
from xiaoer.site.planning import roster_work
from xiaoer.site.planning.activity_days import days_known
from xiaoer.site.planning.activity_work import share
from xiaoer.site.planning.roster_changes import Change, change_duties

__all__ = ["client", "lead"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def two_activities(lead: Person, **more: object) -> Roster:
    """Return a roster of two people who both chat; one of them also takes calls, which are needed from 14 to 17."""
    tables = tables_for(shop())
    tables["people"] = [{"name": "小艾", "skills": "聊天 电话"}, {"name": "小林", "skills": "聊天"}]
    tables["need"] = [row | {"skill": "聊天"} for row in tables["need"]] + [
        {"day": str(day_at(shop(), number)), "start": f"{hour:02}:00", "people": "1", "skill": "电话"}
        for number in range(DAYS)
        for hour in (14, 15, 16)
    ]
    duties = [duty(shop(), "小艾", 0), duty(shop(), "小林", 0, "晚"), duty(shop(), "小艾", 2)]
    return roster(shop(), lead, duties, tables=tables, **more)


def shared(found: Roster, lead: Person, home: Path) -> Roster:
    """Share a roster out as the work does."""
    asked = {"roster": found.pk, "seconds": None, "rounds": 10, "seed": 0}
    job = Job.objects.create(kind="roster_share", started_by=lead, shop=found.shop, state="running", asked=asked)
    share(home, "zh", lambda *_: None, job)
    Job.objects.filter(pk=job.pk).update(state="done")
    return found


def test_a_day_says_who_does_what_and_where_an_activity_is_short(client: Client, lead: Person, site: Path) -> None:
    found = shared(two_activities(lead), lead, site)
    said = html(client, at(found, f"activities/?day={day_at(shop(), 0)}"))
    assert "08:00 聊天 · 11:00 休息 · 12:00 聊天 · 14:00 电话 · 17:00" in said
    assert "14:00 聊天 · 16:00 休息 · 17:00 聊天 · 23:00" in said
    assert 'class="act-' in said and "23:00" in said
    assert f"{day_at(shop(), 0)} 各岗位一共缺 2.0 人时" in said  # one hour of each person's break, and only one to chat
    idle = html(client, at(found, f"activities/?day={day_at(shop(), 1)}"))
    assert "这一天没有人上班" in idle and "17.0 人时" in idle
    assert "act-" not in idle.split("<table", 1)[1]


def test_a_day_holds_until_what_it_rests_on_changes(client: Client, lead: Person, site: Path) -> None:
    found = shared(two_activities(lead), lead, site)
    change = Change([*found.duties, duty(shop(), "小林", 3)], "moved", found.version)
    change_duties(found, change, by=lead)
    assert days_known(found) is not None
    assert "08:00 聊天" in html(client, at(found, f"activities/?day={day_at(shop(), 0)}"))
    for number in (2, 3, 4):  # the day itself, and its neighbours: a night may reach into them
        assert "班表改过了" in html(client, at(found, f"activities/?day={day_at(shop(), number)}"))
    found.tables["need"][0]["people"] = "3"
    found.save()
    assert "班表改过了" in html(client, at(found, f"activities/?day={day_at(shop(), 0)}"))
    assert days_known(found) is None
    assert client.get(at(found, "activities.xlsx"))["Location"] == at(found, "activities/")


def test_sharing_begins_with_its_page_of_work(client: Client, lead: Person) -> None:
    found = two_activities(lead)
    assert "还没有分到岗位" in html(client, at(found, "activities/"))
    answer = client.post(at(found, "activities/share/"), {"seconds": "30", "rounds": "", "seed": "0"})
    job = Job.objects.get(kind="roster_share")
    assert answer.status_code == 302 and answer["Location"].endswith(f"/share/{job.pk}/")
    assert job.asked == {"roster": found.pk, "seconds": 30, "rounds": None, "seed": 0}
    refused = client.post(at(found, "activities/share/"), {"seconds": "7", "rounds": "", "seed": "0"})
    assert refused.status_code == 422


def test_the_workbook_has_all_days(client: Client, lead: Person, site: Path) -> None:
    found = shared(two_activities(lead), lead, site)
    book = openpyxl.load_workbook(BytesIO(client.get(at(found, "activities.xlsx")).content))
    assert [str(day_at(shop(), number)) for number in (0, 2)] == [name for name in book.sheetnames if "-" in name]
    texts = [cell.value for row in book[book.sheetnames[0]].iter_rows() for cell in row]
    assert "电话" in texts and "小艾" in texts


def test_one_activity_alone_is_not_shared_out(client: Client, lead: Person) -> None:
    said = html(client, at(roster(shop(), lead), "activities/"))
    assert "需求里只有一种岗位" in said and 'action="/s' not in said.split("<h1", 1)[1]


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("inspector", 403)])
def test_only_who_plans_sees_it(lead: Person, role: str, status: int, site: Path) -> None:
    found = two_activities(lead)
    other = browser(person("other", role, name="旁人"))
    assert other.get(at(found, "activities/")).status_code == status
    assert other.post(at(found, "activities/share/"), {"seconds": "30", "seed": "0"}).status_code == status
    assert other.get(at(found, "activities.xlsx")).status_code == status


def test_agents_read_in_their_shifts_what_they_do_when(lead: Person, site: Path) -> None:
    state = {"state": "published", "published_by": lead, "published_at": timezone.now()}
    found = shared(two_activities(lead, **state), lead, site)
    amy = person("amy", "agent")
    Account.objects.create(person=amy, shop=shop(), account="晨光店:小艾", first_day=date(2024, 9, 1))
    said = html(browser(amy), f"/s/{shop().pk}/own/shifts/")
    assert "08:00 聊天 · 11:00 休息 · 12:00 聊天 · 14:00 电话 · 17:00" in said
    assert found.state == "published"


def test_the_need_is_taken_from_several_forecasts_each_for_who_can_serve_it(
    client: Client, lead: Person, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = two_activities(lead)
    page = html(client, at(found, "tables/?table=need"))
    assert page.count('value="电话"') == 2, "the skills of the people, for chats and for calls"
    form = {"kinds": ["chat", "call"], "skill_chat": "聊天", "skill_call": "", "interval": "60"}
    assert client.post(at(found, "tables/need/"), form | {"skill_chat": "打包"}).status_code == 422
    assert client.post(at(found, "tables/need/"), form | {"kinds": []}).status_code == 422
    assert client.post(at(found, "tables/need/"), form).status_code == 302
    job = Job.objects.get(kind="roster_need")
    assert job.asked["kinds"] == {"chat": "聊天", "call": ""} and job.asked["interval"] == "60"

    def told(_home: Path, ask: PlanAsk, *_: object) -> SimpleNamespace:
        rows = [{"day": ask.first, "from": "09:00", "roster": 3 if ask.kind == "chat" else 2}]
        return SimpleNamespace(data={"rows": rows})

    monkeypatch.setattr(roster_work, "plan_need", told)
    roster_work.take_need(site, "zh", lambda *_: None, job)
    found.refresh_from_db()
    first = str(day_at(shop(), 0))
    chats = {"day": first, "start": "09:00", "people": "3", "skill": "聊天"}
    assert found.tables["need"] == [chats, {"day": first, "start": "09:00", "people": "2"}]
