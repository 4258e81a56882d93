"""A page as a workbook: numbers stay numbers, the state of a figure is a mark and a colour, a second sheet explains."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import LEFT, Cell, Column, Kind, Page, Screen, mark_of
from xiaoer.actions.wording import word

NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.SECONDS: "#,##0.0",
    Kind.YUAN: "¥#,##0.00;[Red]-¥#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm:ss",
}
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
RED, GREY = "#C00000", "#808080"
NARROWEST, WIDEST = 7, 44

# xlsxwriter ships no types: a workbook, a sheet and a format are whatever it makes.
Formats = Callable[..., Any]


def render_xlsx(page: Page, screen: Screen) -> bytes:
    """Return the workbook's bytes. A text is never a formula or a link, whatever it starts with."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": page.title})
    formats = _formats(book)
    _figures(book.add_worksheet(word(f"sheet_{page.name}", page.language)), page, formats)
    if page.about:
        _explanations(book.add_worksheet(word("sheet_about", page.language)), page, formats)
    book.close()
    return file.getvalue()


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
    for number, row in enumerate(page.all_rows, start=1):
        is_total = page.total is not None and number > len(page.rows)
        for place, (column, cell) in enumerate(zip(page.columns, row, strict=True)):
            _write(sheet, number, place, cell=cell, style=_style(column, cell, is_total, formats))
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


def _explanations(sheet: Any, page: Page, formats: Formats) -> None:  # noqa: ANN401 -- see Formats
    name, text = formats(bold=True, valign="top"), formats(text_wrap=True, valign="top")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, page.title, formats(bold=True, font_size=12))
    for number, (label, said) in enumerate(page.about, start=2):
        sheet.write_string(number, 0, label, name)
        sheet.write_string(number, 1, said, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
