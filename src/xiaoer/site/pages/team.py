"""The team's performance in a month: the same page as the command line's report."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.render.deliver import rendered
from xiaoer.actions.render.page import Page, Screen
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.language import Language
from xiaoer.site.audit import note
from xiaoer.site.figures import report_page
from xiaoer.site.models import Shop
from xiaoer.site.pages.months import Month, month_of
from xiaoer.site.pages.table import table_of
from xiaoer.site.viewer import Viewer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def team(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the table."""
    month = month_of(request.GET.get("month"), shop)
    if month is None:
        return render(request, "pages/no_data.html", {"shop": shop})
    page = page_of(shop, month, request.reads, request.viewer)
    return render(request, "pages/team.html", {"shop": shop, "month": month, "page": page, "table": table_of(page)})


def team_xlsx(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the table as a spreadsheet, as it is on the page."""
    month = month_of(request.GET.get("month"), shop)
    if month is None:
        return render(request, "pages/no_data.html", {"shop": shop}, status=404)
    page = page_of(shop, month, request.reads, request.viewer)
    note("exported", person=request.user, shop=shop, details={"table": "team", "month": f"{month.first:%Y-%m}"})
    answer = HttpResponse(rendered(page, "xlsx", Screen()), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="xiaoer-{month.first:%Y-%m}.xlsx"'
    return answer


def page_of(shop: Shop, month: Month, language: Language, viewer: Viewer) -> Page:
    """Return the team's page of a month; who leads some groups only gets their rows, without the shop's total."""
    groups = viewer.groups("see_team", shop)
    ask = ReportAsk(str(month.period.first), str(month.period.last), shop.name)
    if groups is None:
        return report_page(ask, language)
    page = report_page(replace(ask, by=("group", "agent")), language)
    mine = tuple(row for row in page.rows if row[0].value in groups)
    return replace(page, rows=mine, total=None, data={}, about=(), notes=())
