"""Rows of texts, one at a time, put into the batches of a raw table: for readers that walk a text or a document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.encoding import BAD_BYTE
from xiaoer.intake.raw import BadRow, RawBatch, RawPiece, RawTable, Source

BATCH_ROWS = 32_768


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row, every value still text, and the line it starts on."""

    line: int
    values: tuple[str | None, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the values as cells of a file, empty where unknown."""
        return tuple(value or "" for value in self.values)


def text_table(
    reader: str, source: Source, *, header: tuple[str, ...], rows: Iterable[TextRow | BadRow | Issue]
) -> RawTable:
    """Return the raw table of the rows, walked once; unreadable bytes and over-long texts make bad rows."""
    return RawTable(
        reader, source, None, header, 1, _in_batches(_sound(rows, source, header=header), width=len(header))
    )


def _sound(
    rows: Iterable[TextRow | BadRow | Issue], source: Source, *, header: tuple[str, ...]
) -> Iterator[TextRow | BadRow | Issue]:
    most = source.limits.cell_characters
    for row in rows:
        if isinstance(row, BadRow):
            yield replace(row, cells=_as_wide(row.cells, header))
            continue
        if isinstance(row, Issue):
            yield row
            continue
        if not any(value and (len(value) > most or BAD_BYTE in value) for value in row.values):
            yield row
            continue
        problems: dict[str, dict[str, str | int]] = {}
        if any(BAD_BYTE in cell for cell in row.cells):
            problems["intake.bad_bytes"] = {}
        if any(len(cell) > most for cell in row.cells):
            problems["intake.cell_too_long"] = {"most": most}
        place = source.place(line=row.line)
        cells = tuple(cell[:most].replace(BAD_BYTE, "\ufffd") for cell in row.cells)
        yield BadRow(row.line, cells, tuple(Issue(code, Severity.REJECTED, place, problems[code]) for code in problems))


def _as_wide(cells: tuple[str, ...], header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells under the header; a whole line that is no row stands where words do."""
    if len(cells) == 1 and "text" in header:
        cells = ("",) * header.index("text") + cells
    return cells + ("",) * (len(header) - len(cells))


def _in_batches(rows: Iterable[TextRow | BadRow | Issue], *, width: int) -> Iterator[RawPiece]:
    waiting: list[TextRow] = []
    for row in rows:
        if isinstance(row, TextRow):
            waiting.append(row)
        if waiting and (len(waiting) >= BATCH_ROWS or not isinstance(row, TextRow)):
            yield _batch(waiting, width)
            waiting = []
        if not isinstance(row, TextRow):
            yield row
    if waiting:
        yield _batch(waiting, width)


def _batch(rows: list[TextRow], width: int) -> RawBatch:
    columns = tuple(_column([row.values[place] or None for row in rows]) for place in range(width))
    return RawBatch(columns, pa.array([row.line for row in rows], pa.int64()))


def _column(values: list[str | None]) -> pa.Array:
    try:
        return pa.array([value.replace("\0", "") if value else None for value in values], pa.string())
    except UnicodeEncodeError:  # halves of surrogate pairs, as JSON may spell them
        whole = [value.encode("utf-8", "replace").decode("utf-8") if value else None for value in values]
        return pa.array([value.replace("\0", "") if value else None for value in whole], pa.string())
