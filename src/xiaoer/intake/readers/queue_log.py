"""Asterisk's queue_log, one event per line: calls through the queues, and when agents were there or away."""

from collections.abc import Iterator
from itertools import chain, islice

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.readers.queue_calls import CALL_HEADER, Calls
from xiaoer.intake.readers.queue_event import event_of
from xiaoer.intake.readers.queue_presence import PRESENCE_HEADER, Members
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow, text_table

NAME = "queue_log"
LINES_LOOKED_AT = 50
PRESENCE_WORDS = ("MEMBER", "PAUSE", "LOGIN", "LOGOFF")  # most lines are of calls and need no closer look


def recognises(source: Source) -> bool:
    """Return whether the first lines are events of a queue log."""
    if not is_text(source.head[:4096]):
        return False
    lines = [line for line in islice(head_text(source).splitlines(), LINES_LOOKED_AT) if line.strip()]
    return bool(lines) and sum(event_of(1, line) is not None for line in lines) * 4 >= len(lines) * 3


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the tables of calls and of presence that there are, each from a walk that keeps only what is open."""
    for header, rows in ((CALL_HEADER, _calls(source)), (PRESENCE_HEADER, _presence(source))):
        if (first := next(rows, None)) is not None:
            yield text_table(NAME, source, header=header, rows=chain([first], rows))


def _calls(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    calls = Calls(source)
    for number, line in text_lines(source):
        event = event_of(number, line)
        if event is not None:
            yield from calls.take(event)
        elif line.strip("\ufeff \t"):
            yield BadRow(number, (line,), (Issue("calls.no_event", Severity.REJECTED, source.place(line=number)),))
    yield from calls.finish()


def _presence(source: Source) -> Iterator[TextRow | BadRow | Issue]:
    members = Members()
    for number, line in text_lines(source):
        if any(name in line for name in PRESENCE_WORDS) and (event := event_of(number, line)) is not None:
            yield from members.take(event)
    yield from members.finish()


READER = Reader(recognises, read)
