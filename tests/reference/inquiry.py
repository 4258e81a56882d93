"""Inquiry: which receptions were before an order, and what became of them."""

from dataclasses import dataclass
from datetime import timedelta

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

    @property
    def counts(self) -> bool:
        """Return whether it is in the denominator: an inquiry that is not somebody else's."""
        return self.outcome not in (None, ASSIST)


def inquiries_of(shop: Shop, receptions: list[Reception], orders: list[Credited]) -> list[Inquiry]:
    """Return one for every reception."""
    return [_inquiry(shop, one, [order for order in orders if order.buyer == one.buyer]) for one in receptions]


def _inquiry(shop: Shop, reception: Reception, orders: list[Credited]) -> Inquiry:
    settings = shop.settings_on(reception.day)
    t0 = reception.start_at
    window_end = t0 + timedelta(days=settings.count("inquiry_order_days"))
    look_back = t0 - timedelta(days=settings.count("after_sale_days"))
    window = [order for order in orders if t0 <= order.created_at < window_end]
    if not window and any(look_back <= order.created_at < t0 for order in orders):
        return Inquiry(reception, outcome=None)
    in_time = timedelta(days=settings.count("final_payment_days"))
    return Inquiry(
        reception,
        outcome=_outcome(reception.agent, window, in_time=in_time),
        ordered=bool(window),
        converted_next_day=any(_paid_next_day(shop, reception, order) for order in window),
        converted_same_day=any(_paid_same_day(shop, reception, order) for order in window),
        ordered_same_day=any(shop.day(order.created_at) == reception.day for order in window),
        ordered_next_day=any(shop.day(order.created_at) <= reception.day + DAY for order in window),
    )


def _outcome(agent: str, window: list[Credited], *, in_time: timedelta) -> str:
    for order in window:
        if order.agent == agent and order.paid_at is not None and order.paid_at <= order.created_at + in_time:
            return CONVERTED
    if any(order.agent not in (None, agent) for order in window):
        return ASSIST
    return LOST_UNPAID if window else LOST_NOT_ORDERED


def _paid_next_day(shop: Shop, reception: Reception, order: Credited) -> bool:
    if order.agent != reception.agent or order.paid_at is None:
        return False
    return shop.day(order.paid_at) in (reception.day, reception.day + DAY)


def _paid_same_day(shop: Shop, reception: Reception, order: Credited) -> bool:
    if order.agent != reception.agent or order.paid_at is None:
        return False
    return shop.day(order.paid_at) == reception.day
