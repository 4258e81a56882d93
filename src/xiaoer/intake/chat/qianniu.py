"""Chat text copied from the 千牛 window: headers in three shapes, then the lines of the message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from xiaoer.intake.chat import contents
from xiaoer.intake.chat.moments import TIME, normal_time
from xiaoer.intake.chat.nicks import Nicks, clean_nick
from xiaoer.intake.chat.said import Said

LONGEST_NICK = 64
MOST_CHARACTERS = 1_000_000
_BOTH = re.compile(rf"(?P<nick>\S[^\t]*?)\s*-->\s*(?P<to>\S[^\t]*?)\s+(?P<at>{TIME})\s*")
_NICK_AND_TIME = re.compile(rf"(?P<nick>\S.*?)[ \u3000\xa0]*(?P<at>{TIME})\s*")
_TIME_ALONE = re.compile(rf"\s*(?P<at>{TIME})\s*")
# Signs that no nick has; a line of a message that happens to end with a time mostly has one.
_NO_NICK = re.compile(
    r"[\s,，。！!？?;；、“”\"《》<>|=/\\~～…]|[:：]$|(?:时间|日期|截止|有效期|于|至)$"
    r"|^\d{1,4}$|^[\d:\-]*[:\-][\d:\-]*$|转交给|撤回了"
)


@dataclass(frozen=True, slots=True)
class Header:
    """The line (or two) before a message."""

    nick: str
    at: str
    to: str | None = None


@dataclass(slots=True)
class Utterance:
    """A header and the lines after it; a recall without a header has its own."""

    line: int
    header: Header
    body: list[str] = field(default_factory=list)
    recalls: list[tuple[int, str]] = field(default_factory=list)
    transfers: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0


@dataclass(slots=True)
class Dropped:
    """Lines that were left out, counted."""

    noise: int = 0
    before_first: int = 0


def header_of(line: str) -> Header | None:
    """Return the header that one line is (nick and time, or sender --> receiver and time), or None."""
    if not _may_end_with_time(line) or "\t" in line:
        return None
    if "-->" in line and (both := _BOTH.fullmatch(line)):
        nick, to = nick_of(both["nick"]), nick_of(both["to"])
        return Header(nick, both["at"], to) if nick and to else None
    found = _NICK_AND_TIME.fullmatch(line)
    nick = nick_of(found["nick"]) if found else None
    return Header(nick, found["at"]) if found and nick else None


@lru_cache(maxsize=65_536)  # the same few speak all day
def nick_of(text: str) -> str | None:
    """Return the nick that the text is, or None when it can be nobody's."""
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NICK or _NO_NICK.search(text) or text in contents.READ_STATES:
        return None
    return clean_nick(text)


def cut(
    lines: Iterable[tuple[int, str]], *, no_headers: frozenset[int] = frozenset()
) -> Iterator[tuple[int, str, Header | None]]:
    """Yield every line with its number and the header that it is; a nick above its time is one line with it.

    Lines whose numbers are in `no_headers` belong to a message, whatever they look like.
    """
    held: tuple[int, str] | None = None  # a line that may turn out to be a nick alone above its time
    for number, line in lines:
        if not _may_end_with_time(line):
            if held is not None:
                yield held[0], held[1], None
            held = (number, line)
            continue
        alone = _TIME_ALONE.fullmatch(line)
        nick = nick_of(held[1]) if held is not None and alone else None
        if held is not None and alone and nick:
            yield held[0], line, Header(nick, alone["at"])
            held = None
            continue
        if held is not None:
            yield held[0], held[1], None
        header = None if number in no_headers else header_of(line)
        held = (number, line) if header is None else None
        if header is not None:
            yield number, line, header
    if held is not None:
        yield held[0], held[1], None


def utterances(
    lines: Iterable[tuple[int, str]], dropped: Dropped, *, no_headers: frozenset[int] = frozenset()
) -> Iterator[Utterance]:
    """Yield what was said, in order; lines before the first header and noise are counted in `dropped`."""
    current: Utterance | None = None
    for number, line, header in cut(lines, no_headers=no_headers):
        if header is None:
            _put(current, number, line, dropped)
            continue
        if current is not None:
            yield current
        current = Utterance(number, header)
    if current is not None:
        yield current


def said_of(utterance: Utterance, nicks: Nicks, dropped: Dropped) -> Iterator[Said]:
    """Yield the lines of a chat that one utterance holds: its message, then recalls and transfers in it."""
    header = utterance.header
    at, key = normal_time(header.at)
    sender = nicks.sender(header.nick)
    text = _text_of(utterance, mine=sender != "buyer", dropped=dropped)
    if text is not None:
        yield Said(
            utterance.line,
            at,
            sender,
            None if sender == "system" else header.nick,
            text or None,
            kind="system" if sender == "system" else contents.kind_of(text),
            auto=sender == "agent" and contents.is_automatic(text),
            to=header.to,
            order_key=key,
        )
    for number, line in utterance.transfers:
        yield _transfer(number, line, header=header, nicks=nicks, at=at, key=key)
    for number, _ in utterance.recalls:
        yield Said(number, at, "system", None, "撤回了一条消息", kind="recall", order_key=key)


def _may_end_with_time(line: str) -> bool:
    return ":" in line and len(line) <= 4 * LONGEST_NICK and line.rstrip()[-1:].isdigit()


def _put(current: Utterance | None, number: int, line: str, dropped: Dropped) -> None:
    if current is None or not line.strip():
        dropped.before_first += bool(line.strip())
        return
    if current.size > MOST_CHARACTERS:  # a message this long is refused whole: no need to hold the rest of it
        return
    current.size += len(line) + 1
    if contents.is_recall(line):
        current.recalls.append((number, line))
    elif contents.transfer_of(line):
        current.transfers.append((number, line))
    else:
        current.body.append(line.rstrip())


def _text_of(utterance: Utterance, *, mine: bool, dropped: Dropped) -> str | None:
    """Return the words of the message; None when there was no message, only a note of the window."""
    written = [line for line in utterance.body if line.strip()]
    states = contents.READ_STATES
    if mine or len(written) > 1:  # a buyer's only line may say 已读 and mean it
        written = [line for line in written if line.strip() not in states]
    kept = [line for line in written if not contents.is_noise(line)]
    beside_a_card = len(kept) < len(written) or any("://" in line for line in kept)
    if beside_a_card:
        kept = [line for line in kept if not contents.is_price(line)]
    dropped.noise += len(written) - len(kept)
    if not kept and (written or utterance.transfers or utterance.recalls):
        return None
    return "\n".join(kept)


def _transfer(number: int, line: str, *, header: Header, nicks: Nicks, at: str, key: str) -> Said:
    transfer = contents.transfer_of(line)
    assert transfer is not None, "only lines that are transfers are kept as such"
    beside = header.nick if ":" in header.nick else header.to
    source = nicks.account(clean_nick(transfer.source), beside=beside)
    target = nicks.account(clean_nick(transfer.target), beside=beside)
    buyer = header.nick if nicks.sender(header.nick) == "buyer" else header.to
    return Said(
        number, at, "system", source, line.strip(), kind="transfer", to=buyer, transfer_to=target, order_key=key
    )
