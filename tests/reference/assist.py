"""Assist: the other agents who talked a buyer through an order."""

from dataclasses import dataclass
from datetime import datetime

from tests.reference.credit import Credited, qualifies
from tests.reference.sessions import Session
from tests.reference.shop import Shop


@dataclass(frozen=True)
class Assist:
    """One agent's help with one order; `kind` is order or follow_up; it counts at the order's creation or payment.

    `credited` is whose the order is.
    """

    buyer: str
    agent: str
    kind: str
    at: datetime
    order_id: str = ""
    credited: str | None = None


def assists_of(shop: Shop, sessions: list[Session], orders: list[Credited]) -> list[Assist]:
    """Return every help of an agent other than the one credited by the policy."""
    found: set[tuple[str, Assist]] = set()
    for order in orders:
        for session in sessions:
            if order.buyer is None or session.buyer != order.buyer or session.agent == order.agent:
                continue
            order_id = order.row["order_id"]
            if _helped_to_order(shop, session, order):
                found.add(
                    (order_id, Assist(order.buyer, session.agent, "order", order.created_at, order_id, order.agent))
                )
            if order.paid_at is not None and _followed_up(shop, session, order, paid_at=order.paid_at):
                found.add(
                    (order_id, Assist(order.buyer, session.agent, "follow_up", order.paid_at, order_id, order.agent))
                )
    return [assist for _, assist in found]


def _helped_to_order(shop: Shop, session: Session, order: Credited) -> bool:
    days = shop.settings_on(shop.day(order.created_at)).count("credit_days")
    return qualifies(session, order.created_at, days=days)


def _followed_up(shop: Shop, session: Session, order: Credited, *, paid_at: datetime) -> bool:
    days = shop.settings_on(shop.day(paid_at)).count("credit_days")
    return qualifies(session, paid_at, days=days) and session.human_at[-1] > order.created_at
