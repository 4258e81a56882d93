"""Random messages of one shop, vectorised: the shape matters here, the words do not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from xiaoer.base.tables import canonical_tables

FIRST_DAY = date(2024, 9, 1)
MESSAGES_PER_BUYER = 8
AGENTS = 40


def message_batches(messages: int, *, days: int, seed: int = 7) -> Iterator[pa.RecordBatch]:
    """Yield canonical message batches, one per day, in the order of sending."""
    rng = np.random.default_rng(seed)
    schema = canonical_tables()["messages"].schema
    per_day = messages // days
    agents = pa.array([f"云上小店:客服{number:02d}" for number in range(AGENTS)])
    texts = pa.array(["亲在的呢", "请问有货吗", "好的亲,马上为您查询", "这款怎么选尺码", "什么时候发货呀"])
    for day in range(days):
        start = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time()) - timedelta(hours=8)
        chats = max(1, per_day // MESSAGES_PER_BUYER)
        chat = rng.integers(0, chats, per_day)
        opened = rng.integers(9 * 3600, 23 * 3600, chats)
        second = np.minimum(opened[chat] + rng.exponential(240, per_day).astype(np.int64), 86_399)
        order = np.argsort(second, kind="stable")
        chat, second = chat[order], second[order]
        columns = {
            "shop": pa.repeat("云上小店", per_day),
            "buyer": pa.DictionaryArray.from_arrays(chat, pa.array([f"买家{day:03d}{i:07d}" for i in range(chats)])),
            "agent": agents.take(pa.array(rng.integers(0, AGENTS, chats)[chat])),
            "sent_at": pa.array(np.datetime64(start, "us") + second.astype("timedelta64[s]"), pa.timestamp("us")),
            "sender": pa.array(["buyer", "agent"]).take(pa.array(rng.integers(0, 2, per_day))),
            "text": texts.take(pa.array(rng.integers(0, len(texts), per_day))),
            "kind": pa.repeat("text", per_day),
            "auto": pa.array(rng.random(per_day) < 0.05),
            "transfer_to": pa.nulls(per_day, pa.string()),
            "message_id": pa.nulls(per_day, pa.string()),
            "source_row": pa.array(np.arange(1, per_day + 1) + day * per_day),
        }
        table = pa.table([columns[name].cast(schema.field(name).type) for name in schema.names], schema)
        yield from table.to_batches()
