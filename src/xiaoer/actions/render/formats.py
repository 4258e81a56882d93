"""Every format that a page can have."""

from collections.abc import Callable
from dataclasses import dataclass

from xiaoer.actions.render.csv_text import render_csv
from xiaoer.actions.render.html import render_html
from xiaoer.actions.render.json_text import render_json
from xiaoer.actions.render.page import Page, Screen
from xiaoer.actions.render.table import render_table
from xiaoer.actions.render.xlsx import render_xlsx


@dataclass(frozen=True)
class Format:
    """How a page becomes bytes, which suffixes of a file ask for it, and whether a terminal can show it."""

    render: Callable[[Page, Screen], bytes]
    suffixes: tuple[str, ...]
    shown: bool = True


FORMATS: dict[str, Format] = {
    "table": Format(render_table, (".txt",)),
    "json": Format(render_json, (".json",)),
    "csv": Format(render_csv, (".csv",)),
    "xlsx": Format(render_xlsx, (".xlsx",), shown=False),
    "html": Format(render_html, (".html", ".htm")),
}
