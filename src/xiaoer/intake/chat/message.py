"""Messages in the columns of the canonical table."""

from collections.abc import Iterable

from xiaoer.base.issues import Issue
from xiaoer.intake.chat.said import Said
from xiaoer.intake.raw import BadRow, RawTable, Source
from xiaoer.intake.text_rows import TextRow, text_table

MESSAGE_HEADER = ("buyer", "agent", "sent_at", "sender", "text", "kind", "auto", "transfer_to", "message_id")


def message_of(said: Said, *, buyer: str | None, agent: str | None) -> TextRow:
    """Return the message of a line whose buyer and account are known."""
    auto = "true" if said.auto else "false"
    values = (buyer, agent, said.sent_at, said.sender, said.text, said.kind, auto, said.transfer_to, said.message_id)
    return TextRow(said.line, values)


def message_table(reader: str, source: Source, rows: Iterable[TextRow | BadRow | Issue]) -> RawTable:
    """Return the raw table of messages, walked once as it is read."""
    return text_table(reader, source, header=MESSAGE_HEADER, rows=rows)
