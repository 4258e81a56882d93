"""A refund that the order form and the refund form both tell of counts once."""

from decimal import Decimal

from tests.unit.store.rows import at, order, table_of
from xiaoer.base.settings import ShopSettings
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of


def refunded(*refunds: tuple[str, str]) -> dict[str, Decimal]:
    rows = [
        {"refund_id": refund_id, "order_id": order_id, "requested_at": at("2024-09-02 10:00"), "status": "success",
         "amount": Decimal(5)}
        for refund_id, order_id in refunds
    ]  # fmt: skip
    orders = [order(name, "甲", "2024-09-01 10:00", "2024-09-01 10:01", "20") for name in ("1", "2")]
    tables = {"orders": table_of("orders", orders), "refunds": table_of("refunds", rows)}
    with relations_of(tables, ShopSettings(), policy="order_first") as engine:
        found = engine.query([Step("refunded", "SELECT order_id, refunded FROM paid_order ORDER BY order_id")])
    return {row["order_id"]: row["refunded"] for row in found.to_pylist()}


def test_the_refund_form_goes_before_the_order_form() -> None:
    assert refunded(("1-refund", "1"), ("R9", "1"), ("2-refund", "2")) == {"1": Decimal(5), "2": Decimal(5)}


def test_two_refunds_of_one_order_in_the_refund_form_both_count() -> None:
    assert refunded(("R1", "1"), ("R2", "1")) == {"1": Decimal(10), "2": Decimal(0)}
