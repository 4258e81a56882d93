"""A workbook of texts as the new back office writes it: inline strings, and fixed dates inside."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter


def write_workbook(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write one sheet of text cells, empty ones left out, and return the path."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 -- the file format knows no zone
        page = book.add_worksheet(sheet)
        for place, cells in enumerate([header, *rows]):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(place, column, text)
    return path
