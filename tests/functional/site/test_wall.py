"""The wall: who waits, who is busy, what is alarming; the same after a restart; customers masked."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.functional.cli.conftest import write_files
from tests.functional.site.api_door import Program, token
from tests.functional.site.cast import browser, person, shop
from xiaoer.actions.correct import ContactAsk, Given, correct_contact, correct_order, withdraw_correction
from xiaoer.actions.import_files import import_files
from xiaoer.site.api import token_auth
from xiaoer.site.journal.take_in import take_in
from xiaoer.site.wall import feed

NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture
def data(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of the test's own, which the site looks at."""
    from django.conf import settings

    made = tmp_path / "home"
    assert import_files(made, [write_files(tmp_path / "files")], shop="晨光店").exit_code == 0
    monkeypatch.setattr(settings, "SITE", type(settings.SITE)(made, "zh"))
    monkeypatch.setattr(feed, "CHECKED_EVERY_SECONDS", 0)
    feed.forget()
    return made


@pytest.fixture
def program(data: Path) -> Iterator[Program]:
    """Return a program that may do everything."""
    token_auth.WRITES.counts.clear()
    yield Program(token(person("olga", "owner"))[1])
    feed.forget()


def say(program: Program, at: datetime, sender: str, buyer: str = "阿青青", agent: str = "小艾", **more: Any) -> None:  # noqa: ANN401
    """Post one message."""
    row = {"buyer": buyer, "agent": f"晨光店:{agent}", "sent_at": at.isoformat(), "sender": sender, "text": "在吗"}
    key = hashlib.sha256(f"{at}{sender}{buyer}{agent}".encode()).hexdigest()
    assert program.events((key, "messages", row | more)).status_code == 202


def seen(monkeypatch: pytest.MonkeyPatch, now: datetime, role: str = "lead", part: bool = True) -> str:
    """Return the wall's text at an instant."""
    monkeypatch.setattr("xiaoer.site.wall.pages.timezone.now", lambda: now)
    client = browser(person(f"{role}-{now.timestamp()}-{part}", role))
    answer = client.get(reverse("wall_part" if part else "wall", args=[shop().pk]))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def answer_of(text: str) -> str:
    """Return the wall's title."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text)
    assert found is not None
    return found.group(1)


def test_who_waits_with_whom_and_how_long(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    say(program, NOON, "buyer")
    say(program, NOON + timedelta(seconds=30), "buyer", "小白白", "小林")
    text = seen(monkeypatch, NOON + timedelta(seconds=200))
    assert answer_of(text) == "2 位在等，最久 3 分 20 秒"
    assert re.findall(r"<td>([^<]*)</td>", text) == ["阿***", "小艾", "小***", "小林"]
    assert "小艾 有 1 位等了超过 3 分 00 秒" in text
    assert "阿青青" not in text
    say(program, NOON + timedelta(seconds=210), "agent")
    text = seen(monkeypatch, NOON + timedelta(seconds=212))
    assert answer_of(text) == "1 位在等，最久 3 分 02 秒"
    assert "3 分 30 秒" in text  # the mean response so far


def test_nobody_waits_and_nothing_has_come(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    text = seen(monkeypatch, NOON)
    assert answer_of(text) == "没有人在等"
    assert "今天还没有消息进来" in text


def test_chats_at_once_against_the_limit(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(21):
        say(program, NOON + timedelta(seconds=number), "buyer", f"买家{number}")
        say(program, NOON + timedelta(seconds=number + 30), "agent", f"买家{number}")
    text = seen(monkeypatch, NOON + timedelta(seconds=60))
    assert "小艾 同时接待 21 位，上限 20 位" in text
    assert 'value="20"' in text
    text = seen(monkeypatch, NOON + timedelta(minutes=11))
    assert "同时接待 21 位" not in text


def test_it_says_that_messages_stopped(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    say(program, NOON, "buyer")
    say(program, NOON + timedelta(seconds=9), "agent")
    assert "没有新消息" not in seen(monkeypatch, NOON + timedelta(minutes=10))
    text = seen(monkeypatch, NOON + timedelta(minutes=12, seconds=9))
    assert "12 分钟没有新消息" in text
    found = re.search(r'data-alarms="([^"]*)"', text)
    assert found is not None
    assert json.loads(found.group(1).replace("&quot;", '"')) == ["silent"]


def test_after_a_restart_it_says_the_same_wherever_the_messages_are_by_then(
    program: Program, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(program, NOON, "buyer")
    say(program, NOON + timedelta(seconds=20), "agent")
    say(program, NOON + timedelta(seconds=40), "buyer", "小白白", "小林")
    order = {"order_id": "9", "buyer": "阿青青", "created_at": NOON.isoformat(), "amount_paid": 0}
    paid = order | {"paid_at": (NOON + timedelta(minutes=1)).isoformat(), "amount_paid": 59.9}
    assert program.events(("o1", "orders", order), ("o2", "orders", paid)).status_code == 202
    now = NOON + timedelta(minutes=2)
    before = seen(monkeypatch, now)
    assert "¥59.90" in before
    feed.forget()
    assert seen(monkeypatch, now + timedelta(microseconds=1)) == before
    assert take_in(data, "zh", at_once=True) == 1
    assert seen(monkeypatch, now + timedelta(microseconds=2)) == before
    feed.forget()
    assert seen(monkeypatch, now + timedelta(microseconds=3)) == before
    say(program, now, "agent", "小白白", "小林")
    assert answer_of(seen(monkeypatch, now + timedelta(seconds=1))) == "没有人在等"


def test_a_file_of_today_and_its_undoing_are_seen(
    program: Program, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xiaoer.actions.imports import list_imports, undo_import

    say(program, NOON, "buyer")
    now = NOON + timedelta(minutes=1)
    assert answer_of(seen(monkeypatch, now)).startswith("1 位")
    file = tmp_path / "today.csv"
    row = "晨光店,老周周,晨光店:小林,2026-03-05 12:00:10,buyer,在吗"
    file.write_text(f"shop,buyer,agent,sent_at,sender,text\n{row}\n", encoding="utf-8")
    assert import_files(data, [file], shop="晨光店").exit_code == 0
    assert answer_of(seen(monkeypatch, now + timedelta(seconds=1))).startswith("2 位")
    undo_import(data, max(one["id"] for one in list_imports(data)))
    assert answer_of(seen(monkeypatch, now + timedelta(seconds=2))).startswith("1 位")


def test_what_people_correct_today_counts_on_the_wall(
    program: Program, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(program, NOON, "buyer")
    say(program, NOON, "buyer", "小白白", "小林")
    order = {"order_id": "T9", "buyer": "阿青青", "created_at": NOON.isoformat(), "amount_paid": 59.9}
    paid = order | {"paid_at": (NOON + timedelta(minutes=1)).isoformat()}
    assert program.events(("o1", "orders", paid)).status_code == 202
    assert take_in(data, "zh", at_once=True) == 1
    now = NOON + timedelta(minutes=2)
    assert answer_of(seen(monkeypatch, now)).startswith("2 位")
    given = Given("核对过", "王店长", "晨光店")
    spam = correct_contact(data, ContactAsk("小白白", "晨光店:小林", f"{NOON:%Y-%m-%d}"), given, spam=True)
    assert answer_of(seen(monkeypatch, now + timedelta(seconds=1))).startswith("1 位")
    moved = ContactAsk("阿青青", "晨光店:小艾", f"{NOON:%Y-%m-%d}")
    correct_contact(data, moved, given, handled_by="晨光店:小林")
    text = seen(monkeypatch, now + timedelta(seconds=2))
    assert re.findall(r"<td>([^<]*)</td>", text) == ["阿***", "小林"]
    assert "¥59.90" in text
    correct_order(data, "T9", given, test=True)
    assert "¥59.90" not in seen(monkeypatch, now + timedelta(seconds=3))
    withdraw_correction(data, spam.id)
    assert answer_of(seen(monkeypatch, now + timedelta(seconds=4))).startswith("2 位")


def test_a_new_day_begins_empty(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    say(program, NOON, "buyer")
    assert answer_of(seen(monkeypatch, NOON + timedelta(seconds=1))).startswith("1 位")
    assert answer_of(seen(monkeypatch, NOON + timedelta(days=1))) == "没有人在等"


def test_a_large_day_is_read_beside_and_says_so(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    say(program, NOON, "buyer")
    begun: list[Any] = []
    monkeypatch.setattr(feed, "SMALL", 0)
    monkeypatch.setattr("threading.Thread.start", lambda thread: begun.append(thread))
    assert "正在读今天的消息" in seen(monkeypatch, NOON)
    assert "正在读今天的消息" in seen(monkeypatch, NOON + timedelta(seconds=1))
    assert len(begun) == 1


def test_the_whole_page_polls_its_part_and_speaks_english(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    say(program, NOON, "buyer")
    text = seen(monkeypatch, NOON + timedelta(seconds=5), part=False)
    assert f'hx-get="{reverse("wall_part", args=[shop().pk])}"' in text
    assert len(text.encode()) < 60_000
    client = browser(person("emma", "lead"))
    client.cookies["xiaoer_language"] = "en"
    assert "1 buyer waits, for 5 s" in client.get(reverse("wall_part", args=[shop().pk])).content.decode()
