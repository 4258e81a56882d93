"""Computed columns: what was paid before refunds, ids from content, stages of refunds."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from xiaoer.intake.rules import Inputs, content_id, paid_before_refunds, paid_sum, refund_stage


@pytest.mark.parametrize(
    ("paid", "refund", "total", "paid_at", "expected"),
    [
        ("80", "20", "100", "2024-01-01", "100.0000"),  # net of a part
        ("0.0", "163.72", "163.72", "2024-01-01", "163.7200"),  # all given back
        ("100", "20", "100", "2024-01-01", "100"),  # already before refunds
        ("100", "0", "100", "2024-01-01", "100"),
        ("90", "20", "100", "2024-01-01", "90"),  # no sum that fits: as the form says
        ("0", "0", "21", None, "0"),
        ("21", None, "21", None, "0"),  # not paid
        ("38.5", "20.0", "58.50", "x", "58.5000"),
        ("abc", "1", "2", "x", "abc"),  # left to the column to refuse
        ("-5", "10", "5", "x", "-5"),
        (None, None, "5", "x", None),
        ("-21", None, "21", None, "-21"),  # not paid, and still no amount
        ("-0.00", None, "21", None, "0"),
    ],
)
def test_paid_before_refunds(paid: str, refund: str, total: str, paid_at: str, expected: str | None) -> None:
    values = {"paid": paid, "refund": refund, "total": total, "paid_at": paid_at}
    inputs = {name: pa.array([value], pa.string()) for name, value in values.items()}
    assert paid_before_refunds(inputs).to_pylist() == [expected]


def test_without_a_column_of_payment_times_the_status_tells_what_is_unpaid() -> None:
    inputs = {"paid": pa.array(["5", "5"]), "status": pa.array(["等待买家付款", "卖家已发货，等待买家确认"])}
    assert paid_before_refunds(inputs).to_pylist() == ["0", "5"]


@pytest.mark.parametrize("rule", [paid_before_refunds, paid_sum])
@pytest.mark.parametrize("unpaid", [{"paid_at": None}, {"status": "待付款"}])
def test_an_amount_below_zero_is_left_for_the_column_to_refuse(
    rule: Callable[[Inputs], pa.Array], unpaid: dict[str, str | None]
) -> None:
    paid = pa.array(["5", "-5", "¥ -0.50", "-", "-0"])
    others = {name: pa.array([value] * len(paid), pa.string()) for name, value in unpaid.items()}
    assert rule({"paid": paid, **others}).to_pylist() == ["0", "-5", "¥ -0.50", "0", "0"]


def test_the_same_row_has_the_same_id_and_another_one_another() -> None:
    inputs = {"order": pa.array(["1", "1", "2", None]), "title": pa.array(["a", "a", "a", None])}
    first, second, third, empty = content_id(inputs).to_pylist()
    assert first == second != third
    assert empty is None


def test_a_refund_under_way_is_in_transit_only_once_something_was_sent() -> None:
    inputs = {
        "stage": pa.array(["售中", "售中", "售后", None, "别的"]),
        "shipped": pa.array(["单号", None, None, None, None]),
    }
    assert refund_stage(inputs).to_pylist() == ["in_transit", "before_shipping", "after_sale", None, None]
