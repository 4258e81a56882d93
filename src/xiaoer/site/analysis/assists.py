"""Who helped whom: the pairs, and the orders behind each with the conversations of both; customers masked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.assists import NOBODY, AssistAsk, assisted_orders
from xiaoer.actions.assists import assists as assists_of
from xiaoer.actions.render.page import Page
from xiaoer.actions.shops import accounts_known
from xiaoer.site.analysis.figures import figures_beside
from xiaoer.site.analysis.tools import tools_of
from xiaoer.site.downloads import table_file
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.filtered import masked
from xiaoer.site.pages.table import table_of
from xiaoer.site.performance.chat import customer_digest
from xiaoer.site.performance.state import State, state_of

ROWS = 50
KINDS = {
    "": gettext_lazy("both"), "order": gettext_lazy("before ordering"), "follow_up": gettext_lazy("before payment"),
}  # fmt: skip
FIGURES = ("assisted_order_buyers", "assisted_follow_up_buyers")


def assists(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show who helped whom."""
    state = state_of(request.GET, shop)
    page = kept(assists_of, _ask(shop, state), request.reads)
    rows = data_rows(page, "rows")
    leaf = Paginator(list(zip(table_of(page).rows, rows, strict=True)), ROWS).get_page(request.GET.get("page"))
    lines = [(cells, _orders(shop, state, row)) for cells, row in leaf.object_list]
    figures = figures_beside(shop, state, FIGURES, language=request.reads, viewer=request.viewer)
    return render(request, "analysis/assists.html", {
        "shop": shop, "state": state, "page": page, "columns": page.columns, "lines": lines, "leaf": leaf,
        "title": title_of(page), "figures": list(figures.values()) if figures and not state.one("account") else [],
        "accounts": kept(accounts_known, shop.name).items(), "account": state.one("account"),
        "kinds": KINDS.items(), "kind": state.one("shown"), "kept": state.hidden("account", "shown"),
        "tools": tools_of(state, request.reads, "account", "shown"), "query": state.query(),
        "may_list": request.viewer.may("see_contacts", shop),
    })  # fmt: skip


def assists_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the pairs as a spreadsheet."""
    state = state_of(request.GET, shop)
    page = kept(assists_of, _ask(shop, state), request.reads)
    days = state.days.label
    return table_file(request, shop, page, f"xiaoer-assists-{days}.xlsx", list="assists", days=days)


def assisted(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the orders behind a pair, or behind all assists, each with the conversations of both."""
    state = state_of(request.GET, shop)
    wanted = request.GET.get("page", "1")
    first = max(0, int(wanted) - 1) * ROWS if wanted.isdecimal() and len(wanted) < len("1000000") else 0
    ask = replace(_ask(shop, state), credited=request.GET.get("credited") or None, first_row=first, rows=ROWS)
    page = kept(assisted_orders, ask, request.reads)
    number = int(page.data["number"])  # type: ignore[call-overload]  # the list says so
    leaf = Paginator(range(number), ROWS).get_page(first // ROWS + 1)
    if first and first >= number:
        page = kept(assisted_orders, replace(ask, first_row=(leaf.number - 1) * ROWS), request.reads)
    shown = masked(page)
    chats = _chats(request, shop, state, data_rows(page, "rows"))
    return render(request, "analysis/assisted.html", {
        "shop": shop, "state": state, "page": shown, "columns": shown.columns, "leaf": leaf, "number": number,
        "title": _("Orders that somebody helped with: %(number)s") % {"number": f"{number:,}"},
        "lines": list(zip(table_of(shown).rows, chats, strict=True)), "query": state.query(),
        "may_read": request.viewer.may("read_chats", shop),
    })  # fmt: skip


def title_of(page: Page) -> str:
    """Return the page's answer: who helped whom most."""
    if not page.rows:
        return _("Nobody helped with a colleague's order in these days")
    names = [column.name for column in page.columns]
    best = dict(zip(names, (cell.text for cell in page.rows[0]), strict=True))
    said = {"helper": best["helper"], "credited": best["credited"], "number": best["orders"]}
    if data_rows(page, "rows")[0]["kind"] == "order":
        return _("%(helper)s helped %(credited)s most: %(number)s orders before they were created") % said
    return _("%(helper)s helped %(credited)s most: %(number)s orders before they were paid") % said


def _ask(shop: Shop, state: State) -> AssistAsk:
    days = state.days.period
    return AssistAsk(
        str(days.first), str(days.last), shop.name, policy=state.one("policy") or None,
        helper=state.one("account") or None, kind=state.one("shown") or None,
    )  # fmt: skip


def _orders(shop: Shop, state: State, row: Any) -> str:  # noqa: ANN401 -- a row of JSON
    """Return the address of the orders behind a pair."""
    query = state.query(account=row["helper"], shown=row["kind"])
    return f"{reverse('assisted', args=[shop.pk])}?{query}&{urlencode({'credited': row['credited'] or NOBODY})}"


def _chats(request: HttpRequest, shop: Shop, state: State, rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Return the addresses of the helper's and of the other's conversation; empty for none, or who may not read."""
    if not request.viewer.may("read_chats", shop):
        return [("", "")] * len(rows)
    address, query = reverse("chat", args=[shop.pk]), state.query()

    def to(who: str | None, day: str | None, buyer: str) -> str:
        if who is None or day is None:
            return ""
        asked = {"list": "assists", "who": who, "on": day, "with": customer_digest(shop, buyer)}
        return f"{address}?{query}&{urlencode(asked)}"

    return [
        (to(row["helper"], row["chat_day"], row["buyer"]), to(row["credited"], row["credited_day"], row["buyer"]))
        for row in rows
    ]
