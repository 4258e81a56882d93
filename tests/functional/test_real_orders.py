"""The real orders of one shop's half month give the facts that are known of them."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from xiaoer.intake import Piece, ReadOptions, Rejected, Rows, Totals, read_file

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "orders-tmall"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real orders are not on this machine")


@pytest.fixture(scope="module")
def pieces() -> Iterator[list[Piece]]:
    (path,) = FOLDER.glob("ExportOrderList_202002_first.csv")
    reading = read_file(path, ReadOptions("真店"))
    assert reading.platform == "taobao"
    yield list(reading.pieces)


def rows(pieces: list[Piece], table: str) -> pa.Table:
    return pa.Table.from_batches([piece.batch for piece in pieces if isinstance(piece, Rows) and piece.table == table])


def test_every_row_is_read(pieces: list[Piece]) -> None:
    orders = rows(pieces, "orders")
    assert not [piece for piece in pieces if isinstance(piece, Rejected)]
    assert orders.num_rows == 2678
    assert len(orders["paid_at"]) - orders["paid_at"].null_count == 2383
    assert rows(pieces, "refunds").num_rows == 886


def test_control_totals_are_those_of_the_file(pieces: list[Piece]) -> None:
    (totals,) = [piece for piece in pieces if isinstance(piece, Totals)]
    assert totals.sums == {
        "总金额": Decimal("242498.59"),
        "买家实际支付金额": Decimal("124923.57"),
        "退款金额": Decimal("85784.61"),
    }


def test_what_was_paid_is_before_refunds(pieces: list[Piece]) -> None:
    orders, refunds = rows(pieces, "orders"), rows(pieces, "refunds")
    paid = pc.sum(orders["amount_paid"]).as_py()
    assert paid == Decimal("124923.57") + Decimal("85784.61")
    assert pc.sum(refunds["amount"]).as_py() == Decimal("85784.61")
    assert set(refunds["order_id"].to_pylist()) <= set(orders["order_id"].to_pylist())
    unpaid = orders.filter(pc.is_null(orders["paid_at"]))
    assert pc.sum(unpaid["amount_paid"]).as_py() == 0
