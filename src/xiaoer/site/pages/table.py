"""A page's table as templates take it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from xiaoer.actions.render.page import Cell, Column, For, Page, states_of
from xiaoer.actions.wording import word


@dataclass(frozen=True)
class Shown:
    """One cell: its text, what it is sorted by, its classes, its marks with their meaning, what else is said of it."""

    text: str
    sorted_by: str
    classes: str
    marks: tuple[tuple[str, str], ...]
    heads_row: bool
    hint: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a page, the totals row where there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]
    total: tuple[Shown, ...] | None


def table_of(page: Page) -> Table:
    """Return a page's table as people read it."""
    page = page.shown_to(For.READING)
    rows = tuple(_row(page, row) for row in page.rows)
    return Table(page.columns, rows, None if page.total is None else _row(page, page.total))


def _row(page: Page, cells: tuple[Cell, ...]) -> tuple[Shown, ...]:
    return tuple(_shown(column, cell, page.language) for column, cell in zip(page.columns, cells, strict=True))


def _shown(column: Column, cell: Cell, language: str) -> Shown:
    states = states_of(cell)
    place = {"number": not column.left, "fixed": column.fixed, "worse": cell.worse}
    classes = " ".join([name for name, holds in place.items() if holds] + [name for name, _ in states])
    marks = tuple((mark, word(f"state_{name}", language)) for name, mark in states)
    return Shown(cell.text, _sortable(cell), classes, marks, column.fixed, cell.hint)


def _sortable(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
