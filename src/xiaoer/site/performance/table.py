"""The performance table: the command line's report with tools; its address holds everything."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.render.page import Column, For
from xiaoer.actions.report_choices import report_choices
from xiaoer.site.downloads import table_file
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.performance.choices import choices_of
from xiaoer.site.performance.doors import Figure, figures_of
from xiaoer.site.performance.lines import lines_of
from xiaoer.site.performance.state import BEST, State, state_of

CELLS = 380  # on one page: more would make it larger than sixty thousand bytes
FEWEST_ROWS = 8
FIRST_SAID = ("received_buyers", "conversion_share_final", "sales_yuan")  # in the title, where the table has them
SAID = 3
TOOLS = ("period", "from", "to", "view", "by", "policy", "compare", "q")


def table(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the table."""
    state = state_of(request.GET, shop)
    lines = lines_of(shop, state, request.reads, request.viewer)
    leaf = Paginator(lines.whose, max(FEWEST_ROWS, CELLS // max(1, len(lines.page.columns)))).get_page(
        request.GET.get("page")
    )
    rows, total = figures_of(lines, shop, state.month, slice(max(0, leaf.start_index() - 1), leaf.end_index()))
    shown = lines.page.shown_to(For.READING).columns
    heads = [_head(column, state) for column in shown]
    return render(request, "performance/table.html", {
        "shop": shop, "state": state, "page": lines.page, "rows": rows, "total": total, "heads": heads,
        "choices": choices_of(state, set(), kept(report_choices, request.reads)), "metrics": lines.metrics,
        "query": state.query(), "unfiltered": state.query(q=""), "words": state.one("q"),
        "answer": _answer(shown, total), "leaf": leaf,
        "kept": state.hidden(), "kept_by_tools": state.hidden(*TOOLS),
    })  # fmt: skip


def _answer(columns: Sequence[Column], total: list[Figure] | None) -> list[tuple[str, str]]:
    """Return what the title says of the whole table, a label and a figure each; nothing where there are no totals."""
    known = [
        (column, one.shown.text) for column, one in zip(columns, total or (), strict=False)
        if not column.fixed and not column.beside and not column.left
    ]  # fmt: skip
    known.sort(key=lambda each: FIRST_SAID.index(each[0].name) if each[0].name in FIRST_SAID else SAID)
    return [(column.label, text) for column, text in known[:SAID]]


def columns(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show every figure that the table can have, for choosing and for saving what is chosen."""
    state = state_of(request.GET, shop)
    lines = lines_of(shop, state, request.reads, request.viewer)
    return render(request, "performance/columns.html", {
        "shop": shop, "query": state.query(), "kept_by_columns": state.hidden("m", "view"),
        "choices": choices_of(state, set(lines.metrics), kept(report_choices, request.reads)),
        "metrics": lines.metrics, "by": [column.name for column in lines.page.columns if column.fixed],
        "may_save": request.viewer.may("keep_views", shop),
    })  # fmt: skip


def table_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the table as a spreadsheet, with the rows and the order of the page."""
    return _file(request, shop, "xlsx")


def table_csv(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the table as CSV, with the rows and the order of the page."""
    return _file(request, shop, "csv")


def _file(request: HttpRequest, shop: Shop, kind: str) -> HttpResponse:
    state = state_of(request.GET, shop)
    page = lines_of(shop, state, request.reads, request.viewer).page
    days = state.days.label
    return table_file(request, shop, page, f"xiaoer-{days}.{kind}", table="team", days=days)


def _head(column: Column, state: State) -> dict[str, object]:
    """Return a column's heading: a click sorts numbers from the largest, texts from the first, then turns it round.

    A third one sorts figures from the best by what they surely reach, so that few lucky cases do not come first.
    """
    name, sort = column.name, state.one("sort")
    ways = [name, f"-{name}"] if column.left else [f"-{name}", name]
    ways += [] if column.fixed or column.beside or column.left else [f"{BEST}{name}"]
    after = dict(zip(ways, [*ways[1:], ""], strict=True)).get(sort, ways[0])
    sorted_as = {name: "ascending", f"-{name}": "descending", f"{BEST}{name}": "other"}.get(sort, "")
    return {"column": column, "query": state.query(sort=after), "sorted": sorted_as}
