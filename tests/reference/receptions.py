"""Receptions: one buyer, one agent, one local day, after the filters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.reference.filters import Contact
from tests.reference.messages import BUYER, HUMAN, Line
from tests.reference.sessions import Session, sessions_of
from tests.reference.shop import Shop


@dataclass(frozen=True)
class Reception:
    """One reception with its sessions; `start_at` is its first message of buyer or account (t0)."""

    buyer: str
    agent: str
    day: date
    start_at: datetime
    sessions: tuple[Session, ...]
    buyer_messages: int
    agent_messages: int
    agent_characters: int
    transfer_line: bool
    slow: bool
    transferred_in: bool
    handed_over: bool
    recommendations: int

    @property
    def buyer_opened(self) -> bool:
        """Return whether the first message was the buyer's."""
        return bool(self.sessions) and self.sessions[0].lines[0].who == BUYER

    @property
    def replied(self) -> bool:
        """Return whether a human message was sent."""
        return self.agent_messages > 0

    @property
    def transferred_out(self) -> bool:
        """Return whether it was handed on without a human message."""
        return self.transfer_line and not self.replied

    @property
    def unreplied(self) -> bool:
        """Return whether nobody answered and it was not handed on."""
        return not self.replied and not self.transferred_out


def receptions_of(shop: Shop, contacts: list[Contact]) -> list[Reception]:
    """Return the receptions: kept contacts with accounts that are no robots."""
    return [_reception(shop, one) for one in contacts if one.reason is None and not one.is_robot]


def _reception(shop: Shop, contact: Contact) -> Reception:
    settings = shop.settings_on(contact.day)
    slow_after = timedelta(seconds=settings.count("slow_wait_seconds"))
    slow_waits = [one for one in contact.rounds if one.wait is not None and one.wait > slow_after]
    human = contact.said(HUMAN)
    return Reception(
        buyer=contact.buyer,
        agent=contact.account,
        day=contact.day,
        start_at=contact.first.at,
        sessions=tuple(sessions_of(shop, contact)),
        buyer_messages=len(contact.said(BUYER)),
        agent_messages=len(human),
        agent_characters=sum(len(line.text) for line in human),
        transfer_line=contact.has_transfer,
        slow=len(slow_waits) >= settings.count("slow_wait_count"),
        transferred_in=contact.transferred_in,
        handed_over=contact.handed_over,
        recommendations=_recommendations(human, settings.text("recommendation_prefix")),
    )


def _recommendations(human: list[Line], prefix: str) -> int:
    return sum(line.is_card or (prefix != "" and line.text.startswith(prefix)) for line in human)
