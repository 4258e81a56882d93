"""What is true about a simulated shop, by construction; written beside its files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.orders import OrderBook
from xiaoer.simulator.people import Person
from xiaoer.simulator.wall_time import wall_text

Fact = dict[str, Any]


@dataclass(frozen=True)
class Truth:
    """Facts by kind; times are local, a message is known by its message_id and by buyer, agent and sent_at."""

    chats: tuple[Fact, ...]  # every chat: scenario, buyer, agents, outcome, what it is
    orders: tuple[Fact, ...]  # whose chat led to the order and to its payment; neither: silent
    noise: tuple[Fact, ...]  # chats that are no receptions, and why
    breaches: tuple[Fact, ...]  # messages that break standards
    findings: tuple[Fact, ...]  # messages that an inspection item has to find
    gifts: tuple[Fact, ...]  # gifts promised and whether they were kept
    people: tuple[Fact, ...]  # the skill that every agent was given
    staged: tuple[Fact, ...]  # chats staged for inspection: all items that each breaks; no other item must find it

    def write(self, folder: Path) -> list[Path]:
        """Write one truth_<kind>.jsonl for each kind, and return the files."""
        written = []
        for kind in ("chats", "orders", "noise", "breaches", "findings", "gifts", "people", "staged"):
            path = folder / f"truth_{kind}.jsonl"
            lines = [json.dumps(fact, ensure_ascii=False, sort_keys=True) + "\n" for fact in getattr(self, kind)]
            path.write_text("".join(lines), encoding="utf-8")
            written.append(path)
        return written


def truth_of(log: ChatLog, book: OrderBook, people: Sequence[Person], *, end: int, staged: Sequence[Fact]) -> Truth:
    """Return what is true of everything before `end`."""
    chats = [chat for chat in log.chats if chat.started < end and chat.said]
    account = [person.account for person in people]
    listed = tuple(
        {"chat": chat.number, "scenario": chat.name, "buyer": chat.buyer, "agent": account[chat.agent],
         "mate": account[chat.mate] if chat.scenario.mates else None, "started_at": wall_text(chat.started),
         "answered": chat.answered, "outcome": chat.outcome or None, "truth": chat.scenario.truth or None,
         "order_id": chat.order.order_id if chat.order else None}
        for chat in chats
    )  # fmt: skip
    noise = tuple(
        fact | {"reason": fact["truth"]}
        for fact, chat in zip(listed, chats, strict=True)
        if chat.scenario.stage == "noise"
    )
    return Truth(
        listed,
        _order_facts(book, end),
        noise,
        _breach_facts(log, account, end),
        _finding_facts(log, account, end),
        _gift_facts(book, end),
        _people_facts(people),
        tuple(staged),
    )


def _order_facts(book: OrderBook, end: int) -> tuple[Fact, ...]:
    return tuple(
        {"order_id": order.order_id, "buyer": order.buyer, "created_by": order.created_by,
         "paid_by": order.paid_by, "silent": order.created_by is None and order.paid_by is None, "chat": order.chat,
         "created_at": wall_text(order.created), "paid": order.paid is not None and order.paid < end}
        for order in book.orders if order.created < end
    )  # fmt: skip


def _breach_facts(log: ChatLog, account: Sequence[str], end: int) -> tuple[Fact, ...]:
    said = sorted(range(len(log.at)), key=lambda row: (log.at[row], row))
    number = {row: place for place, row in enumerate(said, 1)}
    return tuple(
        {"message_id": f"m{number[breach.row]:09d}", "chat": breach.chat, "buyer": log.buyer[breach.row],
         "agent": account[log.account[breach.row]], "sent_at": wall_text(log.at[breach.row]),
         "standards": list(breach.standards), "text": log.text[breach.row]}
        for breach in sorted(log.breaches, key=lambda one: number[one.row]) if log.at[breach.row] < end
    )  # fmt: skip


def _finding_facts(log: ChatLog, account: Sequence[str], end: int) -> tuple[Fact, ...]:
    return tuple(
        {"item": item, "chat": log.chat[row], "buyer": log.buyer[row], "agent": account[log.account[row]],
         "sent_at": wall_text(log.at[row]), "text": log.text[row]}
        for row, item in sorted(log.findings) if log.at[row] < end
    )  # fmt: skip


def _gift_facts(book: OrderBook, end: int) -> tuple[Fact, ...]:
    return tuple(
        {"order_id": order.order_id, "buyer": order.buyer, "agent": order.created_by, "gift": order.gift,
         "kept": order.gift_kept}
        for order in book.orders if order.gift is not None and order.created < end
    )  # fmt: skip


def _people_facts(people: Sequence[Person]) -> tuple[Fact, ...]:
    return tuple(
        {"agent": person.account, "reply_seconds": round(person.reply_seconds, 2),
         "conversion": round(person.conversion, 3),
         "poor_share": round(person.poor_share, 4), "missed_share": round(person.missed_share, 4),
         "hired_on": person.hired_on.isoformat()}
        for person in people
    )  # fmt: skip
