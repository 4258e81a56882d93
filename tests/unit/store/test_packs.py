"""Small files in packs: what counts, at any snapshot, is what it was; nothing is lost wherever a process dies."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store.rows import SHOP, at, message, order, put
from xiaoer.store import store as store_room
from xiaoer.store.manifest import Manifest
from xiaoer.store.packs import Packed
from xiaoer.store.store import Store

OTHER = "远山店"
TABLES = ("orders", "refunds", "ratings", "reviews", "presence")
COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "text")


def filled(folder: Path) -> Store:
    """Return a store of eight imports: days apart and days in two of them, an order told twice, one import undone."""
    store = Store(folder)
    for day in (4, 2, 3, 1):
        put(
            store, f"day {day}",
            messages=[message(buyer, "a", f"2024-09-0{day} 10:0{day}", "buyer") for buyer in ("乙", "甲")],
            orders=[order(f"{day}", "甲", f"2024-09-0{day} 11:00"), order("same", "乙", "2024-09-01 12:00")],
        )  # fmt: skip
    put(store, "overlaps", messages=[message("甲", "a", "2024-09-02 10:02", "buyer"),
                                     message("甲", "b", "2024-09-02 10:05", "agent")])  # fmt: skip
    put(store, "paid later", orders=[order("same", "乙", "2024-09-01 12:00", "2024-09-05 09:00", "8.8")])
    put(store, "other shop", messages=[message("丙", "c", "2024-09-02 10:00", "buyer") | {"shop": OTHER}],
        orders=[order("same", "丙", "2024-09-02 12:00") | {"shop": OTHER}])  # fmt: skip
    store.undo(put(store, "wrong", messages=[message("丁", "a", "2024-09-03 09:00", "buyer")]))
    return store


def told(store: Store, seq: int | None = None) -> list[Any]:
    """Return all that counts at a snapshot."""
    snapshot = store.snapshot(seq)
    found: list[Any] = []
    for shop in snapshot.shops:
        slices = store.slices(snapshot, shop, first=date.min, last=date.max)
        found.append([row for rows in store.messages(snapshot, slices, columns=COLUMNS) for row in rows.to_pylist()])
        found += [store.current(snapshot, table, shops=[shop]).to_pylist() for table in TABLES]
        found.append(store.latest(snapshot, "orders", ("created_at", "paid_at"), shop=shop))
    return found


def on_disk(store: Store) -> int:
    """Return how many batch files there are."""
    return len(list(store.home.batches.glob("*/*.parquet")))


def killed(*_: object) -> None:
    """End as a process does that is told to."""
    raise KeyboardInterrupt


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was packed go with the next change."""
    monkeypatch.setattr(store_room, "PACKED_STAYS", timedelta(seconds=-5))


def test_every_snapshot_says_what_it_said(tmp_path: Path, at_once: None) -> None:
    with filled(tmp_path) as store:
        latest = store.snapshot().seq
        before, files = [told(store, seq) for seq in range(latest + 1)], on_disk(store)
        assert store.pack() == Packed(files=11, packs=2)
        assert on_disk(store) == files + 2
        assert [told(store, seq) for seq in range(latest + 1)] == before
        assert store.pack() == Packed()
        assert on_disk(store) == files - 11 + 2
        assert [told(store, seq) for seq in range(latest + 1)] == before


def test_an_import_in_a_pack_is_undone_and_imported_again_as_any_other(tmp_path: Path, at_once: None) -> None:
    said = []
    for name, packs in (("loose", False), ("packed", True)):
        with filled(tmp_path / name) as store:
            if packs:
                assert store.pack().packs == 2
                assert store.pack() == Packed()
            store.undo(2)
            undone = told(store)
            put(store, "day 2 again", messages=[message(buyer, "a", "2024-09-02 10:02", "buyer") for buyer in "乙甲"])
            said.append((undone, told(store)))
    assert said[0] == said[1]
    assert said[0][0] != said[0][1]


def test_who_dies_before_the_manifest_names_a_pack_leaves_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(tmp_path) as store:
        before, files = told(store), on_disk(store)
        with monkeypatch.context() as patched:
            patched.setattr(Manifest, "add_packs", killed)
            with pytest.raises(KeyboardInterrupt):
                store.pack()
        assert (told(store), on_disk(store)) == (before, files + 2)
        put(store, "next", orders=[order("n", "甲", "2024-09-09 11:00")])
        assert on_disk(store) == files + 1
        store.undo(max(one.id for one in store.manifest.imports()))
        assert told(store) == before


def test_the_next_import_packs_what_has_become_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_room, "MANY", 4)
    with Store(tmp_path) as store:
        for day in range(1, 6):
            put(store, f"day {day}", messages=[message("甲", "a", f"2024-09-0{day} 10:00", "buyer")])
            packs = {file.pack for file in store.snapshot().files([SHOP])}
            assert (packs == {None}) == (day < 5)
        assert [file.pack_row for file in store.snapshot().files([SHOP])] == [0, 1, 2, 3, 0]


def test_packed_files_whose_keys_lie_apart_are_read_in_the_order_of_keys(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for day in (2, 4, 1, 3):
            ids = [f"{day}-{number}" for number in range(3)]
            put(store, f"day {day}", orders=[order(one, "甲", f"2024-09-0{day} 11:00", paid="1.5") for one in ids])
        before = told(store)
        assert store.pack().packs == 1
        put(store, "day 5", orders=[order("5-0", "甲", "2024-09-05 11:00")])
        put(store, "day 0", orders=[order("0-0", "甲", "2024-08-31 11:00", "2024-09-07 11:00")])
        after = told(store)
        store.undo(6)
        store.undo(5)
        assert told(store) == before
        assert [row["order_id"] for row in after[1]] == ["0-0", *(row["order_id"] for row in before[1]), "5-0"]
        assert after[-1] == at("2024-09-07 11:00")
