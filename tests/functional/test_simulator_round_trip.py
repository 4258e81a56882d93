"""Every file that the simulator writes is read back as exactly the canonical rows it was made from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xiaoer.base.tables import canonical_tables
from xiaoer.intake import ReadOptions, Rejected, Rows, read_file
from xiaoer.simulator import ALL_FORMS, Form, Simulated, simulate, write_canonical, write_exports
from xiaoer.simulator.large import write_large

# What the forms do not carry.
NOT_CARRIED = {
    "messages": {"message_id"},
    "orders": {"shipped_at", "received_at", "finished_at", "closed_at", "payment", "is_deposit"},
}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def shop() -> Simulated:
    return simulate(seed=5, first_day=date(2024, 9, 1), days=17, messages=2_500, agents=6)


def read_all(paths: Iterable[Path], shop: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for path in paths:
        for piece in read_file(path, ReadOptions(shop=shop)).pieces:
            assert not isinstance(piece, Rejected), (path.name, piece.issues)
            if isinstance(piece, Rows):
                found[piece.table] += piece.batch.to_pylist()
    return found


def kept(table: str, rows: Iterable[Row], without: set[str]) -> list[tuple[str, ...]]:
    names = [column.name for column in canonical_tables()[table].columns if column.name not in without]
    return sorted(tuple(str(row[name]) for name in names) for row in rows)


@pytest.mark.parametrize("forms", [ALL_FORMS, frozenset()], ids=["all_forms", "canonical_only"])
def test_exports_give_the_canonical_rows_back(shop: Simulated, forms: frozenset[Form], tmp_path: Path) -> None:
    found = read_all(write_exports(shop, tmp_path, forms=forms), shop.shop)
    for name, table in shop.tables.items():
        without = NOT_CARRIED.get(name, set()) if forms else set()
        assert kept(name, found[name], without) == kept(name, table.to_pylist(), without), name


def test_canonical_parquet_gives_the_rows_back(shop: Simulated, tmp_path: Path) -> None:
    found = read_all(write_canonical(shop, tmp_path, container="parquet"), shop.shop)
    for name, table in shop.tables.items():
        assert kept(name, found[name], set()) == kept(name, table.to_pylist(), set()), name


def test_a_large_shop_is_read_whole(tmp_path: Path) -> None:
    paths = write_large(tmp_path, messages=5_000, seed=1, days=2, agents=5)
    found = read_all(paths, "云上大店")
    assert len(found["messages"]) == pytest.approx(5_000, rel=0.05)
    assert len({row["order_id"] for row in found["orders"]}) == len(found["orders"]) > 100
