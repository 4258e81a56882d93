"""Figures of everybody who came, of handovers, of long sessions and of recommendations."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from tests.reference.figures import Figure, Slice, ratio, seconds
from tests.reference.filters import Contact
from tests.reference.messages import HUMAN
from tests.reference.reception_figures import received
from tests.reference.receptions import Reception
from tests.reference.sessions import Session


def _came(holds: Callable[[Contact], bool]) -> Callable[[Slice], int]:
    return lambda rows: rows.buyers("consultation", holds, lambda one: one.buyer)


def _received(holds: Callable[[Reception], bool]) -> Callable[[Slice], int]:
    return lambda rows: rows.buyers("reception", holds, lambda one: one.buyer)


def _unreplied(contact: Contact) -> bool:
    return not contact.said(HUMAN) and not contact.has_transfer


def _opened_by_agent(one: Reception) -> bool:
    return bool(one.sessions) and not one.buyer_opened and not _only_buyer(one)


def _only_buyer(one: Reception) -> bool:
    return sum(len(session.lines) for session in one.sessions) == one.buyer_messages


def _is_long(rows: Slice, session: Session) -> bool:
    return session.duration > timedelta(seconds=rows.shop.settings_on(session.day).count("long_session_seconds"))


def _session_seconds(rows: Slice) -> Fraction:
    return sum((seconds(one.duration) for one in rows.all("session")), Fraction(0))


def _times(holds: Callable[[Contact], bool]) -> Callable[[Slice], int]:
    return lambda rows: sum(holds(one) for one in rows.all("consultation"))


_everybody = _came(lambda one: True)
_recommended = _received(lambda one: one.recommendations > 0)

CONSULTATION: dict[str, Figure] = {
    "consulted_buyers": _everybody,
    "consulted_contacts": _times(lambda one: True),
    "replied_contacts": _times(lambda one: bool(one.said(HUMAN))),
    "unreplied_contacts": _times(_unreplied),
    "filtered_buyers": _came(lambda one: one.reason is not None),
    "unreplied_buyers_all": _came(_unreplied),
    "platform_reply_share": lambda rows: ratio(_came(lambda one: bool(one.said(HUMAN)))(rows), _everybody(rows)),
    "direct_buyers": _received(lambda one: not one.transferred_in),
    "transferred_in_buyers": _received(lambda one: one.transferred_in),
    "handed_over_buyers": _received(lambda one: one.handed_over),
    "buyer_opened_buyers": _received(lambda one: one.buyer_opened),
    "agent_opened_buyers": _received(_opened_by_agent),
    "total_messages": lambda rows: sum(one.buyer_messages + one.agent_messages for one in rows.all("reception")),
    "long_reception_buyers": lambda rows: rows.buyers(
        "session", lambda one: _is_long(rows, one), lambda one: one.buyer
    ),
    "receive_seconds_mean": lambda rows: ratio(_session_seconds(rows), received(rows)),
    "recommendations": lambda rows: sum(one.recommendations for one in rows.all("reception")),
    "recommended_buyers": _recommended,
    "recommended_share": lambda rows: ratio(_recommended(rows), received(rows)),
}
