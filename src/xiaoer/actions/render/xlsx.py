"""Pages as a workbook, a sheet each: numbers stay numbers, the state of a figure is a mark and a colour.

The last sheet explains.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from xiaoer.actions.render.book import Book, book_of
from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import LEFT, Cell, Column, For, Kind, Page, Screen, mark_of, states_of
from xiaoer.actions.render.xlsx_charts import add_charts
from xiaoer.actions.render.xlsx_numbers import NUMBER_FORMATS
from xiaoer.actions.wording import word

FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
RED, GREY, AMBER = "#C00000", "#808080", "#9C5700"
NARROWEST, WIDEST = 7, 44
LONGEST_SHEET_NAME = 31

# xlsxwriter ships no types: a workbook, a sheet and a format are whatever it makes.
Formats = Callable[..., Any]


def render_xlsx(page: Page, screen: Screen) -> bytes:
    """Return the workbook of one page."""
    return render_xlsx_book(book_of(page), screen)


def render_xlsx_book(book: Book, screen: Screen) -> bytes:
    """Return the workbook's bytes. A text is never a formula or a link, whatever it starts with."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(file, options)
    workbook.set_properties({"title": book.title})
    formats = _formats(workbook)
    names = sheet_names([page.label or word(f"sheet_{page.name}", page.language) for page in book.pages])
    pages = [page.shown_to(For.SHEETS) for page in book.pages]
    for name, page in zip(names, pages, strict=True):
        sheet = workbook.add_worksheet(name)
        _figures(sheet, page, formats)
        add_charts(workbook, sheet, page)
    if book.about:
        _explanations(workbook.add_worksheet(word("sheet_about", book.language)), book, formats)
    workbook.close()
    return file.getvalue()


def sheet_names(labels: Sequence[str]) -> list[str]:
    """Return names that a workbook takes, each once: at most 31 long, without its seven forbidden characters."""
    names: list[str] = []
    for label in labels:
        plain = "".join(" " if part in "[]:*?/\\'" else part for part in label)[:LONGEST_SHEET_NAME].strip()
        taken = {name.lower() for name in names}
        tries = (plain, *(f"{plain[: LONGEST_SHEET_NAME - 4]} {number}" for number in range(2, 1000)))
        names.append(next(one for one in tries if one and one.lower() not in taken))
    return names


def _formats(book: Any) -> Formats:  # noqa: ANN401 -- see Formats
    known: dict[tuple[tuple[str, object], ...], Any] = {}

    def made(**wanted: object) -> Any:  # noqa: ANN401 -- see Formats
        key = tuple(sorted(wanted.items()))
        if key not in known:
            known[key] = book.add_format({**FONT, **wanted})
        return known[key]

    return made


def _figures(sheet: Any, page: Page, formats: Formats) -> None:  # noqa: ANN401 -- see Formats
    for place, column in enumerate(page.columns):
        head = formats(bold=True, bg_color="#F2F2F2", bottom=1, text_wrap=True, align=_side(column), valign="vcenter")
        sheet.write_string(0, place, "\n".join(_heading(column)), head)
        sheet.set_column(place, place, _width(page, place))
    styles: dict[tuple[object, ...], Any] = {}  # few differ, cells are many
    for number, row in enumerate(page.all_rows, start=1):
        is_total = page.total is not None and number > len(page.rows)
        for place, (column, cell) in enumerate(zip(page.columns, row, strict=True)):
            look = (place, is_total, states_of(cell), cell.worse)
            if look not in styles:
                styles[look] = _style(column, cell, is_total, formats)
            _write(sheet, number, place, cell=cell, style=styles[look])
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, sum(column.fixed for column in page.columns))
    if page.rows:
        sheet.autofilter(0, 0, len(page.rows), len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def _heading(column: Column) -> list[str]:
    """Return label and unit; money and shares carry theirs in the number's format."""
    unit = column.bare_unit if column.kind is Kind.SECONDS else column.unit
    return [column.label, unit] if unit else [column.label]


def _side(column: Column) -> str:
    return "left" if column.left else "right"


def _style(column: Column, cell: Cell, is_total: bool, formats: Formats) -> Any:  # noqa: ANN401 -- see Formats
    mark = mark_of(cell)
    number = NUMBER_FORMATS.get(column.kind, "General")
    wanted: dict[str, object] = {"align": _side(column)}
    if column.kind not in LEFT:
        # The mark is part of how the number is shown, so the cell stays a number.
        wanted["num_format"] = ";".join(f'{part}" {mark}"' for part in number.split(";")) if mark else number
    elif column.kind is not Kind.TEXT:
        wanted["num_format"] = number
    if cell.immature:
        wanted |= {"italic": True, "font_color": GREY}
    if cell.missed:
        wanted |= {"font_color": RED}
    if cell.worse:
        wanted |= {"font_color": AMBER}
    return formats(**wanted, **({"bold": True, "top": 1} if is_total else {}))


def _write(sheet: Any, row: int, place: int, *, cell: Cell, style: Any) -> None:  # noqa: ANN401 -- see Formats
    value = cell.value
    if value is None or isinstance(value, str):
        sheet.write_string(row, place, NOTHING if value is None else cell.text, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None, microsecond=0), style)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_datetime(row, place, value, style)


def _width(page: Page, place: int) -> int:
    column = page.columns[place]
    texts = [*_heading(column), *(row[place].text + mark_of(row[place]) + "  " for row in page.all_rows)]
    return min(WIDEST, max(NARROWEST, *(cell_len(text) for text in texts)) + 2)


def _explanations(sheet: Any, book: Book, formats: Formats) -> None:  # noqa: ANN401 -- see Formats
    name, text = formats(bold=True, valign="top"), formats(text_wrap=True, valign="top")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, book.title, formats(bold=True, font_size=12))
    notes = ((word("about_note", book.language), note) for note in book.notes)
    for number, (label, said) in enumerate(dict.fromkeys([*notes, *book.about]), start=2):
        sheet.write_string(number, 0, label, name)
        sheet.write_string(number, 1, said, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
