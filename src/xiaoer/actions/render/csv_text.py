"""A page for spreadsheets that take text: labels as the header, exact numbers, UTF-8 marked for Excel."""

import csv
from datetime import datetime
from decimal import Decimal
from io import StringIO

from xiaoer.actions.render.page import Cell, For, Page, Screen, mark_of, states_of
from xiaoer.actions.wording import word
from xiaoer.base.money import plain

LONGEST_NUMBER = 11  # Excel shows longer digits in scientific notation and loses what is beyond the fifteenth


def render_csv(page: Page, screen: Screen) -> bytes:
    """Return header and rows, without totals, so that a sum over a column is right.

    Numbers stay numbers: where figures are in a state that readers must know, a last column says so in words.
    """
    page = page.shown_to(For.SHEETS)
    header, rows = [column.heading for column in page.columns], [[_written(cell) for cell in row] for row in page.rows]
    states = [_states(page, row) for row in page.rows]
    if any(states):
        header.append(word("states", page.language))
        rows = [[*row, told] for row, told in zip(rows, states, strict=True)]
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def _states(page: Page, row: tuple[Cell, ...]) -> str:
    """Return which figures of a row are in which state, as "◐ Conversion: not mature yet"."""
    between, colon = ("; ", ": ") if page.language == "en" else ("；", "：")
    comma = ", " if page.language == "en" else "，"
    return between.join(
        f"{mark_of(cell)} {column.label}{colon}"
        + (cell.hint or comma.join(word(f"state_{name}", page.language) for name, _ in states_of(cell)))
        for column, cell in zip(page.columns, row, strict=True)
        if states_of(cell)
    )


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
