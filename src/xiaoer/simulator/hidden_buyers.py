"""A simulated shop as platforms show it that hide who bought: nicks masked or absent in orders, ids named in chats."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.simulator.simulate import Simulated
from xiaoer.simulator.wall_time import UTC_OFFSET_SECONDS

_OFFSET = pa.scalar(UTC_OFFSET_SECONDS * 1_000_000, pa.duration("us"))


class Hidden(StrEnum):
    """What a platform leaves of a nick in its order export."""

    ABSENT = "absent"
    FIRST = "first"  # 爱**
    ENDS = "ends"  # 爱**7


_LEFT: dict[Hidden, Callable[[str], str | None]] = {
    Hidden.ABSENT: lambda nick: None,
    Hidden.FIRST: lambda nick: f"{nick[:1]}**",
    Hidden.ENDS: lambda nick: f"{nick[:1]}**{nick[-1:]}",
}


def hide_buyers(simulated: Simulated, how: Hidden, *, named_percent: int = 0) -> Simulated:
    """Return the shop with hidden buyers in orders and refunds; the truth keeps them.

    In so many of a hundred chats about an order the buyer's first message names its id.
    """
    tables = dict(simulated.tables)
    for name in ("orders", "refunds"):
        nicks = tables[name]["buyer"].to_pylist()
        left = pa.array([None if nick is None else _LEFT[how](nick) for nick in nicks], pa.string())
        tables[name] = tables[name].set_column(tables[name].column_names.index("buyer"), "buyer", left)
    tables["messages"] = _naming(simulated, named_percent)
    return replace(simulated, tables=tables)


def _naming(simulated: Simulated, named_percent: int) -> pa.Table:
    messages, orders = simulated.tables["messages"], simulated.tables["orders"]
    created = dict(zip(orders["order_id"].to_pylist(), pc.add(orders["created_at"], _OFFSET).to_pylist(), strict=True))
    about = {
        (chat["buyer"], chat["started_at"]): chat["order_id"]
        for chat in simulated.truth.chats
        if chat["order_id"] in created
        and chat["started_at"] > f"{created[chat['order_id']]:%Y-%m-%d %H:%M:%S}"
        and crc32(chat["order_id"].encode()) % 100 < named_percent
    }
    at = pc.strftime(pc.cast(pc.add(messages["sent_at"], _OFFSET), pa.timestamp("s")), format="%Y-%m-%d %H:%M:%S")
    keys = zip(messages["buyer"].to_pylist(), at.to_pylist(), messages["sender"].to_pylist(), strict=True)
    named = [about.get((buyer, when)) if sender == "buyer" else None for buyer, when, sender in keys]
    texts = [
        text if order_id is None else f"{text or ''} 订单号{order_id}"
        for text, order_id in zip(messages["text"].to_pylist(), named, strict=True)
    ]
    return messages.set_column(messages.column_names.index("text"), "text", pa.array(texts, pa.string()))
