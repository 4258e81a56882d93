"""Rows of cells (sheets, HTML) → a raw table: the header found, the rest in batches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.header import ROWS_LOOKED_AT, find_header
from xiaoer.intake.raw import BadRow, RawPiece, RawTable, Source
from xiaoer.intake.readers.delimited import batch_of
from xiaoer.intake.reading import ReadOptions
from xiaoer.intake.vocabulary import all_headers

BATCH_ROWS = 16_384
NumberedRow = tuple[int, list[str]]


def table_of_rows(
    rows: Iterable[NumberedRow], *, reader: str, source: Source, sheet: str | None, options: ReadOptions
) -> RawTable | Issue | None:
    """Return the table of the rows, an Issue when no row is a header, or None when all of them are empty."""
    filled = ((line, cells) for line, cells in rows if any(cell.strip() for cell in cells))
    first = list(islice(filled, ROWS_LOOKED_AT * 2))
    if not first:
        return None
    header = find_header([cells for _, cells in first], all_headers(options.catalog))
    if header is None:
        return Issue("intake.no_header", Severity.ERROR, source.place(sheet=sheet, line=first[0][0]))
    below = header.first_row + header.rows
    width = max(len(header.names), *(len(cells) for _, cells in first[:below]))
    names = header.names + ("",) * (width - len(header.names))
    pieces = _pieces(chain(first[below:], filled), width=width, source=source, sheet=sheet)
    above = tuple(" ".join(filter(None, cells)) for _, cells in first[: header.first_row])
    return RawTable(reader, source, sheet, names, first[header.first_row][0], pieces, above=above)


def _pieces(rows: Iterator[NumberedRow], *, width: int, source: Source, sheet: str | None) -> Iterator[RawPiece]:
    while some := list(islice(rows, BATCH_ROWS)):
        good: list[NumberedRow] = []
        for line, cells in some:
            bad = _bad_row(line, cells, width=width, source=source, sheet=sheet)
            if bad is None:
                good.append((line, [*cells[:width], *[""] * (width - len(cells))]))
            else:
                yield bad
        if good:
            yield batch_of([cells for _, cells in good], [line for line, _ in good])


def _bad_row(line: int, cells: Sequence[str], *, width: int, source: Source, sheet: str | None) -> BadRow | None:
    place = source.place(line=line, sheet=sheet)
    most = source.limits.cell_characters
    if max(map(len, cells)) > most:
        issue = Issue("intake.cell_too_long", Severity.REJECTED, place, {"most": most})
        return BadRow(line, tuple(cell[:most] for cell in cells), (issue,))
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        issue = Issue("intake.extra_cells", Severity.REJECTED, place, {"found": len(cells), "expected": width})
        return BadRow(line, tuple(cells), (issue,))
    return None
