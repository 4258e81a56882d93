"""Sales: what paid orders brought in, and what went back."""

from datetime import datetime
from decimal import Decimal

from tests.reference.credit import Credited
from tests.reference.filters import Contact
from tests.reference.messages import HUMAN
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


def items_of(shop: Shop, order: Row) -> int | None:
    """Return an order's items: its own count, else the known quantities of its lines; None when nothing is known."""
    if order.get("item_count") is not None:
        count: int = order["item_count"]
        return count
    known = [row["quantity"] for row in _lines(shop, order) if row.get("quantity") is not None]
    return sum(known) if known else None


def list_amount(shop: Shop, order: Row) -> Decimal | None:
    """Return what an order's lines cost at their prices; None unless every line's price and quantity are known."""
    lines = _lines(shop, order)
    amounts = [
        row["unit_price"] * row["quantity"]
        for row in lines
        if row.get("unit_price") is not None and row.get("quantity") is not None
    ]
    return sum(amounts, Decimal(0)) if lines and len(amounts) == len(lines) else None


def silent_agent(contacts: list[Contact], order: Credited) -> str | None:
    """Return who wrote between creation and payment of an order that is nobody's, no word coming back."""
    if order.order_agent or order.payment_agent or order.buyer is None or order.paid_at is None:
        return None
    wrote: list[tuple[datetime, str]] = [
        (one.said(HUMAN)[0].at, one.account)
        for one in contacts
        if one.reason == "monologue" and not one.is_robot and one.buyer == order.buyer and one.said(HUMAN)
    ]
    between = [(at, account) for at, account in wrote if order.created_at <= at <= order.paid_at]
    latest = max((at for at, _ in between), default=None)
    return min((account for at, account in between if at == latest), default=None)


def _lines(shop: Shop, order: Row) -> list[Row]:
    return [row for row in shop.rows("order_lines") if row["order_id"] == order["order_id"]]
