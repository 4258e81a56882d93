"""The charts of a page as a workbook's own: they read the cells of the table, so they follow whatever is changed."""

from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.chart_frame import number_of
from xiaoer.actions.render.page import Cell, Kind, Page
from xiaoer.actions.render.xlsx_numbers import NUMBER_FORMATS
from xiaoer.actions.wording import word

# Two colours that people who see colours differently tell apart, also by how dark they are (Okabe and Ito, 2008).
BLUE, ORANGE, PALE = "#0072B2", "#D55E00", "#9CC7E0"
FONT = {"name": "Microsoft YaHei", "size": 9}
GREY = "#808080"
HIGH, WIDE, BESIDE = 300, 620, 2  # in points of the screen; charts beside each other
ROW_HIGH = 20
AXIS_FORMATS = {Kind.SHARE: "0%", Kind.YUAN: "¥#,##0", Kind.SECONDS: "#,##0", Kind.NUMBER: "#,##0.0"}


def add_charts(workbook: Any, sheet: Any, page: Page) -> None:  # noqa: ANN401 -- xlsxwriter ships no types
    """Put the page's charts below its table; a target stands in a column of its own, two to the right of the table."""
    top = len(page.all_rows) + 2
    beside = len(page.columns) + 1
    for number, chart in enumerate(page.charts):
        places = [_place(page, name) for name in chart.columns]
        if chart.kind is ChartKind.FUNNEL:
            made = _funnel(workbook, sheet, page, places)
        else:
            target = beside if chart.target is not None else None
            if chart.target is not None:
                _write_target(workbook, sheet, page, chart, beside)
                beside += 1
            made = _of_rows(workbook, sheet, page, chart, target)
        made.set_title({"name": chart.title, "name_font": {**FONT, "size": 11, "bold": True}, "overlay": False})
        made.set_size({"width": WIDE, "height": HIGH})
        row, column = divmod(number, BESIDE)
        offset = {"x_offset": column * (WIDE + 16), "object_position": 2, "description": chart.title}
        sheet.insert_chart(top + row * (HIGH // ROW_HIGH + 1), 0, made, offset)


def _place(page: Page, name: str) -> int:
    return next(place for place, column in enumerate(page.columns) if column.name == name)


def _of_rows(workbook: Any, sheet: Any, page: Page, chart: Chart, target: int | None) -> Any:  # noqa: ANN401
    """Return the chart of one column's rows; the target, where there is one, as a line across."""
    place, last = _place(page, chart.columns[0]), len(page.rows)
    line = chart.kind is ChartKind.LINE
    made = workbook.add_chart({"type": "line" if line else "column"})
    cells = [row[place] for row in page.rows]
    series: dict[str, Any] = {
        "name": [sheet.name, 0, place],
        "categories": [sheet.name, 1, 0, last, 0],
        "values": [sheet.name, 1, place, last, place],
        "points": [_point(cell, line=line) for cell in cells],
    }
    shown = {"line": {"color": BLUE, "width": 2}, "marker": {"type": "circle", "size": 4, **_filled(BLUE)}}
    made.add_series(series | (shown if line else {"fill": {"color": BLUE}, "gap": 60}))
    if target is not None:
        _add_target(workbook, sheet, made, place=target, last=last)
    made.set_legend({"none": True})
    _set_axes(made, page, place)
    made.show_blanks_as("gap")
    return made


def _set_axes(made: Any, page: Page, place: int) -> None:  # noqa: ANN401
    """Name both axes, the upright one by its unit; it begins at nought unless a figure is below."""
    column, name_font = page.columns[place], {**FONT, "bold": False}
    below = any((number_of(row[place]) or 0) < 0 for row in page.rows)
    number = AXIS_FORMATS.get(column.kind, NUMBER_FORMATS.get(column.kind, "General"))
    made.set_y_axis({
        "name": column.unit or column.bare_unit or column.label, "name_font": name_font, "num_font": FONT,
        "num_format": number, "min": None if below else 0, "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}},
    })  # fmt: skip
    made.set_x_axis({
        "name": page.columns[0].label, "name_font": name_font, "num_font": FONT, "num_format": "m-d", "text_axis": True,
    })  # fmt: skip


def _point(cell: Cell, *, line: bool) -> dict[str, Any] | None:
    """Return how a point differs from the others: what can still change is pale or dashed, a missed target orange."""
    color = ORANGE if cell.missed else BLUE
    dashed = {"color": color, "dash_type": "dash"}
    if line and cell.immature:
        return {"line": {**dashed, "width": 2}, "border": {**dashed, "width": 2}}
    if cell.immature:
        return {"fill": {"color": PALE}, "border": dashed}
    return {"fill": {"color": color}} if cell.missed and not line else None


def _filled(color: str) -> dict[str, Any]:
    return {"fill": {"color": color}, "border": {"color": color}}


def _write_target(workbook: Any, sheet: Any, page: Page, chart: Chart, beside: int) -> None:  # noqa: ANN401
    column = page.columns[_place(page, chart.columns[0])]
    grey = {"font_name": FONT["name"], "font_size": 8, "font_color": GREY}
    head = word("chart_target_column", page.language, label=column.label)
    sheet.write_string(0, beside, head, workbook.add_format({**grey, "text_wrap": True}))
    number = workbook.add_format({**grey, "num_format": NUMBER_FORMATS.get(column.kind, "General")})
    for row in range(1, len(page.rows) + 1):
        sheet.write_number(row, beside, chart.target, number)
    sheet.set_column(beside, beside, 10)


def _add_target(workbook: Any, sheet: Any, made: Any, *, place: int, last: int) -> None:  # noqa: ANN401
    across = workbook.add_chart({"type": "line"})
    across.add_series({
        "name": [sheet.name, 0, place],
        "categories": [sheet.name, 1, 0, last, 0],
        "values": [sheet.name, 1, place, last, place],
        "line": {"color": ORANGE, "width": 1.5, "dash_type": "square_dot"},
        "marker": {"type": "none"},
    })  # fmt: skip
    made.combine(across)


def _funnel(workbook: Any, sheet: Any, page: Page, places: list[int]) -> Any:  # noqa: ANN401
    """Return bars of the totals row, the first stage on top, each with its number."""
    made = workbook.add_chart({"type": "bar"})
    row = len(page.all_rows)
    made.add_series({
        "name": word("total", page.language),
        "categories": _cells(sheet.name, 0, places),
        "values": _cells(sheet.name, row, places),
        "fill": {"color": BLUE},
        "gap": 40,
        "data_labels": {"value": True, "font": FONT},
    })  # fmt: skip
    made.set_legend({"none": True})
    made.set_y_axis({"reverse": True, "num_font": FONT})
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return made


def _cells(sheet: str, row: int, places: list[int]) -> Any:  # noqa: ANN401 -- what a series takes
    """Return a range where the columns stand side by side, else each cell by itself."""
    if places == list(range(places[0], places[-1] + 1)):
        return [sheet, row, places[0], row, places[-1]]
    quoted = quote_sheetname(sheet)
    return f"=({','.join(f'{quoted}!{xl_rowcol_to_cell(row, place, row_abs=True, col_abs=True)}' for place in places)})"
