"""Messages of one import, from batches in any order to one file in the order they are kept in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.base.ahead import with_work_ahead
from xiaoer.base.days import Clock
from xiaoer.base.tables import canonical_tables
from xiaoer.store.message_columns import with_message_columns
from xiaoer.store.message_order import kept_order, names_in_order, once_each
from xiaoer.store.set_aside import SetAside

REPEATED = ("shop", "agent", "sender", "kind")  # columns of few different values
NAMES = (*REPEATED, "buyer")
GROUP_ROWS = 131_072  # a row group has whole days, or a day has several: who reads days reads nothing else
DIFFERENT = ["sent_at", "source_row"]  # in every row, by little: what is alike of them is put side by side
SOUGHT = ["shop", "local_date"]  # what rows are looked for by: the least and the greatest of them are said

Part = tuple[str, date]  # a shop and a local day
Piece = tuple[int, int, int]  # a batch's number, its rows from the first up to the second


@dataclass(frozen=True)
class DayWritten:
    """How many rows of a shop and local day a file has, and the accounts in them."""

    shop: str
    day: date
    rows: int
    accounts: tuple[str, ...]


class MessageWriter:
    """Collects the messages of one import; `write` writes each once, a few days in memory at a time."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._clock = clock
        self._file = folder / "messages.parquet"
        self._aside = SetAside(folder / "messages.aside")
        self._pieces: dict[Part, list[Piece]] = defaultdict(list)
        self.days: list[DayWritten] = []
        self.first_at: int | None = None  # microseconds since 1970

    def add(self, batch: pa.RecordBatch) -> None:
        """Take canonical rows."""
        rows = with_message_columns(batch, self._clock)
        for name in REPEATED:
            rows = rows.set_column(rows.schema.get_field_index(name), name, rows[name].dictionary_encode())
        rows, parts = _by_part(rows)
        number = self._aside.add(rows)
        for part, start, stop in parts:
            self._pieces[part].append((number, start, stop))

    def write(self) -> Path:
        """Return the file with all rows; `days` and `first_at` tell what is in it."""
        schema = _schema()
        with pq.ParquetWriter(
            self._file, schema, compression="zstd", compression_level={"text": 3}, store_schema=False,
            use_dictionary=[name for name in schema.names if name not in DIFFERENT], use_byte_stream_split=DIFFERENT,
            write_statistics=SOUGHT,
        ) as file:  # fmt: skip
            for _, (rows, days) in with_work_ahead(self._runs(), self._in_order):
                self.days += days
                earliest = pc.min(rows["sent_at"]).cast(pa.int64()).as_py()
                self.first_at = earliest if self.first_at is None else min(self.first_at, earliest)
                for group in _groups(rows):
                    file.write_table(group.cast(schema), row_group_size=len(group))
        self._aside.close()
        return self._file

    def _runs(self) -> Iterator[list[Part]]:
        """Yield shops' days that follow one another, together about a row group."""
        run: list[Part] = []
        rows = 0
        for part in sorted(self._pieces):
            more = sum(stop - start for _, start, stop in self._pieces[part])
            if run and rows + more > GROUP_ROWS:
                yield run
                run, rows = [], 0
            run.append(part)
            rows += more
        if run:
            yield run

    def _in_order(self, run: Sequence[Part]) -> tuple[pa.Table, list[DayWritten]]:
        """Return the rows of a run in the order they are kept in, names as numbers in their order, and its days."""
        pieces = [piece for part in run for piece in self._pieces[part]]
        batches = self._aside.batches({number for number, _, _ in pieces})
        rows = pa.Table.from_batches([batches[number].slice(start, stop - start) for number, start, stop in pieces])
        rows = rows.unify_dictionaries().combine_chunks()
        counts = [sum(stop - start for _, start, stop in self._pieces[part]) for part in run]
        parts = np.repeat(np.arange(len(run)), counts)
        stays = once_each(rows, parts)
        if stays is not None:
            rows, parts = rows.filter(pa.array(stays)), parts[stays]
        buyers = names_in_order(rows["buyer"].combine_chunks())
        rows = rows.set_column(rows.schema.get_field_index("buyer"), "buyer", buyers)
        order = kept_order(
            parts,
            _numbers(buyers.indices),
            _numbers(rows["sent_at"].combine_chunks()),
            _numbers(rows["source_row"].combine_chunks()),
        )
        return rows.take(pa.array(order)), _days_of(run, parts, rows["agent"].combine_chunks())


def _schema() -> pa.Schema:
    """Return the columns of a file of messages."""
    rows = with_message_columns(canonical_tables()["messages"].schema.empty_table(), Clock())
    named = pa.dictionary(pa.int32(), pa.string())
    required = {*canonical_tables()["messages"].required, "source_row", "local_date", "characters", "bulk"}
    return pa.schema(
        pa.field(field.name, named if field.name in NAMES else field.type, nullable=field.name not in required)
        for field in rows.schema
    )


def _by_part(rows: pa.RecordBatch) -> tuple[pa.RecordBatch, list[tuple[Part, int, int]]]:
    """Return rows of a shop's day side by side, and where each lies."""
    if not rows.num_rows:
        return rows, []
    days = rows["local_date"].view(pa.int32()).to_numpy().astype(np.int64)
    key = rows["shop"].indices.to_numpy().astype(np.int64) << 32 | (days - days.min())
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        rows, key = rows.take(pa.array(order)), key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    stops = np.append(starts[1:], len(key))
    parts = zip(rows["shop"].take(starts).to_pylist(), rows["local_date"].take(starts).to_pylist(), strict=True)
    return rows, list(zip(parts, starts.tolist(), stops.tolist(), strict=True))


def _groups(rows: pa.Table) -> Iterator[pa.Table]:
    """Yield the rows in row groups, each with the names that are in it."""
    count = -(-len(rows) // GROUP_ROWS)
    ends = [len(rows) * number // count for number in range(count + 1)]
    for start, stop in zip(ends[:-1], ends[1:], strict=True):
        group = rows.slice(start, stop - start)
        for name in NAMES:
            group = group.set_column(group.schema.get_field_index(name), name, _only_used(group[name].combine_chunks()))
        yield group


def _only_used(names: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return the same names over those that come: a reader takes what a group's dictionary has for what is in it."""
    used = pc.unique(names.indices).drop_null()
    if len(used) == len(names.dictionary):
        return names
    numbers = np.zeros(len(names.dictionary), np.int32)
    used = used.take(pc.array_sort_indices(used))
    numbers[used.to_numpy()] = np.arange(len(used))
    return pa.DictionaryArray.from_arrays(pa.array(numbers).take(names.indices), names.dictionary.take(used))


def _days_of(run: Sequence[Part], parts: npt.NDArray[np.int64], agents: pa.DictionaryArray) -> list[DayWritten]:
    counts = np.bincount(parts, minlength=len(run)).tolist()
    accounts: list[list[str]] = [[] for _ in run]
    names = agents.dictionary.to_pylist()
    found = pc.unique(pa.array(parts * len(names) + _numbers(agents.indices)))
    for one in found.to_pylist():
        accounts[one // len(names)].append(names[one % len(names)])
    return [
        DayWritten(shop, day, rows, tuple(sorted(found_names)))
        for (shop, day), rows, found_names in zip(run, counts, accounts, strict=True)
    ]


def _numbers(values: pa.Array) -> npt.NDArray[np.int64]:
    fixed = values.view(pa.int64()) if pa.types.is_timestamp(values.type) else values
    numbers: npt.NDArray[np.int64] = fixed.to_numpy().astype(np.int64, copy=False)
    return numbers
