"""生意参谋's chat details: receptions with a buyer and an account, and the messages inside or beside them."""

from collections.abc import Iterator

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import Nicks, clean_nick, contents, documents, json_head, known_buyer, message_of, message_table
from xiaoer.intake.chat.moments import any_time
from xiaoer.intake.chat.nicks import mains_of
from xiaoer.intake.chat.records import Record, first_text, records, text_around
from xiaoer.intake.chat.said import Said, Sender
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "sycm_chats"


def recognises(source: Source) -> bool:
    """Return whether the content has messages of 生意参谋's chat details."""
    return {"gmtCreated", "userNickFrom", "userNickTo"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the one table of messages."""
    yield message_table(NAME, source, _messages(source, options))


def _messages(source: Source, options: ReadOptions) -> Iterator[TextRow | BadRow | Issue]:
    for each in documents(source):
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        for record, around in records(document, "gmtCreated", "userNickFrom"):
            yield _message(record, around, line=line, shop=options.shop, source=source)


def _message(record: Record, around: tuple[Record, ...], *, line: int, shop: str, source: Source) -> TextRow | BadRow:
    account = clean_nick(text_around(around, "psnNickName") or "")
    masked = clean_nick(text_around(around, "buyerNick") or "")
    sides = [clean_nick(first_text(record, name) or "") for name in ("userNickFrom", "userNickTo")]
    nicks = Nicks(mains_of({account, *sides}) | {shop})
    mine = [side == account or (side != masked and nicks.sender(side) in ("agent", "robot")) for side in sides]
    text = first_text(record, "msg")
    if mine[0] == mine[1]:
        said = Said(line, any_time(first_text(record, "gmtCreated") or ""), "system", None, text)
        issue = Issue("chat.who_speaks", Severity.REJECTED, source.place(line=line))
        return BadRow(line, message_of(said, buyer=masked or None, agent=account or None).cells, (issue,))
    own = sides[0] if mine[0] else sides[1]
    theirs = masked or (sides[1] if mine[0] else sides[0])
    sender: Sender = ("robot" if nicks.sender(own) == "robot" else "agent") if mine[0] else "buyer"
    return message_of(
        Said(
            line,
            any_time(first_text(record, "gmtCreated") or ""),
            sender,
            own,
            text,
            kind=contents.kind_of(text),
            auto=sender == "agent" and contents.is_automatic(text or ""),
            message_id=first_text(record, "msgId"),
        ),
        buyer=known_buyer(theirs, _buyer_id(around)),
        agent=own,
    )


def _buyer_id(around: tuple[Record, ...]) -> str | None:
    """The reception's id ends with the buyer's own: it keeps two buyers apart that are masked alike."""
    parts = (text_around(around, "dataId") or "").split("_")
    return parts[3] if len(parts) == 4 and parts[3] else None


READER = Reader(recognises, read)
