"""What if: other goals or more contacts beside as it is, and whether people who join and leave suffice."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.actions.plan_foretold import Foretold
from xiaoer.actions.plan_goals import Goals, goal_texts, goals_on, need_ask
from xiaoer.actions.plan_whatif import WhatIfAsk, compared, staff_kinds, staffed
from xiaoer.actions.render.page import Page
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.charts import Chart, Drawn, Series, point_of
from xiaoer.site.models import Shop
from xiaoer.site.pages.table import table_of
from xiaoer.site.planning.asked import INTERVALS, LENGTHS, asked_of
from xiaoer.site.planning.known import forecast_is_known, forecast_known
from xiaoer.site.planning.later import later
from xiaoer.site.planning.whatif_forms import AS_IT_IS, INSTEAD, CompareForm, StaffForm, sides_of

USUAL_DAYS = 28


def plan_whatif(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the days that the address asks for by two sets of goals, or week by week against people."""
    asked = asked_of(request.GET, shop, usual_days=USUAL_DAYS)
    wait = later(request, shop, _("What if"), known=forecast_is_known(asked.ask),
                 make=lambda: forecast_known(asked.ask))  # fmt: skip
    if wait is not None:
        return wait
    goals = goals_on(settings.SITE.home, shop.name, asked.kind, asked.period.last)
    which = request.GET.get("which", "")
    compare = CompareForm(request.GET) if which == "goals" else CompareForm(initial=sides_of(goals))
    kinds = staff_kinds(settings.SITE.home, request.reads)
    staff = StaffForm(kinds, asked.first, *([request.GET] if which == "people" else []))
    shown: dict[str, Any] = {
        "shop": shop, "asked": asked, "lengths": LENGTHS, "intervals": INTERVALS, "compare": compare, "staff": staff,
        "which": which, "title": _("What if"), "kept": [("kind", asked.kind), ("from", str(asked.first)),
                                                        ("days", asked.days), ("interval", asked.interval)],
    }  # fmt: skip
    try:
        told = forecast_known(asked.ask)
        page = _tried(request, told, goals, compare, staff)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/whatif.html", shown | {"problem": problem})
    if page is not None:
        shown |= {"page": page, "table": table_of(page), "title": page.lead[0], "more": page.lead[1:],
                  "chart": _weeks(page) if which == "people" and len(page.rows) > 1 else None}  # fmt: skip
    status = 422 if (compare.is_bound and compare.errors) or (staff.is_bound and staff.errors) else 200
    return render(request, "planning/whatif.html", shown, status=status)


def _tried(
    request: HttpRequest, told: Foretold, goals: Goals, compare: CompareForm, staff: StaffForm
) -> Page | None:  # fmt: skip
    """Return the answer to the form that was sent; None where none was, or it has problems."""
    if compare.is_bound and compare.is_valid():
        read, other = compare.cleaned_data, compare.side(goals, INSTEAD)
        instead = WhatIfAsk(
            goals=goal_texts(other), shrinkage=other.shrinkage_percent, times=read["times"], hour_yuan=_yuan(read)
        )
        return compared(told, need_ask(compare.side(goals, AS_IT_IS)), instead, request.reads)
    if staff.is_bound and staff.is_valid():
        read = staff.cleaned_data
        instead = WhatIfAsk(
            times=read["times"], hour_yuan=_yuan(read), staff=staff.staff(), week_hours=str(read["week_hours"]),
            leaving=str(read["leaving"]),
        )  # fmt: skip
        return staffed(told, need_ask(goals), instead, request.reads)
    return None


def _yuan(read: dict[str, Any]) -> str | None:
    return None if read["hour_yuan"] is None else str(read["hour_yuan"])


def _weeks(page: Page) -> Chart:
    """Return hours needed and there, week by week."""
    series = tuple(Series(page.columns[at].label, tuple(point_of(row[at]) for row in page.rows)) for at in (1, 2))
    places = tuple(row[0].text for row in page.rows)
    return Chart("weeks", Drawn.COLUMNS, _("Hours by week: needed and there"), places, series)
