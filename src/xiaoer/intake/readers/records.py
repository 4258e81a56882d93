"""The patient way through a delimited text: record by record, with what is wrong with each."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaoer.base.issues import Issue, Place, Severity
from xiaoer.intake.encoding import BAD_BYTE
from xiaoer.intake.raw import BadRow

MOST_LINES_OF_A_RECORD = 500  # a quote that stays open longer was never meant to be one


@dataclass(frozen=True)
class Record:
    """The cells of one record, the line it starts on and the number of lines it takes."""

    line: int
    lines: int
    cells: list[str]
    closed: bool = True  # False where a quote was opened and never closed


def read_records(lines: Sequence[str], *, first_line: int, delimiter: str) -> Iterator[Record]:
    """Yield every record of the lines; a quote left open makes a record of its line alone, and reading goes on."""
    at = 0
    while at < len(lines):
        if '"' not in lines[at]:
            yield Record(first_line + at, 1, lines[at].rstrip("\r\n").split(delimiter))
            at += 1
            continue
        cells, taken = _one(lines[at : at + MOST_LINES_OF_A_RECORD], delimiter)
        if cells is None:
            yield Record(first_line + at, 1, lines[at].rstrip("\r\n").split(delimiter), closed=False)
            at += 1
        else:
            yield Record(first_line + at, taken, cells)
            at += taken


def checked(record: Record, *, width: int, file: str, most_characters: int) -> BadRow | None:
    """Return the record as a BadRow with everything that makes it none of the table's, or None when it is sound."""
    place = Place(file, line=record.line)
    cells = record.cells
    problems: list[tuple[str, dict[str, str | int]]] = []
    if not record.closed:
        problems.append(("intake.open_quote", {}))
    if any(BAD_BYTE in cell for cell in cells):
        problems.append(("intake.bad_bytes", {}))
    if any("\0" in cell for cell in cells):
        problems.append(("intake.nul_byte", {}))
    if any(len(cell) > most_characters for cell in cells):
        problems.append(("intake.cell_too_long", {"most": most_characters}))
    if record.closed and len(cells) < width:
        problems.append(("intake.half_row", {"found": len(cells), "expected": width}))
    if record.closed and len(cells) > width and any(cell.strip() for cell in cells[width:]):
        problems.append(("intake.extra_cells", {"found": len(cells), "expected": width}))
    if not problems:
        return None
    issues = tuple(Issue(code, Severity.REJECTED, place, values) for code, values in problems)
    kept = tuple(cell[:most_characters].replace(BAD_BYTE, "\ufffd").replace("\0", "") for cell in cells)
    return BadRow(record.line, kept, issues)


def _one(lines: Sequence[str], delimiter: str) -> tuple[list[str] | None, int]:
    """Return the first record's cells and the number of its lines; None where its quote is never closed."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return None, 1
    except StopIteration:
        return [], 1
    taken = reader.line_num
    if taken == len(lines) and _left_open(lines[:taken], delimiter):
        return None, 1
    return cells, taken


def _left_open(lines: Sequence[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False
