"""Current rows: one per key whatever exports overlap, and files whose keys lie apart are read as they lie."""

from pathlib import Path

import pyarrow.compute as pc
import pytest

from tests.unit.store.rows import SHOP, order, put
from xiaoer.store import current
from xiaoer.store.footers import lie_apart
from xiaoer.store.store import Store


@pytest.mark.parametrize(
    ("spans", "apart"),
    [([], True), ([(1, 5)], True), ([(6, 9), (1, 5)], True), ([(5, 9), (1, 5)], False), ([(1, 9), (3, 4)], False)],
)
def test_spans_that_lie_apart_share_no_value(spans: list[tuple[int, int]], apart: bool) -> None:
    assert lie_apart(spans) is apart


def test_files_whose_keys_lie_apart_are_put_together_as_any_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "home") as store:
        put(store, "second", orders=[order("3", "甲", "2024-09-03 10:00"), order("4", "乙", "2024-09-04 10:00")])
        put(store, "first", orders=[order("2", "丙", "2024-09-02 10:00"), order("1", "丁", "2024-09-01 10:00")])
        apart = store.current(store.snapshot(), "orders", shops=[SHOP])
        monkeypatch.setattr(current, "lie_apart", lambda _: False)
        assert apart.equals(store.current(store.snapshot(), "orders", shops=[SHOP]))
        assert apart["order_id"].to_pylist() == ["1", "2", "3", "4"]


def test_of_an_order_in_two_files_the_later_state_counts(tmp_path: Path) -> None:
    with Store(tmp_path / "home") as store:
        put(store, "first", orders=[order("1", "甲", "2024-09-01 10:00"), order("2", "乙", "2024-09-02 10:00")])
        put(store, "second", orders=[order("2", "乙", "2024-09-02 10:00", "2024-09-03 10:00", "5")])
        found = store.current(store.snapshot(), "orders", shops=[SHOP])
        assert found["order_id"].to_pylist() == ["1", "2"]
        assert pc.is_valid(found["paid_at"]).to_pylist() == [False, True]


def test_the_latest_instant_is_what_footers_say(tmp_path: Path) -> None:
    with Store(tmp_path / "home") as store:
        put(store, "one", orders=[order("1", "甲", "2024-09-01 10:00", "2024-09-05 10:00", "5")])
        put(store, "two", orders=[order("2", "乙", "2024-09-02 10:00")])
        snapshot = store.snapshot()
        asked = ("created_at", "paid_at", "closed_at")
        rows = store.current(snapshot, "orders", shops=[SHOP])
        latest = max(pc.max(rows[name]).as_py() for name in asked[:2])
        assert store.latest(snapshot, "orders", asked, shop=SHOP) == latest
        assert store.latest(snapshot, "orders", ("closed_at",), shop=SHOP) is None
        assert store.latest(snapshot, "calls", ("offered_at",), shop=SHOP) is None
