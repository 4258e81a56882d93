"""The platform's ratings of conversations (very satisfied is written 0, very dissatisfied 4)."""

from collections.abc import Iterator

from xiaoer.intake.chat import clean_nick, documents, json_head, known_buyer
from xiaoer.intake.chat.moments import any_time
from xiaoer.intake.chat.records import Record, first_text, records
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "top_ratings"
HEADER = ("buyer", "agent", "invited_at", "rated_at", "score", "source")


def recognises(source: Source) -> bool:
    """Return whether the content has ratings with their sender."""
    return {"eval_code", "eval_sender"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of ratings; the words of score and source are the platform's, told in its YAML."""
    yield text_table(NAME, source, header=HEADER, rows=_ratings(source))


def _ratings(source: Source) -> Iterator[TextRow | BadRow]:
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, _ in records(document, "eval_sender"):
            yield TextRow(line, _values(record))


def _values(record: Record) -> tuple[str | None, ...]:
    return (
        known_buyer(first_text(record, "eval_recer"), first_text(record, "open_uid")),
        clean_nick(first_text(record, "eval_sender") or "") or None,
        any_time(first_text(record, "send_time") or "") or None,
        any_time(first_text(record, "eval_time") or "") or None,
        first_text(record, "eval_code"),
        first_text(record, "source"),
    )


READER = Reader(recognises, read)
