"""Rosters on the site: begun, filled in, made, changed by hand, mended, published; what two people do at once."""

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.functional.site.cast import browser, person, shop
from tests.functional.site.roster_things import DAYS, day_at, duty, published, roster, tables_for
from tests.reference.shop_roster import broken_in_shop
from xiaoer.actions import plan_roster_ways
from xiaoer.actions.plan_roster import RosterAsk, roster_book
from xiaoer.actions.plan_roster_value import problem_of, value_of
from xiaoer.actions.plan_stop import Stop
from xiaoer.site.models import Account, AuditEntry, Job, Person, Roster, RosterChange
from xiaoer.site.planning import roster_work
from xiaoer.site.planning.published import published_duties

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
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


def send(client: Client, found: Roster, book: openpyxl.Workbook) -> tuple[int, str]:
    file = BytesIO()
    book.save(file)
    sent = SimpleUploadedFile("班表.xlsx", file.getvalue())
    answer = client.post(at(found, "tables/sent/"), {"files": sent})
    return answer.status_code, unescape(answer.content.decode())


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


def test_a_roster_begins_with_the_people_of_the_shop(client: Client, lead: Person) -> None:
    assert "还没有班表" in html(client, at())
    two = person("amy", "agent")
    for account in ("晨光店:小艾", "晨光店:小林"):
        Account.objects.create(person=two, shop=shop(), account=account, first_day=date(2024, 9, 1))
    first, last = day_at(shop(), 0), day_at(shop(), 13)
    assert client.post(at(), {"first": first, "last": last}).status_code == 302
    begun = Roster.objects.get()
    names = [row["name"] for row in begun.tables["people"]]
    assert ("小艾" in names) != ("小林" in names), "two accounts of one person are one name"
    assert {row["hours_least"] for row in begun.tables["people"]} == {"80"}
    assert begun.accounts[names[0]].startswith("晨光店:")
    page = html(client, at(begun))
    assert "缺“需求" in page
    assert client.post(at(), {"first": last, "last": first}).status_code == 422
    assert AuditEntry.objects.filter(act="roster_begun").count() == 1


def test_what_was_filled_in_is_the_start_of_the_next_period(client: Client, lead: Person) -> None:
    night = {"name": "夜", "start": "22:00", "end": "30:00"}
    tables = tables_for(shop())
    tables["shifts"].append(night)
    last = duty(shop(), "小艾", DAYS - 1) | {"shift": "夜", "start": "22:00", "end": "30:00", "breaks": []}
    roster(
        shop(),
        lead,
        [duty(shop(), "小艾", DAYS - 2), last],
        tables=tables | {"rules": [{"name": "wish", "value": "7"}]},
    )
    first = day_at(shop(), DAYS)
    client.post(at(), {"first": first, "last": first + timedelta(days=6)})
    after = Roster.objects.latest("id").tables
    amy = next(row for row in after["people"] if row["name"] == "小艾")
    assert (amy["nights_before"], amy["last_shift"], amy["days_so_far"]) == ("1", "夜", "2")
    assert after["rules"] == [{"name": "wish", "value": "7"}]
    assert "need" not in after


def test_holidays_of_the_calendar_are_counted_fairly(client: Client, lead: Person) -> None:
    assert client.post(at(), {"first": "2026-09-28", "last": "2026-10-11"}).status_code == 302
    said = {row["name"]: row["value"] for row in Roster.objects.get().tables["rules"]}
    assert {f"2026-10-0{day}" for day in (1, 2, 3)} <= set(said["holidays"].split(","))
    assert "2026-10-11" not in said["holidays"]


def test_the_workbook_goes_both_ways(client: Client, lead: Person) -> None:
    found = three(lead)
    answer = client.get(at(found, "tables.xlsx"))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["员工", "班次", "需求", "请假", "愿望", "已定", "规则"]
    book["请假"].append(["小禾", day_at(shop(), 1), day_at(shop(), 2)])
    assert send(client, found, book)[0] == 302
    found.refresh_from_db()
    leave = {"name": "小禾", "first": str(day_at(shop(), 1)), "last": str(day_at(shop(), 2))}
    assert found.tables["leave"] == [leave]
    assert found.tables["need"] == tables_for(shop())["need"]
    assert found.tables["people"] == tables_for(shop(), people=PEOPLE, hours="24")["people"]


def test_every_fault_of_a_workbook_is_said_at_once(client: Client, lead: Person) -> None:
    found = three(lead)
    book = openpyxl.load_workbook(BytesIO(client.get(at(found, "tables.xlsx")).content))
    book["员工"]["C2"] = "大王"
    book["员工"].append(["小艾"])
    book["班次"]["B2"] = "八点"
    book["需求"]["C5"] = "很多"
    book["请假"].append(["没这个人", day_at(shop(), 1)])
    book["愿望"].append(["小艾", day_at(shop(), 1), "通宵"])
    status, said = send(client, found, book)
    assert status == 422
    for place in (
        "工作表“员工” 第 2 行 “级别”列", "工作表“员工” 第 5 行 “姓名”列", "工作表“班次” 第 2 行 “开始”列",
        "工作表“需求” 第 5 行 “人数”列", "工作表“请假” 第 2 行 “姓名”列", "工作表“愿望” 第 2 行 “班次”列",
    ):  # fmt: skip
        assert place in said, place
    found.refresh_from_db()
    assert found.edition == 1
    status, said = send(client, found, openpyxl.Workbook())
    assert status == 422


def test_rows_are_changed_added_and_removed(client: Client, lead: Person) -> None:
    found = three(lead)
    row = at(found, "tables/people/1/")
    assert 'value="小艾"' in html(client, row)
    assert client.post(row, {"name": "小艾", "hours_least": "8", "level": "老人"}).status_code == 302
    assert client.post(at(found, "tables/leave/0/"), {"name": "小艾", "first": day_at(shop(), 1)}).status_code == 302
    assert client.post(at(found, "tables/people/3/"), {"remove": "1"}).status_code == 302
    rules = html(client, at(found, "tables/") + "?table=rules")
    assert "两班之间最少小时" in rules
    assert client.post(at(found, "tables/rules/1/"), {"name": "两班之间最少小时", "value": "十"}).status_code == 302
    page = html(client, at(found))
    assert "“规则” 第" in page.replace("工作表", "")
    found.refresh_from_db()
    assert found.tables["people"][0] == {"name": "小艾", "hours_least": "8", "level": "老人"}
    assert [one["name"] for one in found.tables["people"]] == ["小艾", "小林"]
    assert client.get(at(found, "tables/people/9/")).status_code == 404
    assert client.get(at(found, "tables/nothing/1/")).status_code == 404
    assert client.get(at(found, "tables/need/1/")).status_code == 404


def test_the_same_tables_rounds_and_seed_give_what_the_command_line_gives(
    client: Client, lead: Person, site: Path, tmp_path: Path
) -> None:
    found = three(lead)
    (tmp_path / "tables.xlsx").write_bytes(client.get(at(found, "tables.xlsx")).content)
    told = roster_book(RosterAsk(tmp_path / "tables.xlsx"), Stop(None, 0, 3), "zh").data
    made(found, lead, site, seed=3)
    assert found.duties == told["duties"]
    assert found.outcome["cost"] == pytest.approx(told["cost"], abs=1e-4)
    assert broken_in_shop(found.duties, rest_hours=11, longest_run=6, week_hours=44, most_hours=44) == []
    page = html(client, at(found))
    assert f"{found.outcome['cost']:,.0f}" in page
    assert found.changes.get().kind == "made"


def test_the_best_so_far_is_taken_when_somebody_says_so(
    client: Client, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = three(lead)
    asked = {"roster": found.pk, "version": 0, "seconds": 600, "rounds": None, "seed": 0}
    job = Job.objects.create(kind="roster", started_by=lead, shop=shop(), state="running", process=1, asked=asked)
    assert client.post(at(more=f"work/{job.pk}/stop/")).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.asked["enough"]) == ("running", True)
    assert "正在取目前最好的" in html(client, at(more=f"work/{job.pk}/part/"))
    assert client.post(at(found, "tables/people/1/"), {"name": "小艾"}).status_code == 422, "not while it is made"
    assert AuditEntry.objects.filter(act="roster_best_taken").count() == 1
    stop, over = Stop(600), Event()
    monkeypatch.setattr(over, "wait", lambda _seconds: stop.stopped.is_set())
    roster_work.tell_on(job.pk, stop, over, {"seconds": 12.5, "cost": 2000.0, "bound": 1500.0})
    assert stop.stopped.is_set()
    job.refresh_from_db()
    assert job.percent == 2
    Job.objects.filter(pk=job.pk).update(asked=asked)
    assert "2,000" in html(client, at(more=f"work/{job.pk}/"))
    assert "25.00%" in html(client, at(more=f"work/{job.pk}/"))


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


def test_a_day_by_time_and_what_each_carries(client: Client, lead: Person) -> None:
    place = shop()
    found = roster(place, lead)
    day = html(client, at(found, "day/") + f"?day={day_at(place, 0)}")
    assert "有 2 人上班" in day
    assert day.count('class="at-work"') == 2
    assert "08:00–17:00" in day
    assert "11:00–12:00" in day
    assert "没有人上班" in html(client, at(found, "day/") + f"?day={day_at(place, 1)}")
    assert "每人负担" in html(client, at(found, "carried/"))


def test_every_page_speaks_english_too(client: Client, lead: Person) -> None:
    Person.objects.filter(pk=lead.pk).update(language="en")
    found = roster(shop(), lead, version=0, tables=tables_for(shop()) | {"need": []})
    assert "The table 需求 (Need) is missing" in html(client, at(found))
    Roster.objects.filter(pk=found.pk).update(tables=tables_for(shop()), version=1, edition=2)
    for more, said in (
        ("", "Rules broken"), ("day/", "People needed and there"), ("carried/", "Below the contract"),
        ("mend/", "Who falls out, and when?"), ("changes/", "Nothing changed yet"),
        ("tables/?table=rules", "Hours between"),
    ):  # fmt: skip
        assert said in html(client, at(found, more)), more


def test_a_roster_of_another_shop_is_not_there(client: Client, lead: Person) -> None:
    other = roster(shop("远山店"), person("yuan", "lead", where="远山店"))
    for more in ("", "day/", "carried/", "tables/", "tables.xlsx", "mend/", "changes/"):
        assert client.get(at(other, more)).status_code == 404, more
    for more in ("change/", "try/", "publish/", "undo/", "make/", "drop/", "tables/sent/", "tables/need/"):
        assert client.post(at(other, more)).status_code == 404, more


def test_what_adherence_reads(client: Client, lead: Person) -> None:
    place = shop()
    found = published(place, lead, [duty(place, "小艾", 0), duty(place, "小林", 1, "晚")])
    roster(place, lead, [duty(place, "小艾", 2)])
    days = found.first, found.last
    rows = [
        (one.agent, one.day, one.first_minute, one.last_minute, one.activity) for one in published_duties(place, *days)
    ]
    first, second = day_at(place, 0), day_at(place, 1)
    assert rows == [
        ("晨光店:小艾", first, 480, 660, "work"), ("晨光店:小艾", first, 660, 720, "break"),
        ("晨光店:小艾", first, 720, 1020, "work"), ("晨光店:小林", second, 840, 960, "work"),
        ("晨光店:小林", second, 960, 1020, "break"), ("晨光店:小林", second, 1020, 1380, "work"),
    ]  # fmt: skip
    assert published_duties(place, second, second) == published_duties(place, *days)[3:]
    assert published_duties(shop("远山店"), *days) == ()
