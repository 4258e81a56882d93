"""One's own figures of a month: where they lie in the team without names, how they go, and what stands behind each."""

from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xiaoer.actions.render.page import Page
from xiaoer.base.days import DAY, Period
from xiaoer.base.errors import ReportableError
from xiaoer.site.agents.own_behind import own_page
from xiaoer.site.agents.sheet import Asked, Sheet, sheet_of
from xiaoer.site.agents.spread import FEWEST_OTHERS
from xiaoer.site.agents.trend import trend_of
from xiaoer.site.models import Account, Person, Shop
from xiaoer.site.pages.months import Month, month_of
from xiaoer.site.pages.table import table_of
from xiaoer.site.performance.explain import ROWS, chats_of, lines_with
from xiaoer.site.performance.state import LONGEST, state_of_days

LISTED = ("start_at", "buyer", "reason")
CONTACTS = "received_buyers"  # one row behind it for each customer and day


@dataclass(frozen=True)
class Own:
    """An account with those of its days that were asked for and the person's."""

    account: Account
    days: Period


def own(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the figures of the reader's accounts."""
    month = month_of(request.GET.get("month"), shop)
    accounts = list(request.user.accounts.filter(shop=shop))
    parts = [_sheet(request, one, month) for one in _own(accounts, month.period)]
    return render(request, "agents/own.html", {
        "shop": shop, "month": month, "parts": parts, "bound": bool(accounts), "fewest": FEWEST_OTHERS,
    })  # fmt: skip


def own_days(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show how the figures of one of the reader's accounts go by day, and its conversations; part of the page."""
    month = month_of(request.GET.get("month"), shop)
    one = own_of(request.user, shop, request.GET.get("agent", "")[:LONGEST], month.period)
    state = state_of_days(one.days, shop)
    door = f"{reverse('own_explain', args=[shop.pk])}?month={month.first:%Y-%m}"
    charts = trend_of(shop, one.account.account, one.days, request.reads, door=door)
    page = own_page(shop, one.account.account, state, {"figure": CONTACTS}, request.reads)
    leaf = Paginator(page.rows[::-1], ROWS).get_page(request.GET.get("page"))
    rows = page.data["rows"]
    assert isinstance(rows, list)
    newest = replace(page, data={**page.data, "rows": rows[::-1]})
    chats = chats_of(newest, shop, "", leaf, to="own_chat")
    shown = _list(replace(page, rows=tuple(leaf.object_list)))
    template = "agents/days_part.html" if request.headers.get("HX-Request") else "agents/days.html"
    return render(request, template, {
        "shop": shop, "charts": charts, "lines": lines_with(shown, chats), "columns": table_of(shown).columns,
        "leaf": leaf, "account": one.account.account, "month": month, "back": reverse("own", args=[shop.pk]),
    })  # fmt: skip


def own_of(person: Person, shop: Shop, account: str, days: Period) -> Own:
    """Return an account of the person with its days among those asked for; a ReportableError for what is not theirs."""
    found = [one for one in person.accounts.filter(shop=shop, account=account) if days_of(one, days) is not None]
    if not found:
        raise ReportableError.of("site.not_own")
    return next(iter(_own(found, days)))


def days_of(account: Account, days: Period) -> Period | None:
    """Return those of some days on which the account was the person's; None for none."""
    first = max(account.first_day, days.first)
    last = days.last if account.last_day is None else min(account.last_day, days.last)
    return Period(first, last) if first <= last else None


def _own(accounts: list[Account], days: Period) -> list[Own]:
    return [Own(one, theirs) for one in accounts if (theirs := days_of(one, days)) is not None]


def _sheet(request: HttpRequest, one: Own, month: Month) -> tuple[Sheet, str]:
    """Return the sheet of an account and the question that its other parts are asked for by.

    The month before is held against only where the account was theirs then too: else it would be a colleague's.
    """
    shop = one.account.shop
    before = one.account.first_day <= (month.first - DAY).replace(day=1)
    asked = Asked(shop, one.account.account, one.days, month.period, before)
    door = f"{reverse('own_explain', args=[shop.pk])}?{state_of_days(one.days, shop).query()}"
    return sheet_of(asked, request.reads, door), f"{month.first:%Y-%m}"


def _list(page: Page) -> Page:
    """Return the page with what tells one conversation from another."""
    places = [at for at, column in enumerate(page.columns) if column.name in LISTED]
    rows = tuple(tuple(cells[at] for at in places) for cells in page.rows)
    return replace(page, columns=tuple(page.columns[at] for at in places), rows=rows)
