"""A page's table as templates take it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiaoer.actions.render.page import Cell, Column, For, Page, states_of
from xiaoer.actions.wording import word

NOTHING = SafeString("")
SAID_ALOUD, UNDER_THE_POINTER = SafeString("aria-label"), SafeString("title")


@dataclass(frozen=True)
class Shown:
    """One cell: its text, what it is sorted by, its classes, its marks with their meaning, what else is said of it.

    It makes its own HTML: pages have hundreds of cells, and a template for each was half of a page's time.
    """

    text: str
    sorted_by: str
    classes: str
    marks: tuple[tuple[str, str], ...]
    heads_row: bool
    hint: str = ""

    @property
    def html(self) -> SafeString:
        """Return the cell with what it is sorted by."""
        return self.with_text(self.text, self.classes, format_html(' data-value="{}"', self.sorted_by))

    def with_text(self, text: str, classes: str, value: SafeString = NOTHING) -> SafeString:
        """Return the head of a row, or a figure with its hint and marks, with this text in it, escaped unless safe."""
        named = format_html(' class="{}"', classes) if classes else NOTHING
        if self.heads_row:
            return format_html('<th scope="row"{}{}>{}</th>', named, value, text)
        hint = format_html(' title="{}"', self.hint) if self.hint else NOTHING
        return format_html("<td{}{}{}>{}{}</td>", named, value, hint, text, self._marks() if self.marks else NOTHING)

    def _marks(self) -> SafeString:
        """Return the marks: what they mean is told under the pointer too, unless the cell's hint is there."""
        told = SAID_ALOUD if self.hint else UNDER_THE_POINTER
        mark = '<span class="state" role="img" {}="{}">{}</span>'
        return format_html_join("", mark, ((told, said, sign) for sign, said in self.marks))


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
