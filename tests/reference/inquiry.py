"""Inquiry: which receptions were before an order, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tests.reference.credit import Credited
from tests.reference.receptions import Reception
from tests.reference.shop import DAY, Shop

CONVERTED, ASSIST, LOST_NOT_ORDERED, LOST_UNPAID = "converted", "assist", "lost_not_ordered", "lost_unpaid"


@dataclass(frozen=True)
class Inquiry:
    """One reception as an inquiry or (outcome None) as after-sale."""

    reception: Reception
    outcome: str | None
    ordered: bool = False
    converted_next_day: bool = False
    converted_same_day: bool = False
    ordered_same_day: bool = False
    ordered_next_day: bool = False
    shipped: bool = False
    final_amount_paid: Decimal = Decimal(0)
    same_day_amount_paid: Decimal = Decimal(0)

    @property
    def counts(self) -> bool:
        """Return whether it is in the denominator: an inquiry that is not somebody else's."""
        return self.outcome not in (None, ASSIST)


def inquiries_of(shop: Shop, receptions: list[Reception], orders: list[Credited]) -> list[Inquiry]:
    """Return one for every reception."""
    return [
        _inquiry(
            shop,
            one,
            [order for order in orders if order.buyer == one.buyer],
            later=[other.start_at for other in receptions if _again(one, other)],
        )
        for one in receptions
    ]


def _again(one: Reception, other: Reception) -> bool:
    """Return whether the other is a later reception of the same buyer by the same agent."""
    same = (other.buyer, other.agent) == (one.buyer, one.agent)
    return same and other is not one and (other.start_at, other.day) > (one.start_at, one.day)


def _inquiry(shop: Shop, reception: Reception, orders: list[Credited], *, later: list[datetime]) -> Inquiry:
    settings = shop.settings_on(reception.day)
    t0 = reception.start_at
    window_end = t0 + timedelta(days=settings.count("inquiry_order_days"))
    look_back = t0 - timedelta(days=settings.count("after_sale_days"))
    window = [order for order in orders if t0 <= order.created_at < window_end]
    if not window and any(look_back <= order.created_at < t0 for order in orders):
        return Inquiry(reception, outcome=None)
    in_time = timedelta(days=settings.count("final_payment_days"))
    own = [order for order in window if order.agent == reception.agent]
    last = [order for order in own if not any(start <= order.created_at for start in later)]
    return Inquiry(
        reception,
        outcome=_outcome(reception.agent, window, in_time=in_time),
        ordered=bool(window),
        converted_next_day=any(_paid_next_day(shop, reception, order) for order in window),
        converted_same_day=any(_paid_same_day(shop, reception, order) for order in window),
        ordered_same_day=any(shop.day(order.created_at) == reception.day for order in window),
        ordered_next_day=any(shop.day(order.created_at) <= reception.day + DAY for order in window),
        shipped=any(order.row.get("shipped_at") is not None for order in own),
        final_amount_paid=_amount(order for order in last if _in_time(order, in_time)),
        same_day_amount_paid=_amount(order for order in last if _paid_same_day(shop, reception, order)),
    )


def _outcome(agent: str, window: list[Credited], *, in_time: timedelta) -> str:
    if any(order.agent == agent and _in_time(order, in_time) for order in window):
        return CONVERTED
    if any(order.agent not in (None, agent) for order in window):
        return ASSIST
    return LOST_UNPAID if window else LOST_NOT_ORDERED


def _in_time(order: Credited, in_time: timedelta) -> bool:
    return order.paid_at is not None and order.paid_at <= order.created_at + in_time


def _amount(orders: Iterable[Credited]) -> Decimal:
    return sum((order.row["amount_paid"] for order in orders), Decimal(0))


def _paid_next_day(shop: Shop, reception: Reception, order: Credited) -> bool:
    if order.agent != reception.agent or order.paid_at is None:
        return False
    return shop.day(order.paid_at) in (reception.day, reception.day + DAY)


def _paid_same_day(shop: Shop, reception: Reception, order: Credited) -> bool:
    if order.agent != reception.agent or order.paid_at is None:
        return False
    return shop.day(order.paid_at) == reception.day
