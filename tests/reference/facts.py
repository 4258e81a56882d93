"""Every fact of a shop under a policy, with the day, hour and agent that it counts for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.reference.assist import assists_of
from tests.reference.calls import calls_of
from tests.reference.credit import Credited, credited_orders
from tests.reference.filters import Contact, contacts_of
from tests.reference.inquiry import inquiries_of
from tests.reference.messages import lines_of
from tests.reference.order_buyers import order_buyers
from tests.reference.presence import presence_of
from tests.reference.receptions import receptions_of
from tests.reference.rounds import rounds_of
from tests.reference.sales import silent_agent
from tests.reference.sessions import most_overlapping
from tests.reference.shop import Shop


@dataclass(frozen=True)
class Counted:
    """One fact and where it counts: hour None for whole days, agent None for what is nobody's."""

    day: date
    hour: int | None
    agent: str | None
    what: Any


Facts = dict[str, list[Counted]]


def facts_of(shop: Shop, *, policy: str) -> Facts:
    """Return every fact by the name of its kind, whatever the period."""
    return _chat_facts(shop, policy=policy) | _other_facts(shop)


def _chat_facts(shop: Shop, *, policy: str) -> Facts:
    lines = lines_of(shop)
    rounds = rounds_of(shop, lines)
    contacts = contacts_of(shop, lines, rounds)
    receptions = receptions_of(shop, contacts)
    sessions = [session for one in receptions for session in one.sessions]
    orders = credited_orders(shop, sessions, order_buyers(shop, contacts, sessions), policy=policy)
    agent_days = sorted({(one.agent, one.day) for one in sessions})
    return {
        "contact": [
            Counted(one.day, shop.hour(one.first.at), None if one.is_robot else one.account, one) for one in contacts
        ],
        "reception": [Counted(one.day, shop.hour(one.start_at), one.agent, one) for one in receptions],
        "session": [Counted(one.day, shop.hour(one.start_at), one.agent, one) for one in sessions],
        "round": [
            Counted(one.day, shop.hour(one.opened_at), None if contact.is_robot else one.account, one)
            for contact in contacts
            for one in contact.rounds
            if contact.reason is None
        ],
        "agent_day": [
            Counted(
                day, None, agent, most_overlapping([one for one in sessions if (one.agent, one.day) == (agent, day)])
            )
            for agent, day in agent_days
        ],
        "inquiry": [
            Counted(one.reception.day, shop.hour(one.reception.start_at), one.reception.agent, one)
            for one in inquiries_of(shop, receptions, orders)
        ],
        "assist": [
            Counted(shop.day(one.at), shop.hour(one.at), one.agent, one) for one in assists_of(shop, sessions, orders)
        ],
        "consultation": [
            Counted(one.day, shop.hour(one.first.at), one.account, one) for one in contacts if not one.is_robot
        ],
        **_order_facts(shop, orders, contacts),
    }


def _order_facts(shop: Shop, orders: list[Credited], contacts: list[Contact]) -> Facts:
    return {
        "created_order": _timed(shop, orders, at=lambda one: one.created_at, agent=lambda one: one.agent),
        "created_order_of_order_agent": _timed(
            shop, orders, at=lambda one: one.created_at, agent=lambda one: one.order_agent
        ),
        "paid_order": _timed(shop, orders, at=lambda one: one.paid_at, agent=lambda one: one.agent),
        "paid_order_of_order_agent": _timed(
            shop, orders, at=lambda one: one.paid_at, agent=lambda one: one.order_agent
        ),
        "paid_order_of_payment_agent": _timed(
            shop, orders, at=lambda one: one.paid_at, agent=lambda one: one.payment_agent
        ),
        "paid_order_of_silent_agent": _timed(
            shop, orders, at=lambda one: one.paid_at, agent=lambda one: silent_agent(contacts, one)
        ),
    }


def _other_facts(shop: Shop) -> Facts:
    return {
        "presence_day": [Counted(one.day, None, _person(shop, one.agent, one.day), one) for one in presence_of(shop)],
        "call": [Counted(one.day, one.hour, _person(shop, one.agent, one.day), one) for one in calls_of(shop)],
        "rating": [one for one in _ratings(shop) if one.what.get("source") != "client"],
        "client_rating": [one for one in _ratings(shop) if one.what.get("source") == "client"],
        "refund": _rows(shop, "refunds", at=lambda row: row["requested_at"]),
        "review": _rows(shop, "reviews", at=lambda row: row["created_at"]),
        "complaint": _rows(shop, "complaints", at=lambda row: row["created_at"]),
    }


def _ratings(shop: Shop) -> list[Counted]:
    return _rows(shop, "ratings", at=lambda row: row.get("invited_at") or row.get("rated_at"))


def _timed(
    shop: Shop,
    whats: Iterable[Any],
    *,
    at: Callable[[Any], datetime | None],
    agent: Callable[[Any], str | None],
) -> list[Counted]:
    timed = [(at(what), what) for what in whats]
    return [Counted(shop.day(when), shop.hour(when), agent(what), what) for when, what in timed if when is not None]


def _rows(shop: Shop, table: str, *, at: Callable[[Any], datetime | None]) -> list[Counted]:
    counted = _timed(shop, shop.rows(table), at=at, agent=lambda row: row.get("agent"))
    return [Counted(one.day, one.hour, _person(shop, one.agent, one.day), one.what) for one in counted]


def _person(shop: Shop, agent: str | None, day: date) -> str | None:
    """Return the agent, None for a robot: robots are no agents."""
    return None if agent is None or shop.is_robot(agent, day) else agent
