"""Two computers on one data folder: what one writes the other finds, and neither overwrites the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tests.functional.object_storage.computer import Computer
from xiaoer.base.errors import ReportableError
from xiaoer.store.bucket import Bucket
from xiaoer.store.store import Store

pytestmark = pytest.mark.xdist_group("object_storage")
DAY = date(2024, 9, 1)
SAVE = ("views", "save", "早会", "--metrics", "received_buyers,sales_yuan")


def first_of_all(monkeypatch: pytest.MonkeyPatch, done: Callable[[], object]) -> None:
    """Let something be done at the last moment before the next change comes to count."""
    create, waiting = Bucket.create, [done]

    def slower(bucket: Bucket, name: str, content: bytes) -> bool:
        while waiting:
            waiting.pop()()
        return create(bucket, name, content)

    monkeypatch.setattr(Bucket, "create", slower)


def test_who_comes_second_is_told_and_loses_nothing_of_the_first(
    here: Computer, there: Computer, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here.xiaoer("import", files / "messages.csv", "--shop", "晨光店").code == 0
    first_of_all(monkeypatch, lambda: there.xiaoer("import", files / "orders.csv", "--shop", "晨光店"))
    told = here.xiaoer("import", files / "agents.csv", "--shop", "晨光店")
    assert (told.code, told.out) == (1, "")
    assert "Another computer wrote" in told.err
    assert here.files_imported() == there.files_imported() == ["messages.csv", "orders.csv"]
    assert here.xiaoer("import", files / "agents.csv", "--shop", "晨光店").code == 0
    assert there.files_imported() == ["agents.csv", "messages.csv", "orders.csv"]


def test_what_happened_elsewhere_while_a_file_was_read_is_no_obstacle(
    here: Computer, there: Computer, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here.xiaoer("import", files / "messages.csv", "--shop", "晨光店").code == 0
    send = Bucket.send
    waiting = [lambda: there.xiaoer("settings", "set", "target.reply_share", "0.9")]

    def slower(bucket: Bucket, place: Path, name: str) -> None:
        while waiting:
            waiting.pop()()
        send(bucket, place, name)

    monkeypatch.setattr(Bucket, "send", slower)
    assert here.xiaoer("import", files / "orders.csv", "--shop", "晨光店").code == 0
    assert there.files_imported() == ["messages.csv", "orders.csv"]
    assert here.xiaoer("settings", "show", "--json").data == there.xiaoer("settings", "show", "--json").data


def test_changes_that_meet_all_count_in_the_end(here: Computer, there: Computer) -> None:
    def write(computer: Computer) -> None:
        for number in range(6):
            while True:
                try:
                    with Store(computer.folder) as store:
                        store.set_value("晨光店", "slow_wait_count", str(number), from_date=DAY)
                    break
                except ReportableError as error:
                    assert error.issues[0].code == "origin.written_elsewhere"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (here, there)))
    for computer in (here, there):
        computer.xiaoer("imports", "list")  # brings what the other did
        with Store(computer.folder) as store:
            values = [value.value for value in store.settings_of("晨光店").dated]
        assert sorted(values) == sorted(list("012345") * 2)


def test_what_people_write_goes_along_and_what_both_change_is_left_to_them(
    here: Computer, there: Computer, files: Path
) -> None:
    assert here.xiaoer("import", files / "agents.csv", "--shop", "晨光店").code == 0
    assert here.xiaoer(*SAVE).code == 0
    assert "早会" in there.xiaoer("views", "list").out
    mine, theirs = (each.folder / "catalog" / "reports" / "早会.yaml" for each in (there, here))
    mine.write_text(theirs.read_text(encoding="utf-8") + "# 早会用\n", encoding="utf-8")
    assert there.xiaoer("settings", "set", "target.reply_share", "0.9").code == 0
    assert here.xiaoer(*SAVE[:-1], "reply_share", "--replace").code == 0
    mine.write_text(mine.read_text(encoding="utf-8") + "# 我的\n", encoding="utf-8")
    told = there.xiaoer("imports", "list")
    assert told.code == 1
    assert "catalog/reports/早会.yaml" in told.err
    mine.rename(there.cache / "mine.yaml")
    (there.folder / "head.json").unlink()
    assert there.files_imported() == ["agents.csv"]
    assert mine.read_bytes() == theirs.read_bytes()
    assert here.xiaoer("views", "remove", "早会").code == 0
    assert there.files_imported() == ["agents.csv"]
    assert not mine.exists()
