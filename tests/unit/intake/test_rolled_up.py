"""Orders that take several rows: added up once, whatever the order of rows, and refused whole."""

import csv
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pytest

from xiaoer.intake import ReadOptions, Rejected, Rows, Totals, read_file
from xiaoer.intake.raw import BadRow, RawBatch, RawTable, Source
from xiaoer.intake.rows_together import BATCH_ROWS, rows_together
from xiaoer.intake.rules import paid_sum, parts_sum

HEADER = ["主订单编号", "子订单编号", "商品数量", "订单应付金额", "订单提交时间", "支付完成时间", "订单状态"]
PAID = ["2024-03-01 09:00:00", "2024-03-01 09:01:00", "已完成"]


def read(tmp_path: Path, rows: list[list[str]]) -> tuple[dict[str, list[dict[str, object]]], list[Rejected], Decimal]:
    """Return canonical rows by table, rejected rows and the control total of a Douyin file with these rows."""
    path = tmp_path / "douyin.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    tables: dict[str, list[dict[str, object]]] = {}
    rejected, total = [], Decimal(0)
    for piece in read_file(path, ReadOptions("示例店")).pieces:
        if isinstance(piece, Rows):
            tables.setdefault(piece.table, []).extend(piece.batch.to_pylist())
        elif isinstance(piece, Rejected):
            rejected.append(piece)
        elif isinstance(piece, Totals):
            total = piece.sums["订单应付金额"]
    return tables, rejected, total


def test_sub_orders_far_apart_are_added_up_whatever_their_order(tmp_path: Path) -> None:
    rows = [["1", "11", "1", "10.10", *PAID], ["2", "21", "2", "5", *PAID], ["1", "12", "3", "0.20", *PAID]]
    for shuffled in permutations(rows):
        tables, rejected, total = read(tmp_path, [list(row) for row in shuffled])
        found = {row["order_id"]: (row["amount_paid"], row["item_count"]) for row in tables["orders"]}
        assert found == {"1": (Decimal("10.30"), 4), "2": (Decimal(5), 2)}
        assert sorted(str(row["line_id"]) for row in tables["order_lines"]) == ["11", "12", "21"]
        assert not rejected
        assert total == Decimal("15.30")


def test_a_sub_order_told_twice_counts_once_as_told_last(tmp_path: Path) -> None:
    early = ["1", "11", "1", "10", "2024-03-01 09:00:00", "", "待支付"]
    late = ["1", "11", "1", "10", *PAID]
    for rows in ([early, late], [late, early]):
        tables, _, _ = read(tmp_path, [*rows, ["1", "12", "1", "7", *PAID]])
        (order,) = tables["orders"]
        assert (order["amount_paid"], order["item_count"], order["status"]) == (Decimal(17), 2, "success")


def test_an_unknown_count_of_a_part_makes_the_orders_count_unknown(tmp_path: Path) -> None:
    tables, _, _ = read(tmp_path, [["1", "11", "", "10", *PAID], ["1", "12", "2", "7", *PAID]])
    (order,) = tables["orders"]
    assert order["item_count"] is None
    assert order["amount_paid"] == 17


@pytest.mark.parametrize("bad", ["x", "-1", ""])
def test_an_order_with_an_unreadable_row_is_refused_whole_and_others_are_not(tmp_path: Path, bad: str) -> None:
    tables, rejected, _ = read(
        tmp_path, [["1", "11", "1", "10", *PAID], ["2", "21", "1", "5", *PAID], ["1", "12", "1", bad, *PAID]]
    )
    assert [row["order_id"] for row in tables["orders"]] == ["2"]
    assert [row["order_id"] for row in tables["order_lines"]] == ["2"]
    assert [row.cells[1] for row in rejected] == ["11", "12"]
    assert rejected[0].issues[0].code == "intake.part_of_order"


def test_a_row_cut_short_takes_its_order_with_it(tmp_path: Path) -> None:
    path = tmp_path / "douyin.csv"
    text = ",".join(HEADER) + "\n" + ",".join(["1", "11", "1", "10", *PAID]) + "\n1,12\n"
    path.write_text(text, encoding="utf-8")
    pieces = list(read_file(path, ReadOptions("示例店")).pieces)
    assert not [piece for piece in pieces if isinstance(piece, Rows)]
    assert len([piece for piece in pieces if isinstance(piece, Rejected)]) == 2


def test_rows_of_one_key_are_never_parted(tmp_path: Path) -> None:
    keys = [str(number % 40_000) for number in range(130_000)]
    lines = pa.array(range(130_000), pa.int64())
    source = Source("x.csv", lambda: (tmp_path / "x").open("rb"), tmp_path / "x")
    table = RawTable("delimited", source, None, ("key",), 1, iter([]))
    halves = [
        RawBatch((pa.array(keys[:70_000]),), lines.slice(0, 70_000)),
        RawBatch((pa.array(keys[70_000:]),), lines.slice(70_000)),
    ]
    pieces = list(rows_together(iter(halves), table, key=0))
    batches = [piece for piece in pieces if isinstance(piece, RawBatch)]
    assert all(len(batch.lines) <= BATCH_ROWS for batch in batches)
    seen = [set(batch.columns[0].to_pylist()) for batch in batches]
    assert sum(map(len, seen)) == len(set().union(*seen)) == 40_000
    assert sorted(line for batch in batches for line in batch.lines.to_pylist()) == list(range(130_000))
    assert not [piece for piece in pieces if isinstance(piece, BadRow)]


def test_a_key_of_more_rows_than_a_batch_stays_whole(tmp_path: Path) -> None:
    source = Source("x.csv", lambda: (tmp_path / "x").open("rb"), tmp_path / "x")
    table = RawTable("delimited", source, None, ("key",), 1, iter([]))
    keys = ["a"] * 10 + ["b"] * (BATCH_ROWS + 5) + ["c"]
    raw = RawBatch((pa.array(keys),), pa.array(range(len(keys)), pa.int64()))
    sizes = [len(piece.lines) for piece in rows_together(iter([raw]), table, key=0) if isinstance(piece, RawBatch)]
    assert sizes == [10, BATCH_ROWS + 5, 1]


@pytest.mark.parametrize(
    ("paid", "more", "whole", "expected"),
    [
        ("932.45", "50", "982.45", "982.4500"),  # the balance comes on top
        ("982.45", "50", "982.45", "982.45"),  # the balance is in it
        ("10", None, "10", "10"),
        ("10", "0.00", None, "10"),
        ("x", "1", None, "x + 1"),  # left to the column to refuse
        (None, "1", "1", None),
    ],
)
def test_paid_with_a_balance(paid: str | None, more: str | None, whole: str | None, expected: str | None) -> None:
    values = {"paid": paid, "more": more, "whole": whole}
    assert paid_sum({name: pa.array([value], pa.string()) for name, value in values.items()}).to_pylist() == [expected]


def test_cells_of_several_amounts_are_added_up() -> None:
    cells = pa.array(["1;2", "1.50；0.25", "7", "1;x", None, "3;"], pa.string())
    assert parts_sum({"whole": cells}).to_pylist() == ["3", "1.7500", "7", "1;x", None, "3"]


def test_different_notes_of_one_order_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "douyin.csv"
    header = ["主订单编号", "子订单编号", "订单应付金额", "订单提交时间", "订单状态", "商家备注", "买家留言"]
    rows = [["1", "11", "1", PAID[0], "已关闭", "乙", "请快"], ["1", "12", "2", PAID[0], "已发货", "甲", "请快"]]
    rows += [["2", "21", "3", PAID[0], "改约中", "", "-"], ["2", "22", "4", PAID[0], "改约中", "", ""]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    pieces = read_file(path, ReadOptions("示例店")).pieces
    orders = [
        row
        for piece in pieces
        if isinstance(piece, Rows) and piece.table == "orders"
        for row in piece.batch.to_pylist()
    ]
    found = [(row["seller_note"], row["buyer_note"], row["status"], row["amount_payable"]) for row in orders]
    assert found == [("乙；甲", "请快", "shipped", 3), (None, "-", "改约中", 7)]
