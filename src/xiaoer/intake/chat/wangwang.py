"""旺旺's text of 2011: a line with an account alone, then `2011年1月7日10:10:15 <nick>: …` lines of its chats."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xiaoer.intake.chat import contents
from xiaoer.intake.chat.moments import normal_time
from xiaoer.intake.chat.nicks import Nicks, clean_nick
from xiaoer.intake.chat.said import Said

MOST_CHARACTERS = 1_000_000
_MESSAGE = re.compile(
    r"\s*(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)\s*(?P<time>\d{1,2}:\d{1,2}:\d{1,2})\s+(?P<rest>\S.*)"
)
_ACCOUNT = re.compile(r"\s*(?P<main>[^\s:：/,，]{2,40})[:：](?P<sub>[^\s:：/,，]{1,24})\s*")


@dataclass(slots=True)
class Entry:
    """One message line and the lines that go on from it."""

    line: int
    at: str
    rest: str
    account: str | None
    more: list[str] = field(default_factory=list)
    size: int = 0


def is_message(line: str) -> bool:
    """Return whether the line starts a message."""
    return _MESSAGE.fullmatch(line) is not None


def account_of(line: str) -> str | None:
    """Return the account that the line names alone, or None."""
    found = _ACCOUNT.fullmatch(line)
    return clean_nick(line) if found and not found["main"].isdigit() else None


def entries(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the messages in order; an account's line holds until the next one of the same shop."""
    account: str | None = None
    current: Entry | None = None
    for number, line in lines:
        if found := _MESSAGE.fullmatch(line):
            if current is not None:
                yield current
            current = Entry(number, f"{found['date']} {found['time']}", found["rest"], account)
        elif (named := account_of(line)) and _of_same_shop(named, account):
            if current is not None:
                yield current
            current, account = None, named
        elif current is not None and line.strip() and current.size < MOST_CHARACTERS:
            current.more.append(line.rstrip())
            current.size += len(line) + 1
    if current is not None:
        yield current


def said_of(entry: Entry, nicks: Nicks) -> Said:
    """Return the line of a chat that an entry is."""
    nick, text = _split(entry.rest, entry.account)
    at, key = normal_time(entry.at)
    text = "\n".join([text, *entry.more]).strip("\n")
    sender = nicks.sender(nick)
    return Said(
        entry.line,
        at,
        sender,
        None if sender == "system" else nick,
        text or None,
        kind="system" if sender == "system" else contents.kind_of(text),
        auto=sender == "agent" and contents.is_automatic(text),
        to=entry.account if sender == "buyer" else None,
        order_key=key,
    )


def _of_same_shop(named: str, account: str | None) -> bool:
    """A lone word with a colon in a message (颜色:红) is no account: it has another beginning."""
    return account is None or named.partition(":")[0] == account.partition(":")[0]


def _split(rest: str, account: str | None) -> tuple[str, str]:
    """Return nick and text; the nick of an account has a colon of its own."""
    main = account.partition(":")[0] if account else None
    parts = re.split(r"[:：]", rest, maxsplit=2)
    if main and len(parts) == 3 and clean_nick(parts[0]) == main:
        return clean_nick(f"{parts[0]}:{parts[1]}"), parts[2].strip()
    nick, _, text = rest.replace("：", ":", 1).partition(":")
    return clean_nick(nick), text.strip()
