"""Chatwoot's answers about messages: conversations with their contact, and the messages inside or alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import Conversation, Said, contents, documents, json_head, message_table
from xiaoer.intake.chat.chatwoot import Names, contact_of, moment_of
from xiaoer.intake.chat.json_documents import text_of
from xiaoer.intake.chat.nicks import ROBOT
from xiaoer.intake.chat.records import Record, first_text, records
from xiaoer.intake.chat.said import Sender
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "chatwoot_messages"
MOST_TOGETHER = 50_000
MOST_REMEMBERED = 500_000
INCOMING, OUTGOING, ACTIVITY, TEMPLATE = "0", "1", "2", "3"
TYPES = {"incoming": INCOMING, "outgoing": OUTGOING, "activity": ACTIVITY, "template": TEMPLATE}


@dataclass
class Run:
    """Messages of one conversation that stand together, and what is remembered of other conversations."""

    source: Source
    shop: str
    conversation: str | None = None
    buyer: str | None = None
    account: str | None = None  # whom the conversation is assigned to
    said: dict[str, Said] = field(default_factory=dict)
    last_accounts: dict[str, str] = field(default_factory=dict)
    private: int = 0
    names: Names = field(default_factory=Names)

    def take(self, record: Record, around: tuple[Record, ...], line: int) -> Iterator[TextRow | BadRow]:
        """Yield the conversation before, where this message is of another one."""
        conversation = first_text(record, "conversation_id")
        if conversation != self.conversation or len(self.said) >= MOST_TOGETHER:
            yield from self.give()
            self.conversation = conversation
        contact, assignee = contact_of(record, around)
        self.buyer = contact or self.buyer
        self.account = self.names.agent(assignee) or self.account
        if record.get("private") is True:
            self.private += 1
            return
        said = self._said(record, line)
        self.said.setdefault(said.message_id or f"line {line} {len(self.said)}", said)

    def give(self) -> Iterator[TextRow | BadRow]:
        """Yield the messages so far in the order of their times, each with its buyer and account."""
        fallback = self.last_accounts.get(self.conversation or "") or self.account or self.shop
        chat = Conversation(self.source, fallback)
        order = sorted(self.said.values(), key=lambda said: (said.order_key, _number(said.message_id)))
        for said in order:
            yield from chat.take(_with_buyer(said, self.buyer))
        if chat.account and self.conversation and len(self.last_accounts) < MOST_REMEMBERED:
            self.last_accounts[self.conversation] = chat.account
        yield from chat.finish()
        self.said, self.buyer, self.account = {}, None, None

    def notes(self) -> Iterator[Issue]:
        """Yield what was left out, and names that two people share."""
        place = self.source.place()
        if self.private:
            yield Issue("chat.private_notes", Severity.NOTE, place, {"count": self.private})
        if self.names.shared:
            yield Issue("chat.same_name", Severity.WARNING, place, {"count": len(self.names.shared)})

    def _said(self, record: Record, line: int) -> Said:
        at, key = moment_of(first_text(record, "created_at") or "")
        given = record.get("sender")
        sender, nick = self._speaker(first_text(record, "message_type") or "", given if isinstance(given, dict) else {})
        text = first_text(record, "content")
        return Said(
            line,
            at,
            sender,
            nick,
            text,
            kind=_kind(record, text, sender),
            auto=sender == "robot",
            message_id=first_text(record, "id"),
            order_key=key,
        )

    def _speaker(self, type_: str, sender: Mapping[str, Any]) -> tuple[Sender, str | None]:
        """Return who speaks: an outgoing message that no person of the shop wrote is a robot's."""
        type_ = TYPES.get(type_, type_)
        if type_ == INCOMING:
            return "buyer", None
        if type_ == ACTIVITY:
            return "system", None
        if type_ == OUTGOING and sender.get("type", "user") == "user" and (name := self.names.agent(sender)):
            return "agent", name
        if sender.get("type") in (None, "user", "contact"):
            return "robot", None
        # Under this name a bot's account is known as a robot's without any setting.
        return "robot", f"{text_of(sender.get('name')) or sender['type']}:{ROBOT}"


def recognises(source: Source) -> bool:
    """Return whether the content has messages of conversations."""
    return {"message_type", "conversation_id", "created_at", "content"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages."""
    yield message_table(NAME, source, _messages(source, options.shop))


def _messages(source: Source, shop: str) -> Iterator[TextRow | BadRow | Issue]:
    run = Run(source, shop)
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, around in records(document, "message_type", "conversation_id"):
            yield from run.take(record, around, line)
    yield from run.give()
    yield from run.notes()


def _with_buyer(said: Said, buyer: str | None) -> Said:
    return replace(said, nick=buyer) if said.sender == "buyer" else replace(said, to=buyer)


def _kind(record: Record, text: str | None, sender: Sender) -> str:
    attributes = record.get("content_attributes")
    if isinstance(attributes, dict) and attributes.get("deleted") is True:
        return "recall"
    if record.get("content_type") == "input_csat":
        return "rating_invite"
    if sender == "system":
        return "system"
    attachments = record.get("attachments")
    if not text and isinstance(attachments, list) and attachments:
        files = {one.get("file_type") for one in attachments if isinstance(one, dict)}
        return "image" if files == {"image"} else "text"
    return contents.kind_of(text)


def _number(text: str | None) -> tuple[int, str]:
    return (int(text) if text and text.isascii() and text.isdigit() else 0, text or "")


READER = Reader(recognises, read)
