"""The forecast: contacts to come with their band, what each day rests on, what people say better of a day."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.actions.plan_events import OwnEvent, events_of
from xiaoer.actions.plan_forecast import forecast_page, rests_on
from xiaoer.actions.plan_foretold import Foretold
from xiaoer.actions.plan_tried import tried_page
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say_issues
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.planning.asked import INTERVALS, LENGTHS, Asked, asked_of
from xiaoer.site.planning.drawn import drawn_days, drawn_intervals
from xiaoer.site.planning.forms import EventForm, OverrideForm
from xiaoer.site.planning.known import forecast_is_known, forecast_known
from xiaoer.site.planning.later import later
from xiaoer.site.planning.sheet import sheet

ROWS = 31


def plan_forecast(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the forecast of the days that the address asks for; one day by interval."""
    asked = asked_of(request.GET, shop)
    wait = later(request, shop, _("Forecast of contacts"), known=forecast_is_known(asked.ask),
                 make=lambda: forecast_known(asked.ask))  # fmt: skip
    if wait is not None:
        return wait
    say_of = request.GET.get("say", "")
    form = OverrideForm(initial={"day": say_of}) if say_of else None
    return forecast_shown(request, shop, asked, form, EventForm())


def forecast_shown(
    request: HttpRequest, shop: Shop, asked: Asked, form: OverrideForm | None, event_form: EventForm
) -> HttpResponse:
    """Return the page with its forms as they stand; 422 where one of them has problems."""
    shown = {
        "shop": shop, "asked": asked, "lengths": LENGTHS, "intervals": INTERVALS, "form": form,
        "event_form": event_form, "events": [_event(one) for one in events_of(settings.SITE.home, shop.name)],
        "may_change": request.viewer.may("change_plan", shop),
    }  # fmt: skip
    try:
        found = forecast_known(asked.ask)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/forecast.html", shown | {"problem": problem})
    shown |= _of_days(request, found, asked) if asked.on is None else _of_day(request, found, asked)
    tried = tried_page(found, request.reads)
    faults = event_form.errors or (form is not None and form.errors)
    return render(request, "planning/forecast.html", shown | {
        "notes": rests_on(found, request.reads), "tried": tried, "tried_table": table_of(tried),
    }, status=422 if faults else 200)  # fmt: skip


def plan_forecast_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the forecast as a workbook, as the page shows it: by day, or one day by interval."""
    asked = asked_of(request.GET, shop)
    by = "day" if asked.on is None else "interval"
    return sheet(request, shop, asked.period, page="plan_forecast",
                 make=lambda: forecast_page(forecast_known(asked.ask), request.reads, by=by))  # fmt: skip


def _of_days(request: HttpRequest, found: Foretold, asked: Asked) -> dict[str, Any]:
    page = forecast_page(found, request.reads, by="day")
    rows = zip(found.made.days, table_of(page).rows, data_rows(page, "days"), strict=True)
    lines = [
        {
            "cells": cells, "day": told.day, "open": not asked.has_come(told.day), "override": told.override,
            "model_contacts": f"{told.contacts:,.0f}", "query": asked.query(on=told.day),
        }
        for told, cells, _row in rows
    ]  # fmt: skip
    leaf = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    return {
        "title": page.lead[0], "page": page, "columns": page.columns, "leaf": leaf, "lines": leaf.object_list,
        "chart": drawn_days(found, data_rows(page, "days")),
    }  # fmt: skip


def _of_day(request: HttpRequest, found: Foretold, asked: Asked) -> dict[str, Any]:
    page = forecast_page(found, request.reads, by="interval")
    day = str(asked.on)
    rows = [row for row in data_rows(page, "rows") if row["day"] == day]
    cells: list[tuple[Shown, ...]] = [one[1:] for one in table_of(page).rows if one[0].text == day]
    told = next(one for one in found.made.days if one.day == asked.on)
    said = {"day": day, "weekday": word(f"weekday_{told.day.isoweekday()}", request.reads),
            "contacts": f"{told.total:,.0f}"}  # fmt: skip
    return {
        "title": _("%(day)s (%(weekday)s): about %(contacts)s contacts") % said, "page": page,
        "columns": page.columns[1:], "lines": [{"cells": one} for one in cells], "chart": drawn_intervals(rows),
    }  # fmt: skip


def _event(one: OwnEvent) -> dict[str, Any]:
    lift = _("measured") if one.lift is None else _("not open") if one.lift == 0 else f"× {one.lift:g}"
    return {"event": one, "lift": lift}
