"""The state of a shop at an instant, looked up message by message: who waits, who talks, the day so far."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.reference.filters import Contact, contacts_of
from tests.reference.messages import HUMAN, lines_of
from tests.reference.rounds import Round, counted_wait, rounds_of
from tests.reference.shop import Shop

THREE_MINUTES = timedelta(minutes=3)


@dataclass
class State:
    """Waiting: (buyer, agent or None, since); chats and sums by agent; the shop's sums under None."""

    waiting: list[tuple[str, str | None, datetime]] = field(default_factory=list)
    in_vain: int = 0
    chats: dict[str, int] = field(default_factory=dict)
    sums: dict[str | None, dict[str, int]] = field(default_factory=dict)


def state_of(shop: Shop, day: date, now: datetime) -> State:
    """Return the state of a day at an instant, of a shop that has only the messages sent by then."""
    settings = shop.settings_on(day)
    lines = [line for line in lines_of(shop) if line.day == day]
    contacts = [one for one in contacts_of(shop, lines, rounds_of(shop, lines)) if one.reason is None]
    people = [one for one in contacts if not one.is_robot]
    patience = timedelta(minutes=settings.count("live_waiting_minutes"))
    gap = timedelta(seconds=settings.count("session_gap_seconds"))
    state = State()
    for contact in contacts:
        agent = None if contact.is_robot else contact.account
        for one in contact.rounds:
            if one.answered_at is None and now - one.last_asked_at < patience:
                state.waiting.append((contact.buyer, agent, one.opened_at))
            state.in_vain += one.answered_at is None and now - one.last_asked_at >= patience
    state.waiting.sort(key=lambda one: (one[2], one[0]))
    state.chats = dict(Counter(one.account for one in people if one.talk and now - one.talk[-1].at < gap))
    for agent in {one.account for one in people}:
        state.sums[agent] = _sums(shop, [one for one in people if one.account == agent], people=people)
    state.sums[None] = _sums(shop, contacts, people=people)
    return state


def _sums(shop: Shop, contacts: list[Contact], *, people: list[Contact]) -> dict[str, int]:
    received = [one for one in contacts if one in people]
    rounds = [one for contact in contacts for one in contact.rounds]
    in_hours = [one for one in rounds if shop.hour(one.opened_at) >= 8]
    waits = [wait for one in rounds if (wait := _counted(shop, one)) is not None]
    return {
        "received": len({one.buyer for one in received}),
        "replied": len({one.buyer for one in received if one.said(HUMAN)}),
        "rounds": len(rounds),
        "answered": sum(one.answered_at is not None for one in rounds),
        "counted": len(waits),
        "wait_micros": sum(wait // timedelta(microseconds=1) for wait in waits),
        "asked_in_hours": len(in_hours),
        "in_time": sum(one.wait is not None and one.wait <= THREE_MINUTES for one in in_hours),
    }


def _counted(shop: Shop, one: Round) -> timedelta | None:
    settings = shop.settings_on(one.day)
    cap = timedelta(seconds=settings.count("wait_cap_seconds"))
    return counted_wait(one.wait, cap=cap, over=settings.text("wait_over_cap"))
