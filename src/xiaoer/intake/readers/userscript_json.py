"""The 千牛 web userscript's export: one JSON document per buyer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.chat import Conversation, Nicks, Said, clean_nick, contents, documents, json_head, message_table
from xiaoer.intake.chat.moments import any_time, normal_time
from xiaoer.intake.chat.nicks import ROBOT, SYSTEM_NICKS, is_masked, mains_of
from xiaoer.intake.chat.records import first_text
from xiaoer.intake.chat.said import Sender
from xiaoer.intake.encoding import head_text
from xiaoer.intake.raw import BadRow, RawTable, Reader, Source
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.text_rows import TextRow

NAME = "userscript_json"
_EXPORTED = re.compile(r'"exportTime"\s*:\s*"?([^",}]{8,40})')
THE_SHOP = frozenset({"我", "客服", "卖家", "商家", "me", "self", "seller"})
THE_BUYER = frozenset({"买家", "客户", "顾客", "用户", "对方", "buyer", "user"})


def recognises(source: Source) -> bool:
    """Return whether the content is a buyer's document of the userscript."""
    return {"user", "chats"} <= json_head(source)


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield one table of messages for the file's documents."""
    table = message_table(NAME, source, _messages(documents(source), source, options))
    exported = _EXPORTED.search(head_text(source))
    yield replace(table, exported_at=any_time(exported[1]) if exported else None)


def _messages(
    found: Iterator[tuple[int, Any] | BadRow], source: Source, options: ReadOptions
) -> Iterator[TextRow | BadRow | Issue]:
    for each in found:
        if isinstance(each, BadRow):
            yield each
            continue
        line, document = each
        chats = document.get("chats") if isinstance(document, dict) else None
        if not isinstance(chats, list) or not first_text(document, "user"):
            yield BadRow(line, (), (Issue("chat.not_this_form", Severity.REJECTED, source.place(line=line)),))
            continue
        yield from _one_buyer(document, chats, line=line, source=source, options=options)


def _one_buyer(
    document: dict[str, Any], chats: list[Any], *, line: int, source: Source, options: ReadOptions
) -> Iterator[TextRow | BadRow | Issue]:
    buyer = clean_nick(first_text(document, "user") or "")
    lines = [chat for chat in chats if isinstance(chat, dict)]
    senders = {clean_nick(first_text(chat, "sender") or "") for chat in lines}
    nicks = Nicks(mains_of(senders) | {options.shop})
    talk = Conversation(source, fallback_account=options.shop)
    for chat in lines:
        yield from talk.take(_said(chat, line=line, buyer=buyer, nicks=nicks, shop=options.shop))
    yield from talk.finish()
    yield from talk.notes()
    stated = first_text(document, "count")
    if len(lines) != len(chats) or (stated and stated != str(len(chats))):
        values: dict[str, str | int] = {"stated": (stated or str(len(chats)))[:20], "found": len(lines)}
        yield Issue("chat.count_differs", Severity.WARNING, source.place(line=line), values)


def _said(chat: dict[str, Any], *, line: int, buyer: str, nicks: Nicks, shop: str) -> Said:
    nick = clean_nick(first_text(chat, "sender") or "")
    picture, words = first_text(chat, "imgUrl"), first_text(chat, "text")
    date, time = first_text(chat, "date") or "", first_text(chat, "time") or ""
    at, key = normal_time(time if date in time or len(time) > len("10:00:00.000") else f"{date} {time}".strip())
    if nick in SYSTEM_NICKS or contents.is_recall(words or "") or contents.transfer_of(words or ""):
        return _notice(words, line=line, at=at, key=key, buyer=buyer, nicks=nicks)
    mine = nick not in THE_BUYER and nick != buyer and not (is_masked(nick) and ":" not in nick)
    is_robot = nick.endswith(f":{ROBOT}") or nick == ROBOT
    sender: Sender = "buyer" if not mine else "robot" if is_robot else "agent"
    account = (shop if nick in THE_SHOP else nicks.account(nick) if sender == "robot" else nick) if mine else buyer
    return Said(
        line,
        at,
        sender,
        account,
        words or picture,
        kind="image" if picture and not words else contents.kind_of(words),
        auto=sender == "agent" and contents.is_automatic(words or ""),
        to=buyer if mine else None,
        order_key=key,
    )


def _notice(words: str | None, *, line: int, at: str, key: str, buyer: str, nicks: Nicks) -> Said:
    transfer = contents.transfer_of(words or "")
    if transfer is None:
        kind = "recall" if contents.is_recall(words or "") else "system"
        return Said(line, at, "system", None, words, kind=kind, to=buyer, order_key=key)
    source, target = nicks.account(clean_nick(transfer.source)), nicks.account(clean_nick(transfer.target))
    return Said(line, at, "system", source, words, kind="transfer", to=buyer, transfer_to=target, order_key=key)


READER = Reader(recognises, read)
