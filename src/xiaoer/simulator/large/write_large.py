"""Messages and orders of a large shop, written by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.errors import ReportableError
from xiaoer.simulator.large.orders_of_slice import buyer_names, instants, orders_of_slice
from xiaoer.simulator.large.phrase_pool import phrase_pool
from xiaoer.simulator.large.slice_of_chats import SliceOfChats, slice_of_chats
from xiaoer.simulator.wall_time import seconds_of
from xiaoer.simulator.world import world

SLICE_MESSAGES = 1_000_000
CODED = ["shop", "buyer", "agent", "sender", "text", "kind", "status"]


def write_large(  # noqa: PLR0913 -- every one is a knob of its own
    folder: Path,
    *,
    messages: int,
    seed: int,
    first_day: date = date(2024, 9, 1),
    days: int = 30,
    agents: int = 50,
    shop: str = "云上大店",
) -> list[Path]:
    """Write about so many messages (within 1 %) and their orders as canonical Parquet by day, and return the files.

    Memory is bounded by a slice of a million messages. Fewer than one agent, day or message is a ReportableError.
    """
    if min(messages, days, agents) < 1:
        raise ReportableError.of(
            "simulator.nothing_to_simulate", values={"messages": messages, "days": days, "agents": agents}
        )
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.Generator(np.random.PCG64(seed))
    listed = [first_day + timedelta(days=place) for place in range(days)]
    shares = np.cumsum([0.0, *(world().busyness(day) for day in listed)])
    bounds = np.round(shares / shares[-1] * messages).astype(np.int64)
    paths: list[Path] = []
    for day, (low, high) in zip(listed, pairwise(bounds.tolist()), strict=True):
        if high > low:
            paths += _write_day(random, folder, day, low=low, high=high, agents=agents, shop=shop)
    return paths


def _write_day(  # noqa: PLR0913 -- what a day needs
    random: np.random.Generator, folder: Path, day: date, *, low: int, high: int, agents: int, shop: str
) -> list[Path]:
    paths = [folder / f"messages_{day}.parquet", folder / f"orders_{day}.parquet"]
    writers: list[pq.ParquetWriter] = []
    for start, size in _slices(low, high):
        chats = slice_of_chats(random, messages=size, day_start=seconds_of(day), agents=agents, first_buyer=start)
        tables = [
            _messages(random, chats, shop=shop, agents=agents, day=day, first=start - low),
            orders_of_slice(random, chats, shop=shop, first_id=start),
        ]
        if not writers:
            writers = [_writer(path, table) for path, table in zip(paths, tables, strict=True)]
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table)
    for writer in writers:
        writer.close()
    return paths


def _slices(low: int, high: int) -> Iterator[tuple[int, int]]:
    for start in range(low, high, SLICE_MESSAGES):
        yield start, min(SLICE_MESSAGES, high - start)


def _writer(path: Path, table: pa.Table) -> pq.ParquetWriter:
    coded = [name for name in CODED if name in table.column_names]
    # Without Arrow's own schema a reader sees plain strings, not dictionaries.
    return pq.ParquetWriter(
        path, table.schema, compression="zstd", use_dictionary=coded, store_schema=False, write_statistics=True
    )


def _messages(
    random: np.random.Generator, chats: SliceOfChats, *, shop: str, agents: int, day: date, first: int
) -> pa.Table:
    count = len(chats.at)
    phrases, of_buyers, of_agents = phrase_pool()
    drawn = random.integers(0, 1 << 20, count)
    text = np.where(chats.by_buyer, drawn % of_buyers, of_buyers + drawn % of_agents)
    text[chats.auto] = len(phrases) - 1
    numbers, which = np.unique(chats.buyer[chats.first_row], return_inverse=True)
    accounts = pa.array([f"{shop}:客服{number:03d}" for number in range(agents)])
    ids = pc.cast(pa.array(np.arange(first, first + count)), pa.string())
    return pa.table({
        "shop": _coded(np.zeros(count, dtype=np.int32), pa.array([shop])),
        "buyer": _coded(which.astype(np.int32)[chats.chat], buyer_names(numbers)),
        "agent": _coded(chats.agent.astype(np.int32), accounts),
        "sent_at": instants(chats.at),
        "sender": _coded((~chats.by_buyer).astype(np.int32), pa.array(["buyer", "agent"])),
        "text": _coded(text.astype(np.int32), phrases),
        "kind": _coded(np.zeros(count, dtype=np.int32), pa.array(["text"])),
        "auto": pa.array(chats.auto),
        "message_id": pc.binary_join_element_wise(f"{day:%Y%m%d}-", ids, ""),
    })  # fmt: skip


def _coded(places: "np.ndarray[tuple[int, ...], np.dtype[np.int32]]", words: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(places, words)
