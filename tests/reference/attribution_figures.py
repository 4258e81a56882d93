"""Figures of who is credited with what: the parts of credit, what was ordered, postage, discount, the silent ones."""

from collections.abc import Callable
from decimal import Decimal

from tests.reference.credit import Credited
from tests.reference.figures import Figure, Slice, Value, ratio
from tests.reference.sales import list_amount, refunded
from tests.reference.sales_figures import distinct_buyers, items, of_shop, paid, silent, yuan

Holds = Callable[[Credited], bool]

# Whose rows they are, and which of them.
PARTS: dict[str, tuple[str, Holds]] = {
    "own_order_own_payment": (
        "order_agent",
        lambda one: one.order_agent is not None and one.order_agent == one.payment_agent,
    ),
    "other_order_own_payment": (
        "payment_agent",
        lambda one: None not in (one.order_agent, one.payment_agent) and one.order_agent != one.payment_agent,
    ),
    "silent_order_own_payment": (
        "payment_agent",
        lambda one: one.order_agent is None and one.payment_agent is not None,
    ),
    "own_order_other_payment": (
        "order_agent",
        lambda one: None not in (one.order_agent, one.payment_agent) and one.order_agent != one.payment_agent,
    ),
    "own_order_silent_payment": (
        "order_agent",
        lambda one: one.order_agent is not None and one.payment_agent is None,
    ),
}


def _paid_to(rows: Slice, whose: str, holds: Holds) -> list[Credited]:
    return [one for one in rows.all(f"paid_order_of_{whose}") if holds(one)]


def _followed(rows: Slice) -> list[Credited]:
    return [one.what for one in rows.facts["paid_order_of_silent_agent"] if one.agent is not None]


def _four(name: str, orders: Callable[[Slice], list[Credited]]) -> dict[str, Figure]:
    return {
        f"{name}_buyers": lambda rows: distinct_buyers(orders(rows)),
        f"{name}_orders": lambda rows: len(orders(rows)),
        f"{name}_items": lambda rows: items(rows.shop, orders(rows)),
        f"{name}_yuan": lambda rows: yuan(orders(rows)),
    }


def _part(whose: str, holds: Holds) -> Callable[[Slice], list[Credited]]:
    return lambda rows: _paid_to(rows, whose, holds)


def _ordered(rows: Slice) -> list[Credited]:
    return [one for one in rows.all("created_order_of_order_agent") if one.order_agent is not None]


def _unpaid(rows: Slice) -> list[Credited]:
    return [one for one in _ordered(rows) if one.paid_at is None]


def _known_sum(orders: list[Credited], column: str) -> Decimal | None:
    """Return the known amounts; None when there are orders and nothing is known of any."""
    known = [one.row[column] for one in orders if one.row.get(column) is not None]
    return None if orders and not known else sum(known, Decimal(0))


def _without_postage(rows: Slice) -> Value:
    postage = _known_sum(paid(rows), "postage")
    return None if postage is None else yuan(paid(rows)) - postage


def _at_list(rows: Slice) -> list[tuple[Decimal, Decimal]]:
    """Return list amount and discount of the paid orders of which both are known."""
    found = []
    for one in paid(rows):
        listed = list_amount(rows.shop, one.row)
        payable = one.row.get("amount_payable")
        if listed is not None and payable is not None:
            found.append((listed, listed + (one.row.get("postage") or Decimal(0)) - payable))
    return found


def _discount(rows: Slice) -> Decimal:
    return sum((discount for _, discount in _at_list(rows)), Decimal(0))


def _refunded_orders(rows: Slice) -> list[Credited]:
    return [one for one in paid(rows) if refunded(rows.shop, one.row["order_id"]) > 0]


def _refunded_share(rows: Slice) -> Value:
    back = sum((refunded(rows.shop, one.row["order_id"]) for one in paid(rows)), Decimal(0))
    return ratio(back, yuan(paid(rows)))


def _refunded_items(rows: Slice) -> int | None:
    whole = [
        one for one in _refunded_orders(rows) if refunded(rows.shop, one.row["order_id"]) >= one.row["amount_paid"]
    ]
    return items(rows.shop, whole)


def _with(holds: Callable[[dict[str, object]], bool]) -> Callable[[Slice], list[Credited]]:
    return lambda rows: [one for one in paid(rows) if holds(one.row)]


def _pair(name: str, orders: Callable[[Slice], list[Credited]]) -> dict[str, Figure]:
    return {
        f"{name}_orders": lambda rows: len(orders(rows)),
        f"{name}_yuan": lambda rows: yuan(orders(rows)),
    }


def _team(rows: Slice) -> Decimal:
    return yuan([one for one in of_shop(rows) if one.agent is not None])


def _wholly_silent(rows: Slice) -> list[Credited]:
    return [one for one in of_shop(rows) if one.order_agent is None and one.payment_agent is None]


def _shop_spend(rows: Slice) -> Value:
    known = [one for one in of_shop(rows) if one.buyer is not None]
    return ratio(yuan(known), distinct_buyers(known))


_shipped = _with(lambda row: row.get("shipped_at") is not None)

ATTRIBUTION: dict[str, Figure] = {
    **{key: figure for name, part in PARTS.items() for key, figure in _four(name, _part(*part)).items()},
    **_four("silent_own_follow_up", _followed),
    **_four("wholly_silent", _wholly_silent),
    "ordering_buyers": lambda rows: distinct_buyers(_ordered(rows)),
    "ordered_orders": lambda rows: len(_ordered(rows)),
    "ordered_yuan": lambda rows: _known_sum(_ordered(rows), "amount_payable"),
    "unpaid_orders": lambda rows: len(_unpaid(rows)),
    "unpaid_yuan": lambda rows: _known_sum(_unpaid(rows), "amount_payable"),
    "order_agent_sales_yuan": lambda rows: yuan(_paid_to(rows, "order_agent", lambda one: one.order_agent is not None)),
    "payment_agent_sales_yuan": lambda rows: yuan(
        _paid_to(rows, "payment_agent", lambda one: one.payment_agent is not None)
    ),
    "postage_yuan": lambda rows: _known_sum(paid(rows), "postage"),
    "sales_without_postage_yuan": _without_postage,
    "discount_yuan": _discount,
    "discount_share": lambda rows: ratio(_discount(rows), sum((listed for listed, _ in _at_list(rows)), Decimal(0))),
    "refunded_buyers": lambda rows: distinct_buyers(_refunded_orders(rows)),
    "refunded_items": _refunded_items,
    "refunded_share": _refunded_share,
    **_pair("shipped", _shipped),
    "shipped_buyers": lambda rows: distinct_buyers(_shipped(rows)),
    "shipped_items": lambda rows: items(rows.shop, _shipped(rows)),
    **_pair("deposit", _with(lambda row: bool(row.get("is_deposit")))),
    **_pair("cod", _with(lambda row: row.get("payment") == "cod")),
    "team_sales_yuan": _team,
    "team_sales_share": lambda rows: ratio(yuan(paid(rows)), _team(rows)),
    "shop_paid_orders": lambda rows: len(of_shop(rows)),
    "shop_paying_buyers": lambda rows: distinct_buyers(of_shop(rows)),
    "shop_spend_per_buyer_yuan": _shop_spend,
    "silent_orders": lambda rows: len(silent(rows)),
    "silent_buyers": lambda rows: distinct_buyers(silent(rows)),
    "silent_sales_share": lambda rows: ratio(yuan(silent(rows)), yuan(of_shop(rows))),
}
