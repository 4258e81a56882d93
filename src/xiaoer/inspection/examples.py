"""The dialogues of items, read as the shop's own are: does each hit hit, and does each miss miss?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from xiaoer.base.issues import Issue
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.base.tables import canonical_tables
from xiaoer.inspection.known import ShopKnowledge, shop_knowledge
from xiaoer.inspection.schema import Example
from xiaoer.inspection.standards import Standards
from xiaoer.inspection.talk import COLUMNS
from xiaoer.inspection.up_to_date import Inspector
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

SHOP, AGENT = "示例小店", "示例小店:小禾"
OPENS = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai


@dataclass(frozen=True)
class Tried:
    """One example of an item: whether it should be found and whether it was."""

    item: str
    number: int
    wanted: bool
    found: bool


def tried_examples(standards: Standards, settings: DaySettings | None = None) -> list[Tried]:
    """Return every example of every item with what came of it; all are read in one go, a customer each."""
    settings = settings or ShopSettings().on(OPENS.date())
    examples = list(_examples(standards))
    if not examples:
        return []
    rows = [row for buyer, (_, _, _, example) in enumerate(examples) for row in _rows(f"买家{buyer}", example)]
    messages = pa.Table.from_pylist(rows, schema=canonical_tables()["messages"].schema)
    prepared = with_message_columns(messages, settings.clock).sort_by(SORTED_BY).select(COLUMNS)
    knowledge = _knowledge(examples)
    facts = Inspector(standards, SHOP, knowledge=knowledge).read(prepared, settings)["finding"]
    found = set(zip(facts["buyer"].to_pylist(), facts["item"].to_pylist(), strict=True))
    return [
        Tried(item, number, wanted, (f"买家{buyer}", item) in found)
        for buyer, (item, number, wanted, _) in enumerate(examples)
    ]


def _knowledge(examples: Sequence[tuple[str, int, bool, Example]]) -> ShopKnowledge:
    """Return the orders and cards that the examples speak of; every shop has one noted order, so that notes count."""
    orders, products = [], []
    for buyer, (_, _, _, example) in enumerate(examples):
        name = f"买家{buyer}"
        if example.regular:
            orders.append(_order(name, "old", created=-30, paid=-30, shipped=-29, received=-26))
        if example.order:
            orders.append(_order_of(name, example.order))
        if example.product:
            products.append({"shop": SHOP, "product_id": name, "source_row": 1, **example.product})
    tables = canonical_tables()
    return shop_knowledge(
        pa.Table.from_pylist(orders, schema=tables["orders"].schema),
        pa.Table.from_pylist(products, schema=tables["products"].schema),
    )


def _order_of(buyer: str, said: Mapping[str, str]) -> dict[str, object]:
    """Return the order that an example speaks of: received, with a note, or shipped so many days later."""
    if "received" in said:
        return _order(buyer, "new", created=-6, paid=-6, shipped=-5, received=-1)
    row = _order(buyer, "new", created=0, paid=0, shipped=None, received=None)
    if "shipped_days" in said:
        row["shipped_at"] = row["created_at"] + timedelta(days=int(said["shipped_days"]), hours=6)  # type: ignore[operator]
    return row | {"seller_note": said.get("note")}


def _order(buyer: str, name: str, **days: int | None) -> dict[str, object]:
    """Return an order of a buyer; its instants are so many days from the examples' time, a minute after it opens."""
    opened = OPENS.replace(tzinfo=None) + timedelta(minutes=1)
    at = {f"{kind}_at": None if day is None else opened + timedelta(days=day) for kind, day in days.items()}
    return {"shop": SHOP, "order_id": f"{buyer}-{name}", "buyer": buyer, "amount_paid": 1, "source_row": 1, **at}


def issues_of_examples(standards: Standards) -> list[Issue]:
    """Return an issue for each example that comes out otherwise than it should."""
    return [
        Issue(
            "inspect.example_wrong",
            values={"item": one.item, "number": one.number + 1, "kind": "hits" if one.wanted else "misses"},
        )
        for one in tried_examples(standards)
        if one.found != one.wanted
    ]


def _examples(standards: Standards) -> Iterator[tuple[str, int, bool, Example]]:
    for name, item in standards.items.items():
        for wanted, examples in ((True, item.hits), (False, item.misses)):
            for number, example in enumerate(examples):
                yield name, number, wanted, example


def _rows(buyer: str, example: Example) -> Iterator[dict[str, object]]:
    at = OPENS
    for place, said in enumerate(example.lines):
        at += timedelta(seconds=said.after if place else 0)
        yield {
            "shop": SHOP, "buyer": buyer, "agent": AGENT, "sent_at": at.replace(tzinfo=None),
            "sender": said.who.value, "text": said.text, "kind": said.kind, "auto": False, "source_row": place + 1,
        }  # fmt: skip
