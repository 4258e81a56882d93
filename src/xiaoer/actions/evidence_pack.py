"""An evidence pack: one conversation with what was found, the customer's own words, orders, and a hash of each message.

The hashes are of the messages as they were imported, each with the hash before it, so that neither a word nor the
order can be changed afterwards without every later hash changing. Telephone numbers and addresses are covered.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.inspect_conversation import ConversationId, InspectedConversation, inspected_conversation
from xiaoer.actions.inspect_findings import FindingShown
from xiaoer.actions.inspect_load import InspectAsk, open_inspection
from xiaoer.base.days import DAY, parse_day
from xiaoer.base.language import Language

_COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "kind", "text", "message_id")
_ORDER = ("order_id", "status", "created_at", "paid_at", "shipped_at", "received_at", "amount_paid", "seller_note")
LOOK_BACK_DAYS = 60
ITEMS = ("extortion",)  # whose words are quoted first


@dataclass(frozen=True)
class PackLine:
    """One message with its hash; `quoted` are the spans that a finding rests on."""

    at: datetime
    sender: str
    text: str
    quoted: tuple[tuple[int, int], ...]
    hash: str


@dataclass(frozen=True)
class PackOrder:
    """An order of this customer."""

    order_id: str
    status: str
    amount: Decimal | None
    times: Mapping[str, datetime | None]
    note: str


@dataclass(frozen=True)
class EvidencePack:
    """All of one pack; `hash` is that of the last message, which depends on all before it."""

    id: ConversationId
    shop: str
    lines: tuple[PackLine, ...]
    findings: tuple[FindingShown, ...]
    orders: tuple[PackOrder, ...]
    hash: str
    language: Language

    @property
    def quotes(self) -> tuple[PackLine, ...]:
        """Return the customer's messages that findings rest on: their own words."""
        return tuple(line for line in self.lines if line.sender == "buyer" and line.quoted)


def evidence_pack(home: Path, written: str, language: Language, *, shop: str | None = None) -> EvidencePack:
    """Return the pack of a conversation, named DAY/ACCOUNT/BUYER; a ReportableError when there is none."""
    found = inspected_conversation(home, written, language, shop=shop)
    messages, orders = _rows(home, found)
    hashes = list(message_hashes(messages))
    zone = found.lines[0].at.tzinfo
    lines = tuple(
        PackLine(line.at, "robot" if line.automatic else line.sender, line.text, _spans(found, line.place), hashed)
        for line, hashed in zip(found.lines, hashes, strict=True)
    )
    listed = tuple(
        PackOrder(
            row["order_id"], row["status"] or "", row["amount_paid"],
            {name: None if row[name] is None else row[name].replace(tzinfo=UTC).astimezone(zone)
             for name in ("created_at", "paid_at", "shipped_at", "received_at")},
            row["seller_note"] or "",
        )
        for row in orders
    )  # fmt: skip
    return EvidencePack(found.id, found.shop, lines, found.findings, listed, hashes[-1], language)


def message_hashes(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield the SHA-256 of each message as it was imported, chained: each contains the one before."""
    before = ""
    for row in rows:
        parts = [before, *(str(row[name]) if row[name] is not None else "" for name in _COLUMNS)]
        before = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
        yield before


def _spans(found: InspectedConversation, place: int) -> tuple[tuple[int, int], ...]:
    marks = (mark for one in found.findings for mark in one.evidence if mark.place == place and mark.role == "said")
    return tuple(sorted({(mark.start, mark.end) for mark in marks}))


def _rows(home: Path, found: InspectedConversation) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the conversation's messages as imported, and the customer's orders of the weeks before."""
    day = parse_day(found.id.day, name="conversation")
    with open_inspection(home, InspectAsk(found.id.day, found.id.day, found.shop)) as inspection:
        data = inspection.data
        slices = data.store.slices(data.snapshot, found.shop, first=day, last=day)
        messages = pa.concat_tables(list(data.store.messages(data.snapshot, slices, columns=_COLUMNS)))
        own = messages.filter(
            pc.and_(
                pc.equal(messages["buyer"].cast(pa.string()), found.id.buyer),
                pc.equal(messages["agent"].cast(pa.string()), found.id.agent),
            )
        )
        orders = data.store.current(data.snapshot, "orders", shops=[found.shop]).select([*_ORDER, "buyer"])
        first, last = (
            pa.scalar(datetime.combine(one, datetime.min.time()), pa.timestamp("us"))
            for one in (day - LOOK_BACK_DAYS * DAY, day + 2 * DAY)
        )
        near = pc.and_(pc.greater_equal(orders["created_at"], first), pc.less(orders["created_at"], last))
        theirs = orders.filter(pc.and_(pc.equal(orders["buyer"], found.id.buyer), pc.fill_null(near, False)))
        return own.to_pylist(), theirs.sort_by("created_at").to_pylist()
