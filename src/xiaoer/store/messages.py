"""Reading message partitions: whole local days of one shop, sorted, each message once whatever exports overlap."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoer.base.tables import canonical_tables
from xiaoer.store.engine import Engine, sql_name, sql_text
from xiaoer.store.file_rows import place_of, rows_in_files, scan_of_files, together
from xiaoer.store.home import Home
from xiaoer.store.manifest import BatchFile, Slice

CHUNK_ROWS = 500_000
MERGED_CHUNK_ROWS = 250_000
MERGE_MEMORY = "600MB"


def read_days(
    home: Home, slices: Sequence[Slice], files: Sequence[BatchFile], *, columns: Sequence[str]
) -> Iterator[pa.Table]:
    """Yield whole days in order, sorted by (local_date, buyer, sent_at, position), half a million rows or so at a time.

    `slices` are one shop's, in the order of days. Days of a single import are read as they lie; the others are merged.
    """
    by_day = [list(parts) for _, parts in groupby(slices, key=lambda part: part.day)]
    groups = _Groups(columns)
    for merged, days in groupby(by_day, key=lambda parts: len(parts) > 1):
        for chunk in _chunks(days, most=MERGED_CHUNK_ROWS if merged else CHUNK_ROWS):
            flat = [part for parts in chunk for part in parts]
            yield _merge(home, flat, files, columns=columns) if merged else _read(home, flat, files, groups)


def work_sizes(slices: Sequence[Slice], *, most: int) -> Iterator[list[Slice]]:
    """Yield runs of whole days of one shop's slices, of about so many rows each: what can be worked on apart."""
    by_day = [list(parts) for _, parts in groupby(slices, key=lambda part: part.day)]
    for chunk in _chunks(iter(by_day), most=most):
        yield [part for parts in chunk for part in parts]


def _chunks(days: Iterator[list[Slice]], *, most: int) -> Iterator[list[list[Slice]]]:
    chunk: list[list[Slice]] = []
    rows = 0
    for parts in days:
        day_rows = sum(part.rows for part in parts)
        if chunk and rows + day_rows > most:
            yield chunk
            chunk, rows = [], 0
        chunk.append(parts)
        rows += day_rows
    if chunk:
        yield chunk


def _read(home: Home, slices: Sequence[Slice], files: Sequence[BatchFile], groups: "_Groups") -> pa.Table:
    """Return slices that lie in their files as they are wanted; neighbours in one file are read together."""
    used = _files_of(slices, files)
    paths = home.batch_files("messages", (file.lies_in for file in used.values()))
    places = {name: place_of(path, file) for path, (name, file) in zip(paths, used.items(), strict=True)}
    lie = [(places[part.hash], part) for part in slices]
    runs = ((path, start + part.first_row, start + part.first_row + part.rows) for (path, start, _), part in lie)
    return pa.concat_tables(groups.rows(*run) for run in together(runs))


def _files_of(slices: Sequence[Slice], files: Sequence[BatchFile]) -> dict[str, BatchFile]:
    """Return the files that slices lie in, by their names."""
    wanted = {part.hash for part in slices}
    return {file.hash: file for file in files if file.table == "messages" and file.hash in wanted}


class _Groups:
    """Row groups of files, read in order: where days begin within the last one that was read, it is still at hand."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = list(columns)
        self._path: Path | None = None
        self._file: pq.ParquetFile | None = None
        self._starts: list[int] = []  # of each group, and the end of all
        self._held: tuple[int, pa.Table] | None = None

    def rows(self, path: Path, start: int, stop: int) -> pa.Table:
        """Return the rows of a file from one number up to another."""
        if path != self._path:
            self._open(path)
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, stop)
        known = [self._held[1]] if self._held is not None and self._held[0] == first else []
        fresh = range(first + len(known), last)
        # The last one alone, so that it can be held without the others.
        parts = [self._read(groups) for groups in (fresh[:-1], fresh[-1:]) if groups]
        self._held = (last - 1, [*known, *parts][-1])
        return pa.concat_tables([*known, *parts]).slice(start - self._starts[first], stop - start)

    def _open(self, path: Path) -> None:
        self._path, self._held = path, None
        self._file = pq.ParquetFile(path, read_dictionary=["buyer", "agent", "sender", "kind"])
        footer = self._file.metadata
        rows = (footer.row_group(group).num_rows for group in range(footer.num_row_groups))
        self._starts = [0, *accumulate(rows)]

    def _read(self, groups: Sequence[int]) -> pa.Table:
        assert self._file is not None
        table = self._file.read_row_groups(list(groups), columns=self._columns)
        # A file says "not null" of columns that happen to have none; another file of the same days need not.
        return table.cast(pa.schema([field.with_nullable(True) for field in table.schema]))


def _merge(home: Home, slices: Sequence[Slice], files: Sequence[BatchFile], *, columns: Sequence[str]) -> pa.Table:
    """Return days that several imports hold, each message once.

    With a message_id the later export's row stays; without one, equal rows are told apart by their ordinal, so an
    overlap adds nothing. The order of messages follows the file whose first message is earlier.
    """
    in_order = sorted(_files_of(slices, files).values(), key=lambda file: (file.first_at or 0, file.hash))
    paths = home.batch_files("messages", (file.lies_in for file in in_order))
    days = ", ".join(sorted({f"DATE '{part.day}'" for part in slices}))
    with Engine(memory_limit=MERGE_MEMORY, spill_folder=home.spill) as engine:
        ranks = {"file_rank": list(range(len(in_order))), "import_id": [file.import_id for file in in_order]}
        engine.add_table("ranked_file", pa.table(rows_in_files(paths, in_order) | ranks))
        scans = (
            f"SELECT s.*, r.file_rank, r.import_id FROM {scan_of_files(paths, 'ranked_file')} "
            f"WHERE s.shop = {sql_text(slices[0].shop)} AND s.local_date IN ({days})"
        )
        return engine.fetch(_MERGE.format(
            scans=scans, columns=", ".join(sql_name(name) for name in columns), content=_CONTENT,
        ))  # fmt: skip


_CONTENT = ", ".join(
    sql_name(column.name) for column in canonical_tables()["messages"].columns if column.name != "message_id"
)
_MERGE = """
WITH scanned AS ({scans}),
told_apart AS (
  SELECT *, CASE WHEN message_id IS NULL THEN ROW_NUMBER() OVER (
    PARTITION BY {content}, file_rank, message_id ORDER BY source_row) ELSE 0 END AS ordinal FROM scanned),
placed AS (
  SELECT *, FIRST_VALUE(file_rank) OVER first_seen AS place_file, FIRST_VALUE(source_row) OVER first_seen AS place_row
  FROM told_apart WINDOW first_seen AS (
    PARTITION BY local_date, CASE WHEN message_id IS NULL THEN ({content}) END, message_id, ordinal
    ORDER BY file_rank, source_row)),
one_each AS (
  SELECT * FROM placed QUALIFY ROW_NUMBER() OVER (
    PARTITION BY local_date, CASE WHEN message_id IS NULL THEN ({content}) END, message_id, ordinal
    ORDER BY CASE WHEN message_id IS NULL THEN file_rank END, sent_at DESC, import_id DESC, text DESC NULLS LAST) = 1)
SELECT {columns} FROM one_each ORDER BY local_date, buyer, sent_at, place_file, place_row
"""
