"""A page for spreadsheets that take text: labels as the header, exact numbers, UTF-8 marked for Excel."""

import csv
from datetime import datetime
from decimal import Decimal
from io import StringIO

from xiaoer.actions.render.page import Cell, Page, Screen
from xiaoer.base.money import plain

LONGEST_NUMBER = 11  # Excel shows longer digits in scientific notation and loses what is beyond the fifteenth


def render_csv(page: Page, screen: Screen) -> bytes:
    """Return header and rows, without totals, so that a sum over a column is right."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in page.columns])
    writer.writerows([_written(cell) for cell in row] for row in page.rows)
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Decimal):
        return plain(value)
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    """Return a text that a spreadsheet takes neither for a formula nor for a number."""
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{text}"
    return f"\t{text}" if text.isdigit() and len(text) > LONGEST_NUMBER else text
