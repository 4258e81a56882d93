"""Dialogues one per line: the two sides' ids, and messages with a time and the role of who wrote them."""

import re
from collections.abc import Iterator
from typing import Any

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import contents, documents, json_head, message_of, message_table
from xiaoer.intake.chat.moments import any_time
from xiaoer.intake.chat.records import Record, first_text
from xiaoer.intake.chat.said import Said, Sender
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "dialogue_jsonl"
# Times are whole seconds that a table program left with noise (07.999996 and 34.000002). Figures of this source are
# published with the fraction cut off, and so it is here.
_FRACTION = re.compile(r"(?<=:\d\d)\.\d+$")
SENDERS: dict[str, Sender] = {
    "用户": "buyer", "买家": "buyer", "顾客": "buyer", "客户": "buyer", "user": "buyer", "buyer": "buyer",
    "客服": "agent", "卖家": "agent", "商家": "agent", "agent": "agent", "seller": "agent",
    "机器人": "robot", "robot": "robot", "系统": "system", "system": "system",
}  # fmt: skip


def recognises(source: Source) -> bool:
    """Return whether the content has dialogues with two ids and messages with a role."""
    return {"sellerid", "userid", "dialogue", "sender_type"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages."""
    yield message_table(NAME, source, _messages(source))


def _messages(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        said = document.get("dialogue") if isinstance(document, dict) else None
        if not isinstance(said, list):
            yield BadRow(line, (), (Issue("chat.not_this_form", Severity.REJECTED, source.place(line=line)),))
            continue
        for message in said:
            yield _message(document, message, line=line, source=source)


def _message(document: dict[str, Any], message: object, *, line: int, source: Source) -> TextRow | BadRow:
    record: Record = message if isinstance(message, dict) else {}
    sender = SENDERS.get((first_text(record, "sender_type") or "").strip().lower())
    text = first_text(record, "send_content")
    number, dialogue = first_text(record, "seq_no"), first_text(document, "sid")
    said = Said(
        line,
        any_time(_FRACTION.sub("", first_text(record, "time") or "")),
        sender or "system",
        None,
        text,
        kind="system" if sender == "system" else contents.kind_of(text),
        auto=sender == "agent" and contents.is_automatic(text or ""),
        message_id=f"{dialogue}-{number}" if dialogue and number else None,
    )
    row = message_of(said, buyer=first_text(document, "userid"), agent=first_text(document, "sellerid"))
    if sender is None:
        return BadRow(line, row.cells, (Issue("chat.who_speaks", Severity.REJECTED, source.place(line=line)),))
    return row


READER = Reader(recognises, read)
