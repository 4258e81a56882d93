"""Figures of orders, sales and assists."""

from decimal import Decimal

from tests.reference.credit import Credited
from tests.reference.figures import Figure, Slice, Value, ratio
from tests.reference.sales import items_of, refunded
from tests.reference.shop import Shop


def paid(rows: Slice) -> list[Credited]:
    """Return the paid orders that are somebody's."""
    return [one for one in rows.all("paid_order") if one.agent is not None]


def yuan(orders: list[Credited]) -> Decimal:
    """Return what was paid for the orders."""
    return sum((one.row["amount_paid"] for one in orders), Decimal(0))


def items(shop: Shop, orders: list[Credited]) -> int | None:
    """Return the known items of the orders; None when there are orders and nothing is known of any."""
    known = [count for one in orders if (count := items_of(shop, one.row)) is not None]
    return None if orders and not known else sum(known)


def _items(rows: Slice) -> int | None:
    return items(rows.shop, paid(rows))


def distinct_buyers(orders: list[Credited]) -> int:
    """Return the known buyers of the orders, each once."""
    return len({one.buyer for one in orders} - {None})


def _refunded(rows: Slice) -> Decimal:
    return sum((refunded(rows.shop, one.row["order_id"]) for one in paid(rows)), Decimal(0))


def _payment_share(rows: Slice) -> Value:
    created = [one for one in rows.all("created_order_of_order_agent") if one.order_agent is not None]
    return ratio(sum(one.paid_at is not None for one in created), len(created))


def _assisted(kind: str) -> Figure:
    return lambda rows: len({one.buyer for one in rows.all("assist") if one.kind == kind})


def of_shop(rows: Slice) -> list[Credited]:
    """Return the paid orders of the shop, in the same hours and days, whoever's row it is."""
    return [one.what for one in rows.of_shop["paid_order"]]


def silent(rows: Slice) -> list[Credited]:
    """Return the shop's paid orders that are nobody's by the policy."""
    return [one for one in of_shop(rows) if one.agent is None]


def _silent_spend(rows: Slice) -> Value:
    """Return silent sales ÷ their buyers; an order of an unknown buyer is in neither."""
    known = [one for one in silent(rows) if one.buyer is not None]
    return ratio(yuan(known), distinct_buyers(known))


def _silent_items(rows: Slice) -> int | None:
    """Return the items of silent orders of known buyers."""
    return items(rows.shop, [one for one in silent(rows) if one.buyer is not None])


SALES: dict[str, Figure] = {
    "credited_orders": lambda rows: sum(one.agent is not None for one in rows.all("created_order")),
    "paid_orders": lambda rows: len(paid(rows)),
    "payment_share": _payment_share,
    "sales_yuan": lambda rows: yuan(paid(rows)),
    "refunded_yuan": _refunded,
    "net_sales_yuan": lambda rows: yuan(paid(rows)) - _refunded(rows),
    "items_sold": lambda rows: _items(rows),
    "paying_buyers": lambda rows: distinct_buyers(paid(rows)),
    "spend_per_buyer_yuan": lambda rows: ratio(yuan(paid(rows)), distinct_buyers(paid(rows))),
    "items_per_buyer": lambda rows: ratio(_items(rows), distinct_buyers(paid(rows))),
    "price_per_item_yuan": lambda rows: ratio(yuan(paid(rows)), _items(rows)),
    "assisted_order_buyers": _assisted("order"),
    "assisted_follow_up_buyers": _assisted("follow_up"),
    "shop_sales_yuan": lambda rows: yuan(of_shop(rows)),
    "silent_sales_yuan": lambda rows: yuan(silent(rows)),
    "silent_spend_per_buyer_yuan": _silent_spend,
    "silent_items": _silent_items,
    "silent_items_per_buyer": lambda rows: ratio(_silent_items(rows), distinct_buyers(silent(rows))),
    "agent_sales_share": lambda rows: ratio(yuan(paid(rows)), yuan(of_shop(rows))),
}
