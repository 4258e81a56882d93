"""Conversations as models read them: what people wrote, in order, and who wrote it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.inspection.model.example import Said

COLUMNS = ("local_date", "buyer", "agent", "sent_at", "sender", "kind", "auto", "text")
PEOPLE = ("buyer", "agent")


@dataclass(frozen=True, order=True)
class Between:
    """Which conversation: what one buyer and one account write on one local day."""

    day: date
    agent: str
    buyer: str

    def __str__(self) -> str:
        return f"{self.day}/{self.agent}/{self.buyer}"


@dataclass(frozen=True)
class Conversation:
    """All messages in order; `spoken` is None where a message is no words of a person."""

    between: Between
    spoken: tuple[Said | None, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """Return what people wrote."""
        return tuple(one for one in self.spoken if one is not None)

    @property
    def of_buyer(self) -> tuple[Said, ...]:
        """Return what the customer wrote."""
        return tuple(one for one in self.said if one.speaker == "buyer")


def conversations_in(messages: pa.Table) -> list[Conversation]:
    """Return the conversations of whole days, as messages sorted by (day, buyer, sent_at, position) hold them."""
    found: dict[Between, list[Said | None]] = {}
    names = ("local_date", "agent", "buyer", "sender", "kind", "text")
    plain = [messages[name] if name in ("local_date", "text") else messages[name].cast(pa.string()) for name in names]
    values = [column.to_pylist() for column in plain]
    automatic = pc.fill_null(messages["auto"], False).to_pylist()
    for day, agent, buyer, sender, kind, text, auto in zip(*values, automatic, strict=True):
        spoken = sender in PEOPLE and not auto and kind in (None, "text") and bool(text and text.strip())
        found.setdefault(Between(day, agent, buyer), []).append(Said(sender, text) if spoken else None)
    return [Conversation(between, tuple(spoken)) for between, spoken in found.items()]


def by_between(conversations: Iterable[Conversation]) -> Mapping[Between, Conversation]:
    """Return conversations by which they are."""
    return {one.between: one for one in conversations}
