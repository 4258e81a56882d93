"""Sales: what paid orders brought in, and what went back."""

from decimal import Decimal

from tests.reference.shop import Row, Shop


def refunded(shop: Shop, order_id: str) -> Decimal:
    """Return the successful refunds of an order, whenever they were asked for; an unknown amount is 0."""
    of_order = [row for row in shop.rows("refunds") if row["order_id"] == order_id and is_successful(row)]
    return sum((row.get("amount") or Decimal(0) for row in of_order), Decimal(0))


def is_successful(refund: Row) -> bool:
    """Return whether money went back: status success or, without a status, finished."""
    if refund.get("status"):
        return bool(refund["status"] == "success")
    return refund.get("finished_at") is not None
