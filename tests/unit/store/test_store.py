"""The store: what counts, what wins, what can be undone, and what an old snapshot still says."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import THE_FIRST_DAY
from xiaoer.store.store import Store, file_hash

DAY = date(2024, 9, 1)
COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "text")


def paid_amounts(store: Store, seq: int | None = None) -> dict[str, Decimal]:
    rows = store.current(store.snapshot(seq), "orders", shops=[SHOP])
    return dict(zip(rows["order_id"].to_pylist(), rows["amount_paid"].to_pylist(), strict=True))


def texts(store: Store) -> list[tuple[str, str]]:
    snapshot = store.snapshot()
    slices = store.slices(snapshot, SHOP, first=date.min, last=date.max)
    rows = [row for part in store.messages(snapshot, slices, columns=COLUMNS) for row in part.to_pylist()]
    return [(row["buyer"], row["text"]) for row in rows]


def test_an_order_exported_again_counts_once_and_the_later_export_wins(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00"), order("2", "乙", "2024-09-01 11:00")])
        put(store, "second", orders=[order("1", "甲", "2024-09-01 10:00", "2024-09-01 10:05", "88.8")])
        assert paid_amounts(store) == {"1": Decimal("88.8"), "2": Decimal(0)}


def test_the_export_with_the_later_times_wins_in_whatever_order_files_come(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "second", orders=[order("1", "甲", "2024-09-01 10:00", "2024-09-01 10:05", "88.8")])
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00")])
        assert paid_amounts(store) == {"1": Decimal("88.8")}


def test_of_equal_times_the_later_known_export_wins_then_the_later_import(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(
            store,
            "new",
            exported_at="2024-09-09T00:00:00+00:00",
            orders=[order("1", "甲", "2024-09-01 10:00", paid="2")],
        )
        put(
            store,
            "old",
            exported_at="2024-09-02T00:00:00+00:00",
            orders=[order("1", "甲", "2024-09-01 10:00", paid="1")],
        )
        assert paid_amounts(store) == {"1": Decimal(2)}
        put(store, "third", orders=[order("1", "甲", "2024-09-01 10:00", paid="3")])
        assert paid_amounts(store) == {"1": Decimal(3)}


def test_undo_takes_one_import_out_and_the_snapshot_before_still_has_it(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00", paid="1")])
        number = put(store, "second", orders=[order("2", "乙", "2024-09-01 10:00", paid="2")])
        before = store.snapshot().seq
        store.undo(number)
        assert set(paid_amounts(store)) == {"1"}
        assert set(paid_amounts(store, before)) == {"1", "2"}
        with pytest.raises(ReportableError, match="store.undone_already"):
            store.undo(number)


def test_overlapping_chat_exports_give_every_message_once_in_any_order_of_files(tmp_path: Path) -> None:
    day = [message("甲", "a", f"2024-09-01 10:00:{second:02d}", "buyer", text=f"第{second}句") for second in range(9)]
    twice = [message("甲", "a", "2024-09-01 10:01:00", "buyer", text="在吗")] * 2
    pieces = {"p": day[:5], "q": day[3:], "r": [*day[7:], *twice], "s": twice}
    results = set()
    for place, names in enumerate(permutations(pieces)):
        with Store(tmp_path / str(place)) as store:
            for name in names:
                put(store, name, messages=pieces[name])
            results.add(tuple(texts(store)))
    assert results == {tuple(("甲", row["text"]) for row in [*day, *twice])}


def test_a_message_id_names_one_message_however_its_text_was_exported(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", messages=[message("甲", "a", "2024-09-01 10:00", "buyer", text="旧", message_id="7")])
        put(store, "second", messages=[message("甲", "a", "2024-09-01 10:00", "buyer", text="新", message_id="7")])
        assert texts(store) == [("甲", "新")]


def test_messages_of_one_second_keep_the_order_of_their_source(tmp_path: Path) -> None:
    rows = [message("甲", "a", "2024-09-01 10:00", who, text=text) for who, text in (("agent", "乙"), ("buyer", "甲"))]
    with Store(tmp_path) as store:
        put(store, "first", messages=rows)
        assert texts(store) == [("甲", "乙"), ("甲", "甲")]


def test_a_setting_belongs_to_its_snapshot(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00")])
        before = store.snapshot().seq
        store.set_value(SHOP, "credit_days", "3", from_date=THE_FIRST_DAY)
        assert store.snapshot().settings_of(SHOP).on(DAY).count("credit_days") == 3
        assert store.snapshot(before).settings_of(SHOP).on(DAY).count("credit_days") == 2


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as other, one.importing(Clock()):
        with pytest.raises(ReportableError, match="store.busy"), other.importing(Clock()):
            pass


def test_a_damaged_manifest_is_said_and_damaged_facts_are_built_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00", paid="1")])
    (tmp_path / "facts" / "index.sqlite").write_bytes(b"no database at all" * 100)
    with Store(tmp_path) as store:
        assert set(paid_amounts(store)) == {"1"}
    for left in tmp_path.glob("manifest.sqlite*"):
        left.write_bytes(b"no database at all" * 100)
    with pytest.raises(ReportableError, match="store.manifest_unusable"):
        Store(tmp_path)


def test_days_of_files_with_and_without_ids_are_read_together(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", messages=[message("甲", "a", "2024-09-01 10:00", "buyer", message_id="1")])
        put(store, "second", messages=[message("乙", "a", "2024-09-02 10:00", "buyer")])
        assert texts(store) == [("甲", "亲"), ("乙", "亲")]


def test_a_file_is_known_by_the_same_name_in_every_version(tmp_path: Path) -> None:
    file = tmp_path / "abc.csv"
    file.write_bytes(b"abc")
    published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # SHA-256 of "abc", FIPS 180-2
    assert file_hash(file) == published, "a data folder of before must still know its files"
