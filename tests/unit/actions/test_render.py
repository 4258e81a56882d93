"""Formats of a page: what a terminal, a spreadsheet and a browser must not get wrong."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook
from rich.cells import cell_len

from xiaoer.actions.render.csv_text import render_csv
from xiaoer.actions.render.html import render_html
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Screen
from xiaoer.actions.render.table import render_table
from xiaoer.actions.render.xlsx import render_xlsx


def page(
    rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...], total: tuple[Cell, ...] | None = None
) -> Page:
    return Page("report", "晨光店 · 9 月", columns, rows, "zh", {}, total)


NAME = Column("agent", "客服", fixed=True)
SHARE = Column("reply_share", "回复率", Kind.SHARE)
COUNT = Column("received", "接待人数", Kind.COUNT, "人")


def test_columns_line_up_by_what_is_seen_not_by_characters() -> None:
    rows = (
        (Cell("小艾", "小艾"), Cell(0.5, "50.0%"), Cell(7, "7")),
        (Cell("Amy", "Amy"), Cell(1.0, "100.0%"), Cell(1234, "1,234")),
    )
    lines = render_table(page(rows, (NAME, SHARE, COUNT)), Screen()).decode().splitlines()[2:]
    assert lines[2:] == ["小艾   50.0%         7", "Amy   100.0%     1,234"]
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}


def test_what_does_not_fit_goes_into_further_blocks_and_nothing_is_lost() -> None:
    columns = (NAME, *(Column(f"m{n}", f"指标{n}", Kind.COUNT) for n in range(12)))
    rows = ((Cell("小艾", "小艾"), *(Cell(1000 + n, f"{1000 + n:,}") for n in range(12))),)
    text = render_table(page(rows, columns), Screen(width=40)).decode()
    assert max(cell_len(line) for line in text.splitlines()) <= 40
    assert text.count("小艾") > 1
    for n in range(12):
        assert f"指标{n}" in text
        assert f"{1000 + n:,}" in text


def test_a_missed_figure_is_red_and_marked_and_never_red_alone() -> None:
    rows = ((Cell("小艾", "小艾"), Cell(0.5, "50.0%", missed=True), Cell(7, "7", immature=True)),)
    coloured = render_table(page(rows, (NAME, SHARE, COUNT)), Screen(width=80, color=True)).decode()
    assert "\x1b[31m 50.0%●" in coloured
    assert "\x1b[2m       7◐" in coloured
    plain = render_table(page(rows, (NAME, SHARE, COUNT)), Screen()).decode()
    assert "\x1b" not in plain
    assert "50.0%●" in plain


def test_a_cut_list_says_so() -> None:
    rows = tuple((Cell(f"客{n}", f"客{n}"), Cell(n, str(n))) for n in range(5))
    text = render_table(page(rows, (NAME, COUNT)), Screen(most_rows=2)).decode()
    assert "客1" in text
    assert "客2" not in text
    assert "2 行，共 5 行" in text


def test_a_page_of_the_browser_scrolls_as_one_and_says_what_its_columns_mean() -> None:
    columns = (NAME, Column("reply_share", "回复率", Kind.SHARE, help="有没有人回答。\n回复人数 ÷ 接待人数"))
    one = page(((Cell("小艾", "小艾"), Cell(0.5, "50.0%")),), columns)
    html = render_html(replace(one, about=(("回复率", "回复人数 ÷ 接待人数"),)), Screen()).decode()
    assert "max-height" not in html, "no window within the window"
    assert "overflow:auto" not in html
    assert 'title="有没有人回答。\n回复人数 ÷ 接待人数"' in html
    assert html.index("<dt>回复率</dt><dd>回复人数 ÷ 接待人数</dd>") > html.index("</table>")
    assert "<details" not in html, "nothing to open first"
    assert 'class="edge"' in html


HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script>'


def test_a_text_is_never_a_formula_or_markup() -> None:
    one = page(((Cell(HOSTILE, HOSTILE), Cell(1, "1")),), (NAME, COUNT))
    sheet = load_workbook(BytesIO(render_xlsx(one, Screen()))).worksheets[0]
    assert sheet["A2"].value == HOSTILE
    assert sheet["A2"].data_type == "s"
    assert render_csv(one, Screen()).decode("utf-8-sig").splitlines()[1].startswith("\"'=cmd")
    assert "<script>alert" not in render_html(one, Screen()).decode()


def test_csv_keeps_long_numbers_and_exact_money() -> None:
    rows = (
        (Cell("1790000000000000001", "…"), Cell(Decimal("647.2500"), "¥647.25")),
        (Cell("短", "短"), Cell(None, "–")),
    )
    text = render_csv(page(rows, (NAME, Column("sales", "销售额", Kind.YUAN))), Screen()).decode("utf-8-sig")
    assert text == "客服,销售额\r\n\t1790000000000000001,647.25\r\n短,\r\n"


def test_a_workbook_holds_numbers_with_their_formats_and_a_totals_row_outside_the_filter() -> None:
    rows = ((Cell("小艾", "小艾"), Cell(0.5, "50.0%", missed=True)),)
    total = (Cell("合计", "合计"), Cell(0.5, "50.0%"))
    sheet = load_workbook(BytesIO(render_xlsx(page(rows, (NAME, SHARE), total), Screen()))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (0.5, '0.0%" ●"')
    assert sheet["B2"].font.color.rgb == "FFC00000"
    assert sheet["A3"].value == "合计"
    assert sheet["A3"].font.bold
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.freeze_panes == "B2"


def test_an_empty_page_still_renders_everywhere() -> None:
    empty = page((), (NAME, COUNT))
    for render in (render_table, render_csv, render_html, render_xlsx):
        assert render(empty, Screen())
