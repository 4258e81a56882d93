"""What is asked of one shop costs what it has, however much others import; what is broken off is cleared away."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.store.rows import SHOP, message, order, put, table_of
from xiaoer.base.days import Clock
from xiaoer.store.store import SWEEP_EVERY_SECONDS, Store

OTHER = "远山店"
MANY = 60
FILE = {"file_name": "none", "file_hash": "none", "file_bytes": 1, "shop": SHOP, "platform": "canonical",
        "exported_at": None}  # fmt: skip


def chat(shop: str, day: int) -> dict[str, object]:
    return message("甲", f"{shop}:a", f"2024-09-{day:02d} 10:00", "buyer") | {"shop": shop}


def instructions(store: Store, ask: Callable[[], object]) -> int:
    """Return how many instructions of the manifest's database a question takes."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    connection = store.manifest._connection
    connection.set_progress_handler(count, 1)
    ask()
    connection.set_progress_handler(None, 1)
    return counted


def questions(store: Store) -> Iterator[Callable[[], object]]:
    """Yield what is asked of the manifest for a question about one shop, and before an import."""
    snapshot, manifest = store.snapshot(), store.manifest
    yield lambda: store.snapshot().shops
    yield lambda: snapshot.files([SHOP])
    yield lambda: snapshot.files([SHOP], table="messages")
    yield lambda: manifest.contents(snapshot.seq, [SHOP])
    yield lambda: manifest.accounts(snapshot.seq, SHOP)
    yield lambda: store.slices(snapshot, SHOP, first=date(2024, 9, 1), last=date(2024, 9, 2))
    yield lambda: manifest.imports_of(SHOP)
    yield lambda: manifest.imports(number=1)
    yield lambda: store.same_import(file_hash="own 1", shop=SHOP)


def test_what_is_asked_of_one_shop_does_not_grow_with_the_imports_of_another(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for day in (1, 2):
            put(store, f"own {day}", messages=[chat(SHOP, day)])
        put(store, "other 0", messages=[chat(OTHER, 1)])
        before = [instructions(store, ask) for ask in questions(store)]
        for number in range(1, MANY):
            put(store, f"other {number}", messages=[chat(OTHER, 1 + number % 28)])
        after = [instructions(store, ask) for ask in questions(store)]
        assert len(store.snapshot().files([OTHER])) == MANY
    assert all(now < then + MANY for then, now in zip(before, after, strict=True)), (before, after)


def test_files_of_several_shops_and_of_none_belong_to_whom_they_are_of(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        both = put(
            store, "both", messages=[chat(SHOP, 1), chat(OTHER, 1)], orders=[order("1", "甲", "2024-09-01 10:00")]
        )
        wrong = put(store, "wrong", messages=[chat(OTHER, 2)])
        with store.importing(Clock()) as under_way:
            under_way.writer.add("refunds", pa.RecordBatch.from_pylist([], table_of("refunds", []).schema))
            under_way.commit(file=FILE, report={})
        then = store.snapshot()
        store.undo(wrong)
        now = store.snapshot()
        assert then.shops == now.shops == tuple(sorted((SHOP, OTHER)))
        assert sorted(file.table for file in now.files([SHOP])) == ["messages", "orders"]
        assert {file.import_id for file in now.files([OTHER])} == {both}
        assert {file.import_id for file in then.files([OTHER])} == {both, wrong}
        assert len(now.files([SHOP, OTHER])) == 2
        assert store.manifest.tables(now.seq, [SHOP]) == {"messages", "orders", "refunds"}
        assert store.manifest.tables(now.seq, [OTHER]) == {"messages"}
        assert store.manifest.accounts(now.seq, OTHER) == {f"{OTHER}:a"}
        assert [one.id for one in store.manifest.imports_of(OTHER)] == [both, wrong]
        assert now.files([]) == [] == now.files(["没有这家店"])


def test_what_a_broken_off_import_left_goes_with_the_next_and_is_else_looked_for_now_and_then(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(store, "first", messages=[chat(SHOP, 1)])
        left = store.home.batch_file("messages", "left")
        left.write_bytes(b"")
        put(store, "second", messages=[chat(SHOP, 2)])
        assert left.exists()
        with pytest.raises(KeyboardInterrupt), store.importing(Clock()):
            raise KeyboardInterrupt
        put(store, "third", messages=[chat(SHOP, 3)])
        assert not left.exists()
        left.write_bytes(b"")
        long_ago = store.home.swept.stat().st_mtime - SWEEP_EVERY_SECONDS - 1
        os.utime(store.home.swept, (long_ago, long_ago))
        put(store, "fourth", messages=[chat(SHOP, 4)])
        assert not left.exists()
        assert len(store.snapshot().files([SHOP])) == 4
