"""Made-up conversations: the same few people at the same few moments, in every way that a chat can go."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from tests.generative.moments import Moments, seconds
from tests.reference.shop import Row

BUYERS = ("lan", "lan", "lan", "lan", "mei", "mei", "cat", "l**")
ACCOUNTS = ("amy", "amy", "bea", "bea", "shop:bot")
GAPS = seconds(0, 0, 1, 30, 59, 60, 60.000001, 119, 120, 121, 180, 181, 599, 600)
TEXTS = (*["在吗"] * 5, None, "", *["@all 大促"] * 3, "^_^ 您好", "no-ads", "👋🏻é")
# Who, what kind of message, whether automatic.
WAYS: tuple[tuple[str, str, bool | None], ...] = (
    *[("buyer", "text", False)] * 5,
    ("buyer", "image", None),
    *[("agent", "text", False)] * 5,
    ("agent", "product_card", None),
    ("agent", "text", True),
    ("agent", "transfer", False),
    ("robot", "text", False),
    ("system", "system", False),
    ("system", "transfer", False),
)


def agents() -> st.SearchStrategy[list[Row]]:
    """Draw the table of agents: some accounts are not in it, one in it never chats."""
    rows = st.fixed_dictionaries(
        {
            "agent": st.sampled_from(("amy", "bea", "shop:bot", "cat")),
            "group": st.sampled_from((None, "pre", "post")),
            "role": st.sampled_from((None, "pre_sale")),
        }
    )
    return st.lists(rows, max_size=4, unique_by=lambda row: row["agent"])


@st.composite
def message_rows(draw: st.DrawFn, moments: Moments) -> list[Row]:
    """Draw three to eight conversations; the position of a row has nothing to do with its time."""
    talks = [draw(_conversation(moments)) for _ in range(draw(st.integers(3, 8)))]
    rows = [row for talk in talks for row in talk]
    order = draw(st.permutations(range(len(rows)))) if draw(st.booleans()) else list(range(len(rows)))
    return [
        row | {"source_row": place + 1, "message_id": f"m{at}"}
        for at, (row, place) in enumerate(zip(rows, order, strict=True))
    ]


@st.composite
def _conversation(draw: st.DrawFn, moments: Moments) -> list[Row]:
    at: datetime = draw(moments.on_clock())
    buyer = draw(st.sampled_from(BUYERS))
    usual = draw(st.sampled_from(ACCOUNTS))
    rows: list[Row] = []
    for gap, way, text, other, target in [draw(_line()) for _ in range(draw(st.sampled_from((1, 4, 5, 6, 7, 8))))]:
        at += gap
        rows.append(_message(buyer, other or usual, at, way, text) | {"transfer_to": _target(way, target)})
    return rows


def _line() -> st.SearchStrategy[tuple[Any, ...]]:
    others = st.sampled_from((*[None] * 12, *ACCOUNTS))
    targets = st.sampled_from((None, "amy", "bea", "shop:bea", "bot", "elsewhere"))
    return st.tuples(st.sampled_from(GAPS), st.sampled_from(WAYS), st.sampled_from(TEXTS), others, targets)


def _target(way: tuple[str, str, bool | None], target: str | None) -> str | None:
    return target if way[1] == "transfer" else None


def _message(buyer: str, account: str, at: datetime, way: tuple[str, str, bool | None], text: str | None) -> Row:
    sender, kind, auto = way
    row = {"shop": "shop", "buyer": buyer, "agent": account, "sent_at": at, "sender": sender}
    return row | {"text": text, "kind": kind, "auto": auto}
