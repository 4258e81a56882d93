"""One conversation with what was found in it, each finding at its words; and the score that follows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.inspect_findings import Decisions, FindingShown, findings_in, score_of_conversation
from xiaoer.actions.inspect_load import InspectAsk, Inspection, open_inspection
from xiaoer.actions.shop_data import account_named
from xiaoer.base.days import parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_in_place
from xiaoer.facts.corrections import corrected_messages

_COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "kind", "auto", "text")
_PARTS = 3


@dataclass(frozen=True)
class ConversationId:
    """A conversation: a shop's local day, account and buyer; written DAY/ACCOUNT/BUYER."""

    day: str
    agent: str
    buyer: str

    def __str__(self) -> str:
        return f"{self.day}/{self.agent}/{self.buyer}"


@dataclass(frozen=True)
class LineShown:
    """One message: its text with telephone numbers, addresses and the customer's name covered, places kept."""

    place: int
    at: datetime
    sender: str
    kind: str
    automatic: bool
    text: str


@dataclass(frozen=True)
class InspectedConversation:
    """A conversation, its findings in the order in which they happened, its score by machine and after decisions."""

    id: ConversationId
    shop: str
    lines: tuple[LineShown, ...]
    findings: tuple[FindingShown, ...]
    machine_score: Decimal
    score: Decimal


def conversation_id(written: str) -> ConversationId:
    """Return the conversation that DAY/ACCOUNT/BUYER names; a ReportableError when it is written otherwise."""
    parts = written.split("/", _PARTS - 1)
    if len(parts) != _PARTS or not all(parts):
        raise ReportableError.of("inspect.bad_conversation", values={"found": written[:40]})
    return ConversationId(*parts)


def inspected_conversation(
    home: Path, written: str, language: Language, *, shop: str | None = None, decisions: Decisions | None = None
) -> InspectedConversation:
    """Return a conversation by DAY/ACCOUNT/BUYER; an account's person may be named as elsewhere.

    A ReportableError when there is none, or when several shops are open and none is named.
    """
    asked = conversation_id(written)
    day = parse_day(asked.day, name="conversation")
    with open_inspection(home, InspectAsk(str(day), str(day), shop)) as inspection:
        name = inspection.data.shop
        if name is None:
            raise ReportableError.of("cli.which_shop", values={"shops": ", ".join(inspection.data.shops)})
        rows, agent = _messages(inspection, name, asked)
        found = [
            one for one in findings_in(inspection, language) if (one.id.agent, one.id.buyer) == (agent, asked.buyer)
        ]
        own = {
            id_: one
            for id_, one in (decisions or {}).items()
            if (id_.shop, id_.day, id_.agent, id_.buyer) == (name, str(day), agent, asked.buyer)
        }
        machine, decided = score_of_conversation(found, own, inspection.standards)
        zone = inspection.data.snapshot.settings_of(name).clock.zone
        lines = tuple(
            LineShown(
                place, row["sent_at"].replace(tzinfo=UTC).astimezone(zone), row["sender"], row["kind"] or "text",
                bool(row["auto"]), masked_in_place(row["text"] or "", name=asked.buyer),
            )
            for place, row in enumerate(rows.to_pylist())
        )  # fmt: skip
        return InspectedConversation(
            ConversationId(str(day), agent, asked.buyer), name, lines, tuple(found), machine, decided
        )


def _messages(inspection: Inspection, shop: str, asked: ConversationId) -> tuple[pa.Table, str]:
    """Return the conversation's messages in order, and the whole account."""
    data, day = inspection.data, parse_day(asked.day, name="conversation")
    slices = data.store.slices(data.snapshot, shop, first=day, last=day)
    if not slices:
        raise ReportableError.of("inspect.no_conversation")
    found = pa.concat_tables(list(data.store.messages(data.snapshot, slices, columns=_COLUMNS)))
    messages = corrected_messages(found, data.snapshot.corrections_of(shop))
    own = messages.filter(pc.equal(messages["buyer"].cast(pa.string()), asked.buyer))
    accounts = sorted(set(own["agent"].cast(pa.string()).to_pylist()))
    if not accounts:
        raise ReportableError.of("inspect.no_conversation")
    agent = account_named(asked.agent, accounts, data.agent_names)
    return own.filter(pc.equal(own["agent"].cast(pa.string()), agent)), agent
