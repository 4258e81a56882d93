"""People needed against people planned: where somebody is lacking, by day and interval, and by which goals."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_against import Against, against_page, gaps_of, roster_need_page
from xiaoer.actions.plan_goals import goals_on, set_goals
from xiaoer.actions.plan_need import measured_of
from xiaoer.actions.plan_need_page import said_work
from xiaoer.actions.render.page import Page
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.audit import note
from xiaoer.site.models import AuditEntry, Shop
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.planning.asked import INTERVALS, LENGTHS, Asked, asked_of
from xiaoer.site.planning.goals_form import GoalsForm, initial_of
from xiaoer.site.planning.known import Duties, against_known, against_page_known, forecast_is_known, forecast_known
from xiaoer.site.planning.later import later
from xiaoer.site.planning.needed_map import DAYS, needed_map, steps
from xiaoer.site.planning.published import published_duties
from xiaoer.site.planning.sheet import sheet

GAPS = 8
CHANGES = 10


def plan_need(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show where people are lacking, one day in full, and the goals by which they are needed."""
    asked = asked_of(request.GET, shop, usual_days=DAYS)
    wait = later(request, shop, _("People needed"), known=forecast_is_known(asked.ask),
                 make=lambda: forecast_known(asked.ask))  # fmt: skip
    return wait or _shown(request, shop, asked, None)


def plan_goals(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Let other goals hold from a day on."""
    asked = asked_of(request.GET, shop, usual_days=DAYS)
    form = GoalsForm(request.POST)
    if form.is_valid():
        try:
            _set(request, shop, asked.kind, form)
            return redirect(f"{reverse('plan_need', args=[shop.pk])}?{asked.query()}")
        except ReportableError as error:
            form.add_error(None, say_issues(error.issues, request.reads))
    return _shown(request, shop, asked, form)


def plan_need_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return people needed and planned as a workbook."""
    asked = asked_of(request.GET, shop, usual_days=DAYS)
    return sheet(
        request, shop, asked.period, page="plan_need",
        make=lambda: against_page_known(asked.ask, _duties(shop, asked), request.reads),
    )  # fmt: skip


def plan_need_roster_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return people to plan as the table of need that rosters are made from."""
    asked = asked_of(request.GET, shop, usual_days=DAYS)
    return sheet(
        request, shop, asked.period, page="plan_need",
        make=lambda: roster_need_page(_found(shop, asked).needed, request.reads),
    )  # fmt: skip


def _found(shop: Shop, asked: Asked) -> Against:
    return against_known(asked.ask, _duties(shop, asked))


def _duties(shop: Shop, asked: Asked) -> Duties:
    return published_duties(shop, asked.period.first - DAY, asked.period.last)


def _shown(request: HttpRequest, shop: Shop, asked: Asked, form: GoalsForm | None) -> HttpResponse:
    held = goals_on(settings.SITE.home, shop.name, asked.kind, asked.period.last)
    shown = {
        "shop": shop, "asked": asked, "lengths": LENGTHS, "intervals": INTERVALS,
        "form": form or GoalsForm(initial=initial_of(held) | {"first": asked.first}),
        "open": form is not None, "may_change": request.viewer.may("change_plan", shop), "changes": _changes(shop),
    }  # fmt: skip
    status = 422 if form is not None else 200
    try:
        found = _found(shop, asked)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/need.html", shown | {"problem": problem}, status=status)
    return render(request, "planning/need.html", shown | _of(request, found, asked, shop.name), status=status)


def _of(request: HttpRequest, found: Against, asked: Asked, whose: str) -> dict[str, Any]:
    gaps = gaps_of(found, most=GAPS) if found.planned is not None else []
    days = list(asked.period.days())
    place = days.index(asked.on or (gaps[0][0] if gaps else days[0]))
    page = against_page(found, request.reads, whose=whose, on=days[place])
    leaf = Paginator(range(0, len(days), DAYS), 1).get_page(request.GET.get("page", place // DAYS + 1))
    first = leaf.object_list[0]
    data = forecast_known(asked.ask).data
    return {
        "title": page.lead[0], "page": page, "columns": page.columns[1:], "rows": _rows(page, found),
        "day": days[place], "weekday": word(f"weekday_{days[place].isoweekday()}", request.reads),
        "chart": steps(found, place), "map": needed_map(found, asked, range(first, first + DAYS)), "leaf": leaf,
        "planned": found.planned is not None,
        "gaps": [(day, clock_text(minute), people, asked.query(on=day)) for day, minute, people in gaps],
        "notes": [said_work(found.needed, request.reads), *measured_of(data, request.reads),
                  word("plan_need_how", request.reads)],
    }  # fmt: skip


def _rows(page: Page, found: Against) -> list[tuple[Shown, ...]]:
    """Return the intervals in which anybody comes or is planned."""
    counts = slice(2, 5 if found.planned is None else 6)
    return [row[1:] for row, cells in zip(table_of(page).rows, page.rows, strict=True)
            if any(cell.value for cell in cells[counts])]  # fmt: skip


def _set(request: HttpRequest, shop: Shop, kind: str, form: GoalsForm) -> None:
    first = form.cleaned_data["first"]
    with transaction.atomic():
        for name in set_goals(settings.SITE.home, shop.name, kind, form.goals(), first=first):
            note("setting_changed", person=request.user, shop=shop, details={"setting": name, "from": str(first)})


def _changes(shop: Shop) -> list[AuditEntry]:
    """Return who changed the settings of planning when, the latest first."""
    found = AuditEntry.objects.filter(shop=shop, act="setting_changed", details__setting__startswith="plan_")
    return list(found.select_related("person").order_by("-id")[:CHANGES])
