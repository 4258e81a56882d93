"""Rosters on the site: begun, filled in, made, changed by hand, mended, published; what two people do at once."""

from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.functional.site.cast import person, shop
from tests.functional.site.roster_things import DAYS, day_at, duty, published, roster, tables_for
from tests.functional.site.rostering import PEOPLE, at, beside, client, html, lead, made, three
from tests.reference.shop_roster import broken_in_shop
from xiaoer.actions.plan_roster import RosterAsk, roster_book
from xiaoer.actions.plan_stop import Stop
from xiaoer.site.models import Account, AuditEntry, Job, Person, Roster
from xiaoer.site.planning import roster_work
from xiaoer.site.planning.published import published_duties

__all__ = ["beside", "client", "lead"]  # fixtures
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def send(client: Client, found: Roster, book: openpyxl.Workbook) -> tuple[int, str]:
    file = BytesIO()
    book.save(file)
    sent = SimpleUploadedFile("班表.xlsx", file.getvalue())
    answer = client.post(at(found, "tables/sent/"), {"files": sent})
    return answer.status_code, unescape(answer.content.decode())


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
    assert book.sheetnames == ["员工", "班次", "需求", "岗位", "请假", "愿望", "已定", "规则"]
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
