"""Whether the published roster was kept: by agent, by interval with its effect on service; and one's own days."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.actions.plan_adherence import adherence_page
from xiaoer.actions.plan_duties import Duty
from xiaoer.actions.plan_roster_kept import Adherence
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.charts import Chart, Drawn, Point, Series, point_of
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.table import table_of
from xiaoer.site.planning.asked import INTERVALS, LENGTHS, Asked, asked_of
from xiaoer.site.planning.known import adherence_is_known, adherence_known
from xiaoer.site.planning.later import later
from xiaoer.site.planning.published import published_duties
from xiaoer.site.planning.sheet import sheet

USUAL_DAYS = 7


def plan_adherence(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show how the published roster was kept on some days, and one of them by interval."""
    asked = asked_of(request.GET, shop, usual_days=USUAL_DAYS, past=True)
    duties = published_duties(shop, asked.period.first, asked.period.last)
    shown = {"shop": shop, "asked": asked, "lengths": LENGTHS[:4], "intervals": INTERVALS}
    if not duties:
        return render(request, "planning/adherence.html", shown | {"nothing": True})
    wait = later(request, shop, _("Adherence"), known=adherence_is_known(asked.ask, duties),
                 make=lambda: adherence_known(asked.ask, duties))  # fmt: skip
    if wait is not None:
        return wait
    try:
        found = adherence_known(asked.ask, duties)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/adherence.html", shown | {"problem": problem})
    return render(request, "planning/adherence.html", shown | _of(request, asked, found))


def plan_adherence_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return how the roster was kept as a workbook: by agent, or one day by interval."""
    asked = asked_of(request.GET, shop, usual_days=USUAL_DAYS, past=True)
    duties = published_duties(shop, asked.period.first, asked.period.last)
    by = request.GET.get("by", "")
    by = by if by in ("day", "interval") else "agent"
    return sheet(request, shop, asked.period, page="plan_adherence",
                 make=lambda: adherence_page(adherence_known(asked.ask, duties), request.reads, by=by))  # fmt: skip


def own_adherence(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show how the reader's own shifts were kept, a day a row; nothing of a colleague is computed."""
    asked = asked_of(request.GET, shop, usual_days=LENGTHS[2], past=True)
    duties = own_duties(request, shop, asked)
    shown = {"shop": shop, "asked": asked, "lengths": LENGTHS[:4], "intervals": ()}
    if not duties:
        return render(request, "planning/own_adherence.html", shown | {"nothing": True})
    wait = later(request, shop, _("My adherence"), known=adherence_is_known(asked.ask, duties),
                 make=lambda: adherence_known(asked.ask, duties))  # fmt: skip
    if wait is not None:
        return wait
    try:
        page = adherence_page(adherence_known(asked.ask, duties), request.reads, by="day")
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/own_adherence.html", shown | {"problem": problem})
    return render(request, "planning/own_adherence.html", shown | {
        "page": page, "table": table_of(page), "title": page.lead[0], "notes": page.notes,
    })  # fmt: skip


def own_duties(request: HttpRequest, shop: Shop, asked: Asked) -> tuple[Duty, ...]:
    """Return the duties of the reader's own accounts, each on the days on which it was the reader's."""
    mine = list(request.user.accounts.filter(shop=shop))
    return tuple(
        duty
        for duty in published_duties(shop, asked.period.first, asked.period.last)
        if any(duty.agent == one.account and one.first_day <= duty.day <= (one.last_day or date.max) for one in mine)
    )


def _of(request: HttpRequest, asked: Asked, found: Adherence) -> dict[str, Any]:
    people = adherence_page(found, request.reads, by="agent")
    intervals = adherence_page(found, request.reads, by="interval")
    days = sorted({row["day"] for row in data_rows(intervals, "intervals")})
    day = str(asked.on) if str(asked.on) in days else (days[-1] if days else "")
    of_day = [row[1:] for row in intervals.rows if str(row[0].value) == day]
    table = [row[1:] for row, cells in zip(table_of(intervals).rows, intervals.rows, strict=True)
             if str(cells[0].value) == day]  # fmt: skip
    return {
        "title": people.lead[0], "hurt": people.lead[1:], "page": people, "table": table_of(people), "day": day,
        "days": [(one, asked.query(on=one)) for one in days], "columns": intervals.columns[1:], "rows": table,
        "chart": _drawn(of_day), "notes": people.notes,
    }  # fmt: skip


def _drawn(rows: list[Any]) -> Chart:
    """Return a day's people by interval: planned, and present."""
    places = tuple(row[0].text for row in rows)
    series = tuple(
        Series(label, tuple(point_of(row[at]) if row[at].value is not None else Point(None, "–") for row in rows))
        for at, label in ((1, _("Planned")), (2, _("Present")))
    )
    return Chart("present", Drawn.STEPS, _("People by interval: planned and present"), places, series)
