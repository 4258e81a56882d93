"""Rows that are no records are taken out: sums, the header again; and a second table ends the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import BadRow, RawBatch, RawPiece, RawTable
from xiaoer.intake.vocabulary import normal_header

SUMMARY_WORDS = frozenset(
    "汇总 均值 汇总值 平均值 平均 店铺汇总值 店铺平均值 店铺汇总 店铺均值 合计 总计 小计 全店 全店汇总".split()
    + "同行 同行均值 同行平均 同行同层均值 总和".split()
)


@dataclass
class _Seen:
    """What was taken out so far."""

    summaries: int = 0
    headers: int = 0
    ends_at: int | None = None  # the line on which a second table begins


@dataclass(frozen=True)
class _Signs:
    """What rows that are no records are told by."""

    table: RawTable
    known: frozenset[str]  # headers
    words: frozenset[str]  # of sums

    @cached_property
    def first(self) -> int:
        return next((index for index, name in enumerate(self.table.header) if name), 0)

    @cached_property
    def headers(self) -> pa.Array:
        return pa.array(sorted(self.known), pa.string())

    @cached_property
    def sums(self) -> pa.Array:
        return pa.array(sorted(self.words), pa.string())

    @cached_property
    def wanted(self) -> pa.Array:
        return pa.array(sorted(self.known | self.words), pa.string())


def records_only(table: RawTable, *, known: frozenset[str], summary_words: frozenset[str]) -> Iterator[RawPiece]:
    """Yield the table's pieces without sums and repeated headers; rows from a second header on come as BadRows."""
    seen, signs = _Seen(), _Signs(table, known, summary_words)
    for piece in table.batches:
        before = seen.ends_at
        match piece:
            case Issue():
                kept: list[RawPiece] = [piece]
            case BadRow():
                kept = _look_at_bad(piece, seen, signs)
            case RawBatch():
                kept = _look_at_batch(piece, seen, signs)
        if before is None and seen.ends_at is not None:
            place = table.source.place(sheet=table.sheet, line=seen.ends_at)
            yield Issue("intake.second_table", Severity.WARNING, place)
        yield from kept
    place = table.source.place(sheet=table.sheet)
    if seen.summaries:
        yield Issue("intake.summary_rows", Severity.NOTE, place, {"count": seen.summaries})
    if seen.headers:
        yield Issue("intake.header_again", Severity.NOTE, place, {"count": seen.headers})


def _look_at_bad(row: BadRow, seen: _Seen, signs: _Signs) -> list[RawPiece]:
    if seen.ends_at is None and _is_header(row.cells, signs.known):
        seen.ends_at = row.line or 0
    if seen.ends_at is None and row.cells and row.cells[0].strip() in signs.words:
        seen.summaries += 1
        return []
    if seen.ends_at is not None and (row.line or 0) >= seen.ends_at:
        return [replace(row, issues=(_of_second(signs.table, row.line), *row.issues))]
    return [row]


def _look_at_batch(batch: RawBatch, seen: _Seen, signs: _Signs) -> list[RawPiece]:
    out = _no_records(batch, seen, signs) if seen.ends_at is None else set()
    pieces: list[RawPiece] = []
    ends_at = seen.ends_at
    if ends_at is not None:
        lines = batch.lines.to_pylist()
        after = [row for row, line in enumerate(lines) if line >= ends_at]
        pieces += [BadRow(lines[row], cells_of(batch, row), (_of_second(signs.table, lines[row]),)) for row in after]
        out.update(after)
    if not out:
        return [batch]
    left = pa.array([row for row in range(len(batch.lines)) if row not in out], pa.int64())
    if len(left):
        pieces.insert(0, RawBatch(tuple(column.take(left) for column in batch.columns), batch.lines.take(left)))
    return pieces


def _no_records(batch: RawBatch, seen: _Seen, signs: _Signs) -> set[int]:
    """Return the rows that are sums or the header again; stops at the header of a second table."""
    out: set[int] = set()
    for row in _suspects(batch, signs):
        cells = cells_of(batch, row)
        if cells[signs.first].strip() in signs.words:
            seen.summaries += 1
            out.add(row)
        elif _is_header(cells, signs.known) and _same(cells, signs.table.header):
            seen.headers += 1
            out.add(row)
        elif _is_header(cells, signs.known):
            seen.ends_at = batch.lines[row].as_py()
            break
    return out


def _suspects(batch: RawBatch, signs: _Signs) -> list[int]:
    """Return the rows whose first cell is a word of sums, or a header as most of the row's cells are."""
    first = batch.columns[signs.first]
    if not pa.types.is_string(first.type):
        return []
    rows = pc.indices_nonzero(pc.is_in(pc.utf8_trim_whitespace(first), value_set=signs.wanted))
    if not len(rows):
        return []
    is_sum = pc.is_in(pc.utf8_trim_whitespace(first.take(rows)), value_set=signs.sums)
    known = pa.array(np.zeros(len(rows), np.int64))
    filled = known
    for column in batch.columns:
        cells = column.take(rows)
        filled = pc.add(filled, pc.cast(pc.is_valid(cells), pa.int64()))
        if pa.types.is_string(cells.type):
            among = pc.is_in(pc.utf8_trim_whitespace(cells), value_set=signs.headers)
            known = pc.add(known, pc.cast(among, pa.int64()))
    is_header = pc.and_(pc.greater_equal(known, 2), pc.greater_equal(pc.multiply(known, 2), filled))
    kept: list[int] = rows.filter(pc.or_(is_sum, is_header)).to_pylist()
    return kept


def cells_of(batch: RawBatch, row: int) -> tuple[str, ...]:
    """Return one row's cells as text, as they stood in the source."""
    values = (column[row].as_py() for column in batch.columns)
    return tuple("" if value is None else str(value) for value in values)


def _is_header(cells: Sequence[str], known: frozenset[str]) -> bool:
    names = [normal_header(cell) for cell in cells if cell.strip()]
    return len(names) >= 2 and sum(name in known for name in names) >= max(2, (len(names) * 2 + 2) // 3)


def _same(cells: Sequence[str], header: Sequence[str]) -> bool:
    return [normal_header(cell) for cell in cells] == [normal_header(name) for name in header]


def _of_second(table: RawTable, line: int | None) -> Issue:
    return Issue("intake.of_second_table", Severity.REJECTED, table.source.place(sheet=table.sheet, line=line))
