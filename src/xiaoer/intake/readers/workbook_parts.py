"""What is checked in the parts of an xlsx before the library opens it, and what it would not tell."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.archive import check_archive
from xiaoer.intake.raw import Source

MOST_CELLS = 40_000_000  # the library keeps a sheet as one rectangle from its first cell to its last
CHUNK_BYTES = 1024 * 1024
OVERLAP_BYTES = 512
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,9})"')
_WIDE_CELL = re.compile(rb'\br="([A-Z]{2,3})\d')
_ERROR_CELL = re.compile(rb'\bt="e"')
_NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>|</c>)|<f\b[^>]*/>\s*(?:<v\s*/>|<v></v>|</c>)")


@dataclass
class _Seen:
    """What was seen in the sheets so far."""

    last_row: int = 1
    columns: set[bytes] = field(default_factory=set)
    error_cells: int = 0
    formulas_without_value: int = 0


def check_parts(source: Source) -> Iterator[Issue]:
    """Yield what is worth saying of an xlsx; a ReportableError when it is a bomb, locked, damaged or far too wide."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            check_archive(archive, source)
            for part in archive.infolist():
                if re.fullmatch(r"xl[/\\]worksheets[/\\][^/\\]+\.xml", part.filename, re.IGNORECASE):
                    with archive.open(part) as sheet:
                        yield from _check_sheet(sheet, source)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise ReportableError.of("intake.damaged_file", place=source.place()) from None


def _check_sheet(sheet: IO[bytes], source: Source) -> Iterator[Issue]:
    seen = _Seen()
    carry = b""
    while chunk := sheet.read(CHUNK_BYTES):
        data = carry + chunk
        _look(data, seen, fresh_from=len(carry))
        carry = data[-OVERLAP_BYTES:]
        if seen.last_row * max((_column_number(name) for name in seen.columns), default=26) > MOST_CELLS:
            raise ReportableError.of("intake.sheet_too_large", place=source.place())
    if seen.error_cells:
        yield Issue("intake.error_cells", Severity.WARNING, source.place(), {"count": seen.error_cells})
    if seen.formulas_without_value:
        values = {"count": seen.formulas_without_value}
        yield Issue("intake.formula_without_value", Severity.WARNING, source.place(), values)


def _look(data: bytes, seen: _Seen, *, fresh_from: int) -> None:
    """Note what ends in the fresh part; the part before it was looked at with the last chunk."""
    for match in _ROW.finditer(data):
        seen.last_row = max(seen.last_row, int(match[1]))
    if last := _CELL.search(data, max(0, len(data) - OVERLAP_BYTES)):
        seen.last_row = max(seen.last_row, int(last[2]))
    seen.columns.update(_WIDE_CELL.findall(data))
    seen.error_cells += sum(1 for match in _ERROR_CELL.finditer(data) if match.end() > fresh_from)
    seen.formulas_without_value += sum(1 for match in _NO_VALUE.finditer(data) if match.end() > fresh_from)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
