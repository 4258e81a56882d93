"""The platform's chat-log answers: direction, time, content, and two nicks in the request or in each message."""

from collections.abc import Iterator

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import Nicks, clean_nick, contents, documents, json_head, message_of, message_table
from xiaoer.intake.chat.moments import any_time
from xiaoer.intake.chat.nicks import is_masked, mains_of
from xiaoer.intake.chat.records import Record, first_text, records, text_around
from xiaoer.intake.chat.said import Said, Sender
from xiaoer.intake.chat.table_documents import table_documents, table_head
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "top_chatlog"
Pair = tuple[str, str]
FROM = ("from_id", "fromId", "from_nick", "fromNick", "sender_nick", "sender", "from")
TO = ("to_id", "toId", "to_nick", "toNick", "receiver_nick", "receiver", "to")


def recognises(source: Source) -> bool:
    """Return whether the content has messages with a time and a direction, or a time and both sides."""
    keys = json_head(source) or {name.lower() for name in table_head(source)}
    says_who = "direction" in keys or {"from_id", "to_id"} <= keys
    return "time" in keys and says_who and bool(keys & {"content", "content_list"})


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages."""
    yield message_table(NAME, source, _messages(source, options))


def _messages(source: Source, options: ReadOptions) -> Iterator[TextRow | BadRow | Issue]:
    by_direction = 0
    copied = _copied_requests(source)
    for each in _documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, around in _said(document):
            first, second, certain = _sides(record, around, copied)
            by_direction += bool(first and second and not certain)
            yield _message(record, first, second, line=line, shop=options.shop, source=source)
    if by_direction:
        yield Issue("chat.by_direction", Severity.WARNING, source.place(), {"count": by_direction})


def _documents(source: Source) -> Iterator[tuple[int, object] | BadRow]:
    return documents(source) if json_head(source) else table_documents(source)


def _said(document: object) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    for record, around in records(document, "time"):
        if "direction" in record or _own(record) is not None:
            yield record, around


def _sides(record: Record, around: tuple[Record, ...], copied: frozenset[Pair]) -> tuple[str, str, bool]:
    """Return who speaks, who is spoken to, and whether the message itself says so.

    Where only the request has nicks: direction 0 is from the first to the second, 1 the other way.
    """
    own = _own(record)
    if own is not None and own not in copied:
        return *own, True
    first = first_text(record, *FROM) or text_around(around, *FROM) or _uid(around, "user1")
    second = first_text(record, *TO) or text_around(around, *TO) or _uid(around, "user2")
    sides = clean_nick(first or ""), clean_nick(second or "")
    forth = first_text(record, "direction") != "1"
    return (sides[0], sides[1], False) if forth else (sides[1], sides[0], False)


def _copied_requests(source: Source) -> frozenset[Pair]:
    """Return the pairs that only ever stand in one order, with both directions: a request copied into every message.

    Such a pair does not say who speaks.
    """
    seen: dict[Pair, set[str | None]] = {}
    for each in _documents(source):
        if isinstance(each, BadRow):
            continue
        for record, _ in _said(each[1]):
            if (pair := _own(record)) is not None:
                seen.setdefault(pair, set()).add(first_text(record, "direction"))
    return frozenset(pair for pair, directions in seen.items() if len(directions) > 1 and pair[::-1] not in seen)


def _own(record: Record) -> Pair | None:
    first, second = _nick(record, FROM), _nick(record, TO)
    return (clean_nick(first), clean_nick(second)) if first and second else None


def _nick(record: Record, names: tuple[str, ...]) -> str | None:
    """Return one side's nick; some answers give an object with a uid."""
    objects = (record[name] for name in names if isinstance(record.get(name), dict))
    return first_text(record, *names) or next((first_text(user, "uid") for user in objects), None)


def _uid(around: tuple[Record, ...], name: str) -> str | None:
    for record in around:
        for place in (record, *(value for value in record.values() if isinstance(value, dict))):
            user = place.get(name)
            if isinstance(user, dict):
                return first_text(user, "uid")
            if isinstance(user, str):
                return user
    return None


def _message(record: Record, first: str, second: str, *, line: int, shop: str, source: Source) -> TextRow | BadRow:
    nicks = Nicks(mains_of({first, second}) | {shop})
    mine = [_is_shop(nick, other, nicks) for nick, other in ((first, second), (second, first))]
    text = _content(record)
    at = any_time(first_text(record, "time") or "")
    if not first or not second or mine[0] == mine[1]:
        code = "chat.who_speaks" if first and second else "chat.no_nicks"
        cells = message_of(Said(line, at, "system", None, text), buyer=None, agent=None).cells
        return BadRow(line, cells, (Issue(code, Severity.REJECTED, source.place(line=line)),))
    sender: Sender = ("robot" if nicks.sender(first) == "robot" else "agent") if mine[0] else "buyer"
    said = Said(
        line,
        at,
        sender,
        first,
        text,
        kind=contents.kind_of(text),
        auto=sender == "agent" and contents.is_automatic(text or ""),
        message_id=first_text(record, "uuid", "msg_id", "message_id"),
    )
    return message_of(said, buyer=second if mine[0] else first, agent=first if mine[0] else second)


def _is_shop(nick: str, other: str, nicks: Nicks) -> bool:
    if nicks.sender(nick) in ("agent", "robot"):
        return True
    return is_masked(other) and not is_masked(nick) and nicks.sender(other) == "buyer"


def _content(record: Record) -> str | None:
    """Return the words; of a list of parts, every part's value on a line of its own."""
    parts = record.get("content_list", record.get("content"))
    if isinstance(parts, dict):
        parts = next((value for value in parts.values() if isinstance(value, list)), [])
    if not isinstance(parts, list):
        return first_text(record, "content")
    texts = [first_text(part, "value") for part in parts if isinstance(part, dict)]
    return "\n".join(text for text in texts if text) or None


READER = Reader(recognises, read)
