"""A page's table as templates take it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from xiaoer.actions.render.page import IMMATURE_MARK, MISSED_MARK, Cell, Column, Page


@dataclass(frozen=True)
class Shown:
    """One cell: its text, what it is sorted by, its classes, its marks with their meaning."""

    text: str
    sorted_by: str
    classes: str
    marks: tuple[tuple[str, str], ...]
    heads_row: bool


@dataclass(frozen=True)
class Table:
    """The rows of a page, the totals row where there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]
    total: tuple[Shown, ...] | None


def table_of(page: Page) -> Table:
    """Return a page's table."""
    total = None if page.total is None else _row(page.columns, page.total)
    return Table(page.columns, tuple(_row(page.columns, row) for row in page.rows), total)


def _row(columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> tuple[Shown, ...]:
    return tuple(_shown(column, cell) for column, cell in zip(columns, cells, strict=True))


def _shown(column: Column, cell: Cell) -> Shown:
    states = {"number": not column.left, "fixed": column.fixed, "missed": cell.missed, "immature": cell.immature}
    marks = []
    if cell.missed:
        marks.append((MISSED_MARK, _("target missed")))
    if cell.immature:
        marks.append((IMMATURE_MARK, _("can still change")))
    classes = " ".join(name for name, holds in states.items() if holds)
    return Shown(cell.text, _sortable(cell), classes, tuple(marks), column.fixed)


def _sortable(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
