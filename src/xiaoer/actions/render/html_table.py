"""A page's table in HTML: sorted by a click on the screen; on paper in parts, where it is wider than a sheet."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from html import escape

from rich.cells import cell_len

from xiaoer.actions.render.page import Cell, Column, For, Page, mark_of, states_of
from xiaoer.actions.wording import word

# A sheet of A4 laid across, and letters as the print style has them, in pixels.
SHEET, HALF_LETTER, AROUND = 1040, 4.9, 10


def table_html(page: Page) -> str:
    """Return the table with all its columns, and for paper the parts that it is cut into."""
    page = page.shown_to(For.READING)
    parts = paper_parts(page)
    whole = _table(page, range(len(page.columns)))
    screen = "wide" if len(parts) == 1 else "wide screen"
    cut = "".join(f'<div class="paper">{_table(page, part)}</div>' for part in parts) if len(parts) > 1 else ""
    return f'<div class="{screen}">\n{whole}\n<div class="edge"><span></span></div>\n</div>{cut}'


def paper_parts(page: Page) -> list[list[int]]:
    """Return the columns of each part that fits a sheet, the fixed ones in every part."""
    fixed = [place for place, column in enumerate(page.columns) if column.fixed]
    left = SHEET - sum(_wide(page, place) for place in fixed)
    parts: list[list[int]] = [[]]
    used = 0.0
    for place in (place for place in range(len(page.columns)) if place not in fixed):
        if parts[-1] and used + _wide(page, place) > left:
            parts.append([])
            used = 0.0
        parts[-1].append(place)
        used += _wide(page, place)
    return [[*fixed, *part] for part in parts]


def _wide(page: Page, place: int) -> float:
    """Return about how wide a column is on paper; its heading breaks, its figures do not."""
    texts = [row[place].text + mark_of(row[place]) for row in page.all_rows]
    words = [word for word in page.columns[place].label.split(" ") if word.isascii()]  # these do not break either
    return max([4, *(cell_len(text) for text in [*texts, *words])]) * HALF_LETTER + AROUND


def _table(page: Page, places: Sequence[int]) -> str:
    heads = "".join(_head(page.columns[place]) for place in places)
    body = f"<tbody>\n{_body(page, places)}\n</tbody>\n{_foot(page, places)}"
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n{body}\n</table>"


def _head(column: Column) -> str:
    unit = f"<small>{escape(column.unit)}</small>" if column.unit else ""
    told = f' title="{escape(column.help)}"' if column.help else ""
    kind = " ".join(part for part in ("left" if column.left else "", "fixed" if column.fixed else "") if part)
    return f'<th scope="col" class="{kind}"{told} aria-sort="none"><button>{escape(column.label)}{unit}</button></th>'


def _body(page: Page, places: Sequence[int]) -> str:
    if not page.rows:
        text = escape(word("no_rows", page.language))
        return f'<tr><td class="left" colspan="{max(1, len(places))}">{text}</td></tr>'
    return "\n".join(f"<tr>{_cells(page, row, places)}</tr>" for row in page.rows)


def _foot(page: Page, places: Sequence[int]) -> str:
    return f"<tfoot><tr>{_cells(page, page.total, places)}</tr></tfoot>" if page.total is not None else ""


def _cells(page: Page, row: tuple[Cell, ...], places: Sequence[int]) -> str:
    return "".join(_cell(page.columns[place], row[place], page.language) for place in places)


def _cell(column: Column, cell: Cell, language: str) -> str:
    states = states_of(cell)
    place = {"left": column.left, "fixed": column.fixed, "beside": column.beside, "worse": cell.worse}
    kind = " ".join([name for name, holds in place.items() if holds] + [name for name, _ in states])
    marks = "".join(f'<i title="{escape(word(f"state_{name}", language))}">{mark}</i>' for name, mark in states)
    tag = "th" if column.fixed else "td"
    more = (' scope="row"' if column.fixed else "") + (f' title="{escape(cell.hint)}"' if cell.hint else "")
    return f'<{tag}{more} class="{kind}" data-value="{escape(_sortable(cell))}">{escape(cell.text)}{marks}</{tag}>'


def _sortable(cell: Cell) -> str:
    """Return the exact value as a text that the page's script reads back; empty for none."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
