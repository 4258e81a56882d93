"""旺旺's chat text of 2011, account by account."""

from collections.abc import Iterator

from xiaoer.base.issues import Issue
from xiaoer.intake.chat import Conversation, Nicks, message_table
from xiaoer.intake.chat.nicks import mains_of
from xiaoer.intake.chat.text_lines import text_lines
from xiaoer.intake.chat.wangwang import account_of, entries, is_message, said_of
from xiaoer.intake.encoding import head_text, is_text
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "wangwang_text"


def recognises(source: Source) -> bool:
    """Return whether the text has an account alone on a line and messages with Chinese dates."""
    if not is_text(source.head) or "年".encode("gb18030") not in source.head and "年".encode() not in source.head:
        return False
    lines = head_text(source).splitlines()
    return any(is_message(line) for line in lines) and any(account_of(line) for line in lines)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages."""
    yield message_table(NAME, source, _messages(source, options))


def _messages(source: Source, options: ReadOptions) -> Iterator[TextRow | BadRow | Issue]:
    talk = Conversation(source, fallback_account=options.shop)
    for entry in entries(text_lines(source)):
        nicks = Nicks(mains_of({entry.account} if entry.account else set()) | {options.shop})
        if entry.account != talk.account and talk.account is not None and entry.account:
            yield from talk.finish()
        yield from talk.take(said_of(entry, nicks))
    yield from talk.finish()
    yield from talk.notes()


READER = Reader(recognises, read)
