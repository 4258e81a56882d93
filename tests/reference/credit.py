"""Credit: whose an order is at an instant, and whose it is under a policy."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.order_buyers import Found
from tests.reference.sessions import Session
from tests.reference.shop import Row, Shop


@dataclass(frozen=True)
class Credited:
    """One order with the agents credited at its creation and payment, and by the policy in force."""

    row: Row
    found: Found
    order_agent: str | None
    payment_agent: str | None
    agent: str | None

    @property
    def buyer(self) -> str | None:
        """Return who bought it, None when nobody knows."""
        return self.found.buyer

    @property
    def created_at(self) -> datetime:
        """Return when it was created."""
        instant: datetime = self.row["created_at"]
        return instant

    @property
    def paid_at(self) -> datetime | None:
        """Return when it was paid; None when it was not."""
        return self.row.get("paid_at")


def qualifies(session: Session, instant: datetime, *, days: int) -> bool:
    """Return whether a session contains an instant or ended within the window before it, someone having spoken."""
    if not session.human_at or session.human_at[0] > instant:
        return False
    return contains(session, instant) or instant - timedelta(days=days) <= session.end_at < instant


def contains(session: Session, instant: datetime) -> bool:
    """Return whether an instant is in a session, both ends included."""
    return session.start_at <= instant <= session.end_at


def agent_at(shop: Shop, sessions: list[Session], *, buyer: str | None, instant: datetime | None) -> str | None:
    """Return who is credited for something a buyer did at an instant; None when nobody is."""
    if buyer is None or instant is None:
        return None
    days = shop.settings_on(shop.day(instant)).count("credit_days")
    usable = [one for one in sessions if one.buyer == buyer and qualifies(one, instant, days=days)]
    inside = [one for one in usable if contains(one, instant)]
    best = inside or usable
    if not best:
        return None
    latest_end = max(one.end_at for one in best)
    best = [one for one in best if one.end_at == latest_end]
    latest_start = max(one.start_at for one in best)
    return min(one.agent for one in best if one.start_at == latest_start)


def credited_orders(shop: Shop, sessions: list[Session], buyers: list[Found], *, policy: str) -> list[Credited]:
    """Return every order with its credit; `buyers` are those of the shop's orders, in the same order."""
    found = []
    for row, who in zip(shop.rows("orders"), buyers, strict=True):
        buyer = who.buyer
        by_order = agent_at(shop, sessions, buyer=buyer, instant=row["created_at"])
        by_payment = agent_at(shop, sessions, buyer=buyer, instant=row.get("paid_at"))
        if row["order_id"] in shop.credits:
            by_order = shop.credits[row["order_id"]]
            by_payment = by_order if row.get("paid_at") is not None else None
        agent = {"order": by_order, "payment": by_payment, "order_first": by_order or by_payment}[policy]
        found.append(Credited(row, who, by_order, by_payment, agent))
    return found
