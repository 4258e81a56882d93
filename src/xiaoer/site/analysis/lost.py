"""The list of lost buyers: who inquired and did not order, or ordered and did not pay; customers masked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiaoer.actions.lost_buyers import LOST, LostAsk, lost_buyers
from xiaoer.actions.render.page import Cell, Page
from xiaoer.actions.shops import accounts_known
from xiaoer.base.mask import masked_name, masked_words
from xiaoer.site.analysis.tools import tools_of
from xiaoer.site.audit import Details, note
from xiaoer.site.downloads import table_file
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.filtered import ReasonForm
from xiaoer.site.pages.table import table_of
from xiaoer.site.performance.chat import customer_digest
from xiaoer.site.performance.state import State, state_of

ROWS = 50
MOST_IN_A_FILE = 10_000
WORDS = ("last_question", "close_reason")  # what people wrote
KINDS = {
    LOST[0]: gettext_lazy("not ordered or not paid"),
    LOST[1]: gettext_lazy("not ordered"),
    LOST[2]: gettext_lazy("ordered, not paid"),
}
TITLES = {
    LOST[0]: gettext_lazy("Inquired and did not buy: %(number)s"),
    LOST[1]: gettext_lazy("Inquired and did not order: %(number)s"),
    LOST[2]: gettext_lazy("Ordered and did not pay: %(number)s"),
}


def lost(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show one part of the list, customers masked; what they wrote only to who may read chats, and that is logged."""
    return _shown(request, shop, whole=False)


def lost_whole(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show one part with whole names, once, after a reason; the look is in the log before it is answered."""
    return _shown(request, shop, whole=True)


def lost_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the list as a spreadsheet, customers masked."""
    return _file(request, shop, "xlsx")


def lost_csv(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the list as CSV, customers masked."""
    return _file(request, shop, "csv")


def _shown(request: HttpRequest, shop: Shop, *, whole: bool) -> HttpResponse:
    state = state_of(request.GET, shop)
    form = ReasonForm(request.POST if whole else None)
    page, leaf = _leaf(request, shop, state)
    rows = data_rows(page, "rows")
    seen = whole and form.is_valid()
    _note(request, shop, state, leaf, reason=form.cleaned_data["reason"] if seen else "")
    shown = page if seen else masked(page)
    kind, number = kind_of(state), int(page.data["number"])  # type: ignore[call-overload]  # the list says so
    return render(request, "analysis/lost.html", {
        "shop": shop, "state": state, "kind": kind, "page": shown, "columns": shown.columns, "leaf": leaf,
        "title": TITLES[kind] % {"number": f"{number:,}"}, "number": number,
        "lines": list(zip(table_of(shown).rows, _chats(request, shop, state, rows), strict=True)),
        "kinds": KINDS.items(), "account": state.one("account"), "accounts": kept(accounts_known, shop.name).items(),
        "tools": tools_of(state, request.reads, "lost", "account"), "query": state.query(), "form": form, "seen": seen,
        "may_see": request.viewer.may("see_customers", shop), "may_read": _may_read(request, shop),
        "most_in_a_file": MOST_IN_A_FILE,
    }, status=422 if form.errors else 200)  # fmt: skip


def kind_of(state: State) -> str:
    """Return the figure whose buyers are asked for."""
    return state.one("lost") if state.one("lost") in LOST else LOST[0]


def ask_of(state: State, shop: Shop, *, questions: bool) -> LostAsk:
    """Return the question to the list, from its first row on."""
    days = state.days.period
    return LostAsk(
        str(days.first), str(days.last), shop.name, kind_of(state), agent=state.one("account") or None,
        policy=state.one("policy") or None, rows=ROWS, questions=questions,
    )  # fmt: skip


def _leaf(request: HttpRequest, shop: Shop, state: State) -> tuple[Page, Leaf]:
    ask = ask_of(state, shop, questions=_may_read(request, shop))
    wanted = request.GET.get("page", "1")
    first = max(0, int(wanted) - 1) * ROWS if wanted.isdecimal() and len(wanted) < len("1000000") else 0
    page = kept(lost_buyers, replace(ask, first_row=first), request.reads)
    number = int(page.data["number"])  # type: ignore[call-overload]
    leaf = Paginator(range(number), ROWS).get_page(first // ROWS + 1)
    if first and first >= number:
        page = kept(lost_buyers, replace(ask, first_row=(leaf.number - 1) * ROWS), request.reads)
    return page, leaf


def _may_read(request: HttpRequest, shop: Shop) -> bool:
    allowed: bool = request.viewer.may("read_chats", shop)
    return allowed


def _note(request: HttpRequest, shop: Shop, state: State, leaf: Leaf, *, reason: str) -> None:
    """Write down that customers' names were seen whole, or their words masked; lists without either leave no trace."""
    if not reason and not (_may_read(request, shop) and leaf.object_list):
        return
    details: Details = {
        "list": "lost", "days": state.days.label, "page": leaf.number, "rows": len(leaf.object_list)
    }  # fmt: skip
    act = "customers_seen" if reason else "chat_read"
    note(act, person=request.user, shop=shop, reason=reason, details=details)


def masked(page: Page) -> Page:
    """Return the list with names masked, and in what customers wrote their names and what may be a number of theirs."""
    names = [column.name for column in page.columns]
    buyer = names.index("buyer")

    def plain(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(_masked(name, cell, row[buyer].text) for name, cell in zip(names, row, strict=True))

    return replace(page, data={}, rows=tuple(map(plain, page.rows)))


def _masked(name: str, cell: Cell, buyer: str) -> Cell:
    if cell.value is None or (name != "buyer" and name not in WORDS):
        return cell
    text = masked_name(cell.text) if name == "buyer" else masked_words(cell.text, name=buyer)
    return replace(cell, value=text, text=text)


def _chats(request: HttpRequest, shop: Shop, state: State, rows: Sequence[Any]) -> list[str]:
    """Return the address of each row's conversation; empty for who may not read them."""
    if not _may_read(request, shop):
        return [""] * len(rows)
    address, query = reverse("chat", args=[shop.pk]), state.query()
    return [
        f"{address}?{query}&"
        + urlencode(
            {"list": "lost", "who": row["agent"], "on": row["day"], "with": customer_digest(shop, row["buyer"])}
        )
        for row in rows
    ]


def _file(request: HttpRequest, shop: Shop, kind: str) -> HttpResponse:
    state = state_of(request.GET, shop)
    ask = replace(ask_of(state, shop, questions=_may_read(request, shop)), rows=MOST_IN_A_FILE)
    page = masked(kept(lost_buyers, ask, request.reads))
    days = state.days.label
    return table_file(request, shop, page, f"xiaoer-lost-{days}.{kind}", list="lost", days=days)
