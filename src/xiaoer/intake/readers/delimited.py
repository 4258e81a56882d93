"""Delimited text (csv, tsv, txt): blocks at once where they are clean, record by record where they are not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from xiaoer.base.ahead import with_work_ahead
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.encoding import BAD_BYTE, head_text, is_text, utf8_chunks
from xiaoer.intake.header import HeaderFound, find_header
from xiaoer.intake.raw import HEAD_BYTES, BadRow, RawBatch, RawPiece, RawTable, Reader, Source
from xiaoer.intake.readers.blocks import RETURN, Block, Overlong, line_ends, whole_records
from xiaoer.intake.readers.dialect import delimiter_of
from xiaoer.intake.readers.records import Record, checked, read_records
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.vocabulary import all_headers

_BAD_BYTE = re.compile(BAD_BYTE.encode())  # a search that takes half of what `in` takes


@dataclass(frozen=True)
class _Shape:
    """What is known of a text before its rows are read."""

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    lines_before_rows: int
    bare_returns: bool
    above: tuple[str, ...] = ()


def read(source: Source, options: ReadOptions) -> Iterator[RawTable]:
    """Yield the text's one table; a ReportableError when it is empty or has no header."""
    shape = _shape_of(source, options)
    pieces = _pieces(source, shape)
    yield RawTable("delimited", source, None, shape.header, shape.header_line, pieces, above=shape.above)


def _shape_of(source: Source, options: ReadOptions) -> _Shape:
    text = head_text(source)
    if not text.strip("\ufeff \t\r\n\0"):
        raise ReportableError.of("intake.empty_file", place=source.place())
    bare_returns = "\n" not in text and "\r" in text
    lines = (text.replace("\r", "\n") if bare_returns else text).split("\n")
    if len(source.head) == HEAD_BYTES:
        lines.pop()  # the last line may be cut short
    if not lines:
        raise ReportableError.of("intake.line_too_long", place=source.place(line=1))
    known = all_headers(options.catalog)
    delimiter = delimiter_of("\n".join(lines), known)
    if delimiter is None:
        raise ReportableError.of("intake.no_columns", place=source.place())
    records = _first_records(lines, delimiter)
    header = find_header([record.cells for record in records], known)
    if header is None:
        raise ReportableError.of("intake.no_header", place=source.place(line=1))
    lowest = records[header.first_row + header.rows - 1]
    return _Shape(
        delimiter,
        _padded(header, records),
        records[header.first_row].line,
        lowest.line + lowest.lines - 1,
        bare_returns,
        tuple(" ".join(filter(None, record.cells)) for record in records[: header.first_row]),
    )


def _first_records(lines: list[str], delimiter: str) -> list[Record]:
    with_ends = [line + "\n" for line in lines[:200]]
    records = read_records(with_ends, first_line=1, delimiter=delimiter)
    return [record for record in records if any(cell.strip() for cell in record.cells)][:60]


def _padded(header: HeaderFound, records: list[Record]) -> tuple[str, ...]:
    """Return the header as wide as the rows: many exports end every line with a delimiter."""
    below = header.first_row + header.rows
    width = max(len(header.names), len(records[below - 1].cells))
    if below < len(records) and not any(cell.strip() for cell in records[below].cells[width:]):
        width = max(width, len(records[below].cells))
    return header.names + ("",) * (width - len(header.names))


def _pieces(source: Source, shape: _Shape) -> Iterator[RawPiece]:
    blocks = whole_records(
        utf8_chunks(source),
        skip_lines=shape.lines_before_rows,
        limits=source.limits,
        bare_returns=shape.bare_returns,
    )
    for block, batch in with_work_ahead(blocks, lambda block: _at_once(block, shape, source)):
        if isinstance(block, Overlong):
            issue = Issue("intake.line_too_long", Severity.REJECTED, source.place(line=block.line))
            yield BadRow(block.line, (block.start.decode("utf-8", "ignore"),), (issue,))
        elif batch is not None:
            yield batch
        else:
            yield from _one_by_one(block, shape, source)


def _at_once(block: Block | Overlong, shape: _Shape, source: Source) -> RawBatch | None:
    """Return the block's rows, or None when anything about it asks for the patient way."""
    if isinstance(block, Overlong) or not block.closed or len(shape.delimiter.encode()) > 1:
        return None
    if b"\0" in block.data or _BAD_BYTE.search(block.data):
        return None
    table = _parse(block.data, shape)
    if table is None or _longest_bytes(table) > source.limits.cell_characters:
        return None
    lines = _lines_of(block, rows=table.num_rows)
    columns = tuple(column.combine_chunks() for column in table.columns)
    return None if lines is None else RawBatch(columns, lines)


def _longest_bytes(table: pa.Table) -> int:
    return max(pc.max(pc.binary_length(column)).as_py() or 0 for column in table.columns)


def _lines_of(block: Block, *, rows: int) -> pa.Array | None:
    """Return the line that each row starts on; None when rows are not where the newlines say."""
    if rows == block.newlines and block.ends_lines_alike:  # no line is empty, no row spans two
        return pa.array(np.arange(block.first_line, block.first_line + rows), pa.int64())
    newlines, ends = line_ends(block.data)
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    filled = (lengths > 1) | ((lengths == 1) & (np.frombuffer(block.data, np.uint8)[starts] != RETURN))
    if rows != int(filled.sum()):
        return None
    return pa.array((block.first_line + np.searchsorted(newlines, starts))[filled], pa.int64())


def _parse(data: bytes, shape: _Shape) -> pa.Table | None:
    names = [str(index) for index in range(len(shape.header))]
    try:
        return pa_csv.read_csv(
            pa.BufferReader(data),
            pa_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
            pa_csv.ParseOptions(delimiter=shape.delimiter, newlines_in_values=b'"' in data),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _one_by_one(block: Block, shape: _Shape, source: Source) -> Iterator[RawPiece]:
    lines = [line + "\n" for line in block.data.decode("utf-8").split("\n")[:-1]]
    width = len(shape.header)
    rows: list[list[str]] = []
    places: list[int] = []
    for record in read_records(lines, first_line=block.first_line, delimiter=shape.delimiter):
        if not any(cell.strip() for cell in record.cells):
            continue
        bad = checked(record, width=width, file=source.name, most_characters=source.limits.cell_characters)
        if bad is None:
            rows.append(record.cells[:width])
            places.append(record.line)
        else:
            yield bad  # ahead of the rows before it: batches stay whole, and lines tell the order
    if rows:
        yield batch_of(rows, places)


def batch_of(rows: list[list[str]], lines: list[int]) -> RawBatch:
    """Return rows of equal width as a batch of text columns, null where empty."""
    columns = tuple(pa.array([cell or None for cell in column], pa.string()) for column in zip(*rows, strict=True))
    return RawBatch(columns, pa.array(lines, pa.int64()))


DELIMITED = Reader(lambda source: is_text(source.head), read)
