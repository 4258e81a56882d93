"""Silent orders: what sold without anybody, day by day, beside what agents sold."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.actions.render.cell_text import share_text
from xiaoer.actions.render.page import For, Kind, Page
from xiaoer.site.analysis.figures import Beside, figures_beside
from xiaoer.site.analysis.tools import tools_of
from xiaoer.site.charts import Chart, Drawn, Series, point_of
from xiaoer.site.models import Shop
from xiaoer.site.performance.doors import figures_of
from xiaoer.site.performance.lines import lines_of
from xiaoer.site.performance.state import state_of

# What is held beside one another: without anybody, and with an agent.
PAIRS = (
    ("silent_orders", "paid_orders"),
    ("silent_buyers", "paying_buyers"),
    ("silent_sales_yuan", "sales_yuan"),
    ("silent_spend_per_buyer_yuan", "spend_per_buyer_yuan"),
    ("silent_items_per_buyer", "items_per_buyer"),
)
WHOLE = (*(name for pair in PAIRS for name in pair), "shop_sales_yuan", "silent_sales_share")
TABLE = (
    "shop_sales_yuan", "sales_yuan", "silent_sales_yuan", "silent_sales_share", "silent_orders", "silent_buyers",
    "silent_spend_per_buyer_yuan", "spend_per_buyer_yuan", "silent_items_per_buyer", "items_per_buyer",
)  # fmt: skip
DRAWN = ("sales_yuan", "silent_sales_yuan")


def silent(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show silent orders beside agents' orders, of some days and day by day."""
    state = state_of(request.GET, shop)
    figures = figures_beside(shop, state, WHOLE, language=request.reads, viewer=request.viewer) or {}
    own = {key: each for key, each in state.given.items() if key not in ("view", "compare", "sort", "q")}
    table = replace(state, given=own | {"by": ["day"], "m": [*TABLE]})
    lines = lines_of(shop, table, request.reads, request.viewer)
    rows, total = figures_of(lines, shop, state.month)
    return render(request, "analysis/silent.html", {
        "shop": shop, "state": state, "title": title_of(figures), "lead": lead_of(figures), "page": lines.page,
        "pairs": [(figures[silent], figures[own]) for silent, own in PAIRS] if figures else [],
        "rows": rows, "total": total, "columns": lines.page.shown_to(For.READING).columns, "kept": table.hidden(),
        "chart": chart_of(lines.page) if len(rows) > 1 else None, "in_table": table.query(),
        "tools": tools_of(state, request.reads),
    })  # fmt: skip


def title_of(figures: Mapping[str, Beside]) -> str:
    """Return the page's answer: how much of the sales came without anybody."""
    sales, alone = figures.get("shop_sales_yuan"), figures.get("silent_sales_yuan")
    if sales is None or alone is None or sales.value is None or alone.value is None:
        return _("Without orders nobody knows who bought")
    if not sales.value:
        return _("Nothing was sold in these days")
    share = share_text(alone.value / sales.value)
    return _("%(share)s of the sales came without anybody: %(amount)s") % {"share": share, "amount": alone.text}


def lead_of(figures: Mapping[str, Beside]) -> str:
    """Return what a buyer spends with an agent and without; empty where one of them is not known."""
    alone, served = figures.get("silent_spend_per_buyer_yuan"), figures.get("spend_per_buyer_yuan")
    if alone is None or served is None or not alone.value or served.value is None:
        return ""
    said = {"alone": alone.text, "served": served.text, "share": share_text(abs(served.value / alone.value - 1))}
    if served.value >= alone.value:
        return _("With an agent a buyer spends %(served)s, without %(alone)s: %(share)s more with one.") % said
    return _("With an agent a buyer spends %(served)s, without %(alone)s: %(share)s less with one.") % said


def chart_of(page: Page) -> Chart:
    """Return the sales day by day, with an agent and without."""
    names = [column.name for column in page.columns]
    series = tuple(
        Series(page.columns[names.index(name)].label, tuple(point_of(row[names.index(name)]) for row in page.rows))
        for name in DRAWN
        if name in names
    )
    days = tuple(row[0].text for row in page.rows)
    return Chart("silent", Drawn.LINES, _("Sales with an agent and without, day by day"), days, series, Kind.YUAN)
