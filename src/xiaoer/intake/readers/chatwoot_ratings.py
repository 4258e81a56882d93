"""Chatwoot's answers about surveys of satisfaction: a contact's rating of a conversation, from 1 to 5."""

from collections.abc import Iterator

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import documents, json_head
from xiaoer.intake.chat.chatwoot import Names, buyer_of, moment_of
from xiaoer.intake.chat.records import first_text, records
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "chatwoot_ratings"
HEADER = ("buyer", "agent", "rated_at", "score")


def recognises(source: Source) -> bool:
    """Return whether the content has answers to surveys of conversations."""
    return {"rating", "feedback_message", "conversation_id"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of ratings."""
    yield text_table(NAME, source, header=HEADER, rows=_ratings(source))


def _ratings(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    names = Names()
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, _ in records(document, "rating", "conversation_id"):
            contact, agent = record.get("contact"), record.get("assigned_agent")
            buyer = buyer_of(contact if isinstance(contact, dict) else None)
            account = names.agent(agent if isinstance(agent, dict) else None)
            rated_at, _ = moment_of(first_text(record, "created_at") or "")
            yield TextRow(line, (buyer, account, rated_at or None, first_text(record, "rating")))
    if names.shared:
        yield Issue("chat.same_name", Severity.WARNING, source.place(), {"count": len(names.shared)})


READER = Reader(recognises, read)
