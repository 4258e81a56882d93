"""Every format that a page can have."""

from collections.abc import Callable
from dataclasses import dataclass

from xiaoer.actions.render.book import Book
from xiaoer.actions.render.csv_text import render_csv
from xiaoer.actions.render.html import render_html, render_html_book
from xiaoer.actions.render.json_text import render_json, render_json_book
from xiaoer.actions.render.page import Page, Screen
from xiaoer.actions.render.table import render_table
from xiaoer.actions.render.xlsx import render_xlsx, render_xlsx_book


@dataclass(frozen=True)
class Format:
    """How a page becomes bytes, which suffixes of a file ask for it, whether a terminal can show it.

    And how a book of several pages does, where the format can hold one.
    """

    render: Callable[[Page, Screen], bytes]
    suffixes: tuple[str, ...]
    shown: bool = True
    render_book: Callable[[Book, Screen], bytes] | None = None


FORMATS: dict[str, Format] = {
    "table": Format(render_table, (".txt",)),
    "json": Format(render_json, (".json",), render_book=render_json_book),
    "csv": Format(render_csv, (".csv",)),
    "xlsx": Format(render_xlsx, (".xlsx",), shown=False, render_book=render_xlsx_book),
    "html": Format(render_html, (".html", ".htm"), render_book=render_html_book),
}
