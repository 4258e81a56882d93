"""Which message goes into which form: a form gets only the chats that it can carry whole."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.simulator.exports.canonical_files import local_seconds
from xiaoer.simulator.wall_time import DAY_SECONDS

WEEK_SECONDS = 7 * DAY_SECONDS
MOST_SCRIPT_BUYERS = 1000  # somebody ran the script five times


@dataclass(frozen=True)
class Said:
    """The columns of messages that chat texts need, as plain lists in order of time; `at` is local seconds."""

    buyer: list[str]
    agent: list[str]
    at: list[int]
    sender: list[str]
    text: list[str]


@dataclass(frozen=True)
class MessageSplit:
    """Rows by form; every row is in exactly one."""

    said: Said
    qianniu_text: list[int]
    userscript: list[int]
    canonical: list[int]


def split_messages(
    messages: pa.Table, *, first: int, accounts: frozenset[str], text: bool, script: bool
) -> MessageSplit:
    """Return the first week for copied text, what it can of the second for the userscript, and the rest.

    Copied text can not tell colleagues from buyers; the userscript names no account where nobody of the shop spoke,
    and one account only.
    """
    said = Said(
        messages["buyer"].to_pylist(), messages["agent"].to_pylist(),
        pc.cast(local_seconds(messages["sent_at"]), pa.int64()).to_pylist(),
        messages["sender"].to_pylist(), messages["text"].to_pylist(),
    )  # fmt: skip
    in_script = _script_buyers(said, first + WEEK_SECONDS) if script else frozenset()
    rows: tuple[list[int], list[int], list[int]] = [], [], []
    for row, at in enumerate(said.at):
        week = (at - first) // WEEK_SECONDS
        buyer = said.buyer[row]
        if text and week == 0 and buyer not in accounts:
            rows[0].append(row)
        elif week == 1 and buyer in in_script and buyer not in accounts:
            rows[1].append(row)
        else:
            rows[2].append(row)
    return MessageSplit(said, *rows)


def _script_buyers(said: Said, start: int) -> frozenset[str]:
    """Return the buyers of the week from `start` who had one account and an answer from it; a few runs of them."""
    account_of: dict[str, str | None] = {}
    answered: set[str] = set()
    for row in _rows_of_week(said, start):
        buyer, agent, sender = said.buyer[row], said.agent[row], said.sender[row]
        one = account_of.setdefault(buyer, agent) == agent and sender in ("buyer", "agent")
        if not one:
            account_of[buyer] = None
        if sender == "agent":
            answered.add(buyer)
    fitting = [buyer for buyer, account in account_of.items() if account is not None and buyer in answered]
    return frozenset(fitting[:MOST_SCRIPT_BUYERS])


def _rows_of_week(said: Said, start: int) -> Iterator[int]:
    return (row for row, at in enumerate(said.at) if start <= at < start + WEEK_SECONDS)
