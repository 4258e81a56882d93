"""One conversation: what was said between a customer and an account on a day, with its sessions, waits and orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.shop_data import ShopData, in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.appraisal.month import days_of_month
from xiaoer.base.days import MICROS_PER_SECOND, Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.steps import Step
from xiaoer.facts.corrections import corrected_messages
from xiaoer.metrics import Request
from xiaoer.metrics.literal import sql_literal
from xiaoer.store.engine_session import EngineSession

_OF_WHOM = ("local_date", "buyer", "agent")
_COLUMNS = (*_OF_WHOM, "sent_at", "sender", "kind", "auto", "text")
_TOLD = "order_id, created_at, paid_at, amount_paid, order_agent, payment_agent, agent"


@dataclass(frozen=True)
class ConversationAsk:
    """Whose conversation: an account of a shop, a local day, and the customer.

    `period` are the days that the reader comes from: credit is told as the figures of these days have it, and what
    they were made from is at hand. Without it, or where the day is not among them, it is the day's month.
    """

    shop: str
    agent: str
    day: str
    buyer: str
    policy: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Said:
    """One message; an answer has the wait that it ended and, where it counts otherwise, the wait that counts."""

    at: datetime
    sender: str
    kind: str
    text: str
    automatic: bool
    wait_seconds: float | None = None
    counted_seconds: float | None = None
    slow: bool = False
    never_answered: bool = False


@dataclass(frozen=True)
class Session:
    """One session with its messages; durations are seconds, `first_response` None where nobody answered."""

    start_at: datetime
    first_response: float | None
    duration: float
    answered: int
    unanswered: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Order:
    """An order of this customer near the conversation: whose it was when created, when paid, and by the policy."""

    order_id: str
    created_at: datetime | None
    paid_at: datetime | None
    amount: Decimal | None
    order_agent: str | None
    payment_agent: str | None
    agent: str | None
    mine: bool


@dataclass(frozen=True)
class Conversation:
    """A conversation; `before` are messages that no session begins with, `left_out` says why it does not count."""

    agent: str
    buyer: str
    day: date
    before: tuple[Said, ...]
    sessions: tuple[Session, ...]
    orders: tuple[Order, ...]
    policy: str
    left_out: str


def customers_of(home: Path, shop: str, agent: str, day: str) -> tuple[str, ...]:
    """Return the customers who wrote with an account on a local day; none where nobody did."""
    with open_shops(home, shop) as data:
        messages = messages_of_day(data, shop, parse_day(day, name="on"), columns=_OF_WHOM)
        own = messages.filter(pc.equal(messages["agent"].cast(pa.string()), agent))
        return tuple(sorted(set(own["buyer"].cast(pa.string()).to_pylist()) - {None}))


def conversation(home: Path, ask: ConversationAsk, language: Language) -> Conversation:
    """Return a conversation; a ReportableError when there is none."""
    day = parse_day(ask.day, name="on")
    with open_shops(home, ask.shop) as data:
        messages = messages_of_day(data, ask.shop, day)
        mine = pc.and_(
            pc.equal(messages["agent"].cast(pa.string()), ask.agent),
            pc.equal(messages["buyer"].cast(pa.string()), ask.buyer),
        )
        rows = messages.filter(mine).to_pylist()
        if not rows:
            raise ReportableError.of("site.no_chat")
        policy = data.policy(ask.policy, day)
        asked = ask.period
        period = asked if asked and asked.first <= day <= asked.last else Period(*days_of_month(f"{day:%Y-%m}"))
        request = Request(period, (), shop=ask.shop, policy=policy, settings=data.settings)
        with data.session_of_buyer(request, ask.buyer) as engine:
            return _Read(data, engine, ask, day).conversation(rows, policy, language)


def messages_of_day(data: ShopData, shop: str, day: date, *, columns: Sequence[str] = _COLUMNS) -> pa.Table:
    """Return a day's messages under the accounts that they count for, in the order in which they were sent."""
    slices = data.store.slices(data.snapshot, shop, first=day, last=day)
    if not slices:
        raise ReportableError.of("site.no_chat")
    found = pa.concat_tables(list(data.store.messages(data.snapshot, slices, columns=columns)))
    return corrected_messages(found, data.snapshot.corrections_of(shop))


class _Read:
    """One conversation's facts, read from a session of the engine."""

    def __init__(self, data: ShopData, engine: EngineSession, ask: ConversationAsk, day: date) -> None:
        self.data, self.engine, self.ask, self.day = data, engine, ask, day

    def conversation(self, rows: list[dict[str, Any]], policy: str, language: Language) -> Conversation:
        rounds = self._facts("round", "opened_at")
        slow = self.data.settings.on(self.day).count("slow_wait_seconds")
        said = [_said(row, rounds, slow=slow, data=self.data) for row in rows]
        sessions = self._facts("session", "start_at")
        contact = next(iter(self._facts("contact", "start_at")), {})
        reason = contact.get("filter_reason")
        starts = [_at(self.data, session["start_at"]) for session in sessions]
        ends = [*starts[1:], None]
        orders = tuple(self._orders())
        shown = self.data.shown_agents({self.ask.agent})
        return Conversation(
            agent=shown[self.ask.agent],
            buyer=self.ask.buyer,
            day=self.day,
            before=tuple(one for one in said if not starts or one.at < starts[0]),
            sessions=tuple(
                _session(
                    session, start, tuple(one for one in said if start <= one.at and (end is None or one.at < end))
                )
                for session, start, end in zip(sessions, starts, ends, strict=True)
            ),
            orders=orders,
            policy=word(f"policy_{policy}", language),
            left_out=word(f"reason_{reason}", language) if reason else "",
        )

    def _facts(self, relation: str, order: str) -> list[dict[str, Any]]:
        """Return the rows of a relation that are this conversation's."""
        mine = f"buyer = {sql_literal(self.ask.buyer)} AND agent = {sql_literal(self.ask.agent)}"
        sql = f"SELECT * FROM {relation} WHERE day = {sql_literal(self.day)} AND {mine}"
        return sorted(self.engine.query([Step("asked", sql)]).to_pylist(), key=lambda row: row[order])

    def _orders(self) -> Iterator[Order]:
        """Yield the customer's orders that were created or paid near the conversation, in the order of creation."""
        told = f"SELECT {_TOLD} FROM credited_order WHERE buyer = {sql_literal(self.ask.buyer)}"
        own = self.engine.query([Step("told", told)]).to_pylist()
        accounts = {row[name] for row in own for name in ("order_agent", "payment_agent", "agent")} - {None}
        shown = self.data.shown_agents(accounts | {self.ask.agent})
        for row in sorted(own, key=lambda one: (one["created_at"] is None, one["created_at"] or 0, one["order_id"])):
            yield Order(
                order_id=row["order_id"],
                created_at=in_zone(row["created_at"], self.data.settings),
                paid_at=in_zone(row["paid_at"], self.data.settings),
                amount=row["amount_paid"],
                order_agent=shown.get(row["order_agent"]),
                payment_agent=shown.get(row["payment_agent"]),
                agent=shown.get(row["agent"]),
                mine=row["agent"] == self.ask.agent,
            )


def _said(row: Mapping[str, Any], rounds: list[dict[str, Any]], *, slow: int, data: ShopData) -> Said:
    """Return a message; a human answer ends the round that names its instant, a question begins one."""
    micros = int(row["sent_at"].replace(tzinfo=UTC).timestamp()) * MICROS_PER_SECOND + row["sent_at"].microsecond
    human = row["sender"] == "agent" and not row["auto"]
    ended = next((one for one in rounds if one["answered_at"] == micros), None) if human else None
    if ended is not None:
        rounds.remove(ended)  # one answer ends a round, others of the same instant do not
    begun = next((one for one in rounds if one["opened_at"] == micros), None) if row["sender"] == "buyer" else None
    wait = None if ended is None else ended["wait_micros"] / MICROS_PER_SECOND
    counted = None if ended is None or ended["counted_wait_micros"] is None else ended["counted_wait_micros"]
    local = _local(data, row["sent_at"])
    assert local is not None, "messages without an instant are not stored"
    return Said(
        local, row["sender"], row["kind"] or "text", row["text"] or "", bool(row["auto"]), wait,
        None if counted is None or counted == ended["wait_micros"] else counted / MICROS_PER_SECOND,  # type: ignore[index]
        slow=wait is not None and wait > slow,
        never_answered=begun is not None and begun["answered_at"] is None,
    )  # fmt: skip


def _session(row: Mapping[str, Any], start: datetime, said: tuple[Said, ...]) -> Session:
    first = row["first_response_micros"]
    return Session(
        start, None if first is None else first / MICROS_PER_SECOND, row["duration_micros"] / MICROS_PER_SECOND,
        row["answered_rounds"], row["unanswered_rounds"], said,
    )  # fmt: skip


def _at(data: ShopData, micros: int) -> datetime:
    at = in_zone(micros, data.settings)
    assert at is not None
    return at


def _local(data: ShopData, instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.replace(tzinfo=UTC).astimezone(data.settings.clock.zone)
