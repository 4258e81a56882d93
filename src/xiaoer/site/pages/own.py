"""One's own figures of a month, and how the team is spread, without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.render.page import Cell, Column, For, Page
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.days import Period
from xiaoer.site.figures import report_page
from xiaoer.site.models import Account, Shop
from xiaoer.site.pages.months import month_of
from xiaoer.site.pages.table import Shown, table_of

FEWEST_OTHERS = 5  # with fewer, a spread without names would still tell whose figure is whose
WIDTH, EDGE = 200, 8


@dataclass(frozen=True)
class Spread:
    """Where the others' figures lie and where one's own, as places on a line; and how many others have one."""

    others: tuple[int, ...]
    own: int | None
    number: int


@dataclass(frozen=True)
class Line:
    """One figure of one's own."""

    column: Column
    own: Shown
    spread: Spread | None


@dataclass(frozen=True)
class Part:
    """The figures of one account on the days on which it was the person's."""

    account: str
    days: Period
    whole: bool
    lines: tuple[Line, ...]


def own(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the figures of the reader's accounts."""
    month = month_of(request.GET.get("month"), shop)
    if month is None:
        return render(request, "pages/no_data.html", {"shop": shop})
    accounts = list(request.user.accounts.filter(shop=shop))
    language = request.reads
    team = report_page(_ask(shop, month.period), language) if accounts else None
    parts = []
    for account in accounts:
        days = days_of(account, month.period)
        if days is not None and team is not None:
            page = team if days == month.period else report_page(_ask(shop, days), language)
            parts.append(part_of(account.account, page, team, days=days, whole=days == month.period))
    shown = {"shop": shop, "month": month, "parts": parts, "bound": bool(accounts), "fewest": FEWEST_OTHERS}
    return render(request, "pages/own.html", shown)


def days_of(account: Account, month: Period) -> Period | None:
    """Return the days of a month on which the account was the person's; None for none."""
    first = max(account.first_day, month.first)
    last = month.last if account.last_day is None else min(account.last_day, month.last)
    return Period(first, last) if first <= last else None


def part_of(account: str, page: Page, team: Page, *, days: Period, whole: bool) -> Part:
    """Return one account's own figures, and of each the team's spread where enough others have one."""
    page, team = page.shown_to(For.READING), team.shown_to(For.READING)
    mine = _row_of(account, page)
    if mine is None:
        return Part(account, days, whole, ())
    cells, shown = page.rows[mine], table_of(page).rows[mine]
    at = _row_of(account, team)
    lines = []
    for place, column in enumerate(page.columns):
        if not column.fixed:
            others = _others(column.name, team, at)
            lines.append(Line(column, shown[place], spread_of(cells[place], others)))
    return Part(account, days, whole, tuple(lines))


def spread_of(own: Cell, others: Sequence[float]) -> Spread | None:
    """Return the places on a line of the others and of one's own; None for too few others."""
    if len(others) < FEWEST_OTHERS:
        return None
    mine = _number(own)
    every = [*others, *([mine] if mine is not None else [])]
    low, high = min(every), max(every)
    span = high - low or 1.0

    def place(value: float) -> int:
        return EDGE + round((value - low) / span * (WIDTH - 2 * EDGE))

    return Spread(tuple(sorted(place(one) for one in others)), None if mine is None else place(mine), len(others))


def _ask(shop: Shop, days: Period) -> ReportAsk:
    return ReportAsk(str(days.first), str(days.last), shop.name)


def _row_of(account: str, page: Page) -> int | None:
    rows = page.data["rows"]
    assert isinstance(rows, list)
    return next((place for place, row in enumerate(rows) if row.get("agent") == account), None)


def _others(name: str, team: Page, mine: int | None) -> list[float]:
    place = next((n for n, column in enumerate(team.columns) if column.name == name), None)
    if place is None:
        return []
    found = [_number(row[place]) for number, row in enumerate(team.rows) if number != mine]
    return [one for one in found if one is not None]


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, int | float | Decimal) else None
