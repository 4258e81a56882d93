"""Messages in the columns of the canonical table."""

from collections.abc import Iterable

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.said import Said
from xiaoer.intake.raw import BadRow, RawTable, Source
from xiaoer.intake.text_rows import TextRow, text_table

MESSAGE_HEADER = ("buyer", "agent", "sent_at", "sender", "text", "kind", "auto", "transfer_to", "message_id")
SENT_AT = MESSAGE_HEADER.index("sent_at")


def message_of(said: Said, *, buyer: str | None, agent: str | None) -> TextRow:
    """Return the message of a line whose buyer and account are known."""
    auto = "true" if said.auto else "false"
    values = (buyer, agent, said.sent_at, said.sender, said.text, said.kind, auto, said.transfer_to, said.message_id)
    return TextRow(said.line, values)


def message_table(reader: str, source: Source, rows: Iterable[TextRow | BadRow | Issue]) -> RawTable:
    """Return the raw table of messages, walked once as it is read; a day without a time of day makes a bad row."""
    return text_table(reader, source, header=MESSAGE_HEADER, rows=(_timed(row, source) for row in rows))


def _timed(row: TextRow | BadRow | Issue, source: Source) -> TextRow | BadRow | Issue:
    if not isinstance(row, TextRow):
        return row
    at = row.values[SENT_AT]
    if not at or ":" in at or at.isdigit():
        return row
    return BadRow(row.line, row.cells, (Issue("chat.no_time", Severity.REJECTED, source.place(line=row.line)),))
