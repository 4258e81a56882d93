"""Rows that are no records are taken out: sums, the header again; and a second table ends the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import BadRow, RawBatch, RawPiece, RawTable
from xiaoer.intake.vocabulary import normal_header

SUMMARY_WORDS = frozenset(
    "汇总 均值 汇总值 平均值 平均 店铺汇总值 店铺平均值 店铺汇总 店铺均值 合计 总计 小计 全店 全店汇总 同行 同行均值 同行平均 同行同层均值 总和".split()
)


@dataclass
class _Seen:
    """What was taken out so far."""

    summaries: int = 0
    headers: int = 0
    ends_at: int | None = None  # the line on which a second table begins


def records_only(
    table: RawTable, *, known: frozenset[str], summary_words: frozenset[str]
) -> Iterator[RawPiece]:
    """Yield the table's pieces without sums and repeated headers; rows from a second header on come as BadRows."""
    seen = _Seen()
    named = [index for index, name in enumerate(table.header) if name]
    wanted = pa.array(sorted(known | summary_words), pa.string())
    for piece in table.batches:
        if isinstance(piece, Issue):
            yield piece
            continue
        before = seen.ends_at
        if isinstance(piece, BadRow):
            kept = _look_at_bad(piece, table, seen, known=known, words=summary_words)
        else:
            kept = _look_at_batch(piece, table, seen, first=named[0] if named else 0, wanted=wanted, known=known, words=summary_words)
        if before is None and seen.ends_at is not None:
            place = table.source.place(sheet=table.sheet, line=seen.ends_at)
            yield Issue("intake.second_table", Severity.WARNING, place)
        yield from kept
    place = table.source.place(sheet=table.sheet)
    if seen.summaries:
        yield Issue("intake.summary_rows", Severity.NOTE, place, {"count": seen.summaries})
    if seen.headers:
        yield Issue("intake.header_again", Severity.NOTE, place, {"count": seen.headers})


def _look_at_bad(
    row: BadRow, table: RawTable, seen: _Seen, *, known: frozenset[str], words: frozenset[str]
) -> list[RawPiece]:
    if seen.ends_at is None and _is_header(row.cells, known):
        seen.ends_at = row.line or 0
    if seen.ends_at is None and row.cells and row.cells[0].strip() in words:
        seen.summaries += 1
        return []
    if seen.ends_at is not None and (row.line or 0) >= seen.ends_at:
        return [replace(row, issues=(_of_second(table, row.line), *row.issues))]
    return [row]


def _look_at_batch(
    batch: RawBatch,
    table: RawTable,
    seen: _Seen,
    *,
    first: int,
    wanted: pa.Array,
    known: frozenset[str],
    words: frozenset[str],
) -> list[RawPiece]:
    out: set[int] = set()
    column = batch.columns[first]
    if seen.ends_at is None and pa.types.is_string(column.type):
        for row in pc.indices_nonzero(pc.is_in(pc.utf8_trim_whitespace(column), value_set=wanted)).to_pylist():
            cells = cells_of(batch, row)
            if cells[first].strip() in words:
                seen.summaries += 1
                out.add(row)
            elif _is_header(cells, known):
                if _same(cells, table.header):
                    seen.headers += 1
                    out.add(row)
                else:
                    seen.ends_at = batch.lines[row].as_py()
                    break
    pieces: list[RawPiece] = []
    ends_at = seen.ends_at
    if ends_at is not None:
        lines = batch.lines.to_pylist()
        after = [row for row, line in enumerate(lines) if line >= ends_at]
        pieces += [BadRow(lines[row], cells_of(batch, row), (_of_second(table, lines[row]),)) for row in after]
        out.update(after)
    if not out:
        return [batch]
    left = pa.array([row for row in range(len(batch.lines)) if row not in out], pa.int64())
    if len(left):
        pieces.insert(0, RawBatch(tuple(column.take(left) for column in batch.columns), batch.lines.take(left)))
    return pieces


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
