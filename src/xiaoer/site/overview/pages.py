"""The overview page: at once where its figures are known, else with the place where they will stand."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xiaoer.actions.report import report
from xiaoer.base.language import Language
from xiaoer.site.kept import is_kept
from xiaoer.site.models import Shop
from xiaoer.site.no_data import days_with_data
from xiaoer.site.overview.asked import Overview
from xiaoer.site.overview.attention import attention_of
from xiaoer.site.overview.lines import Line, lines_of


def overview(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the last day, the day before and the month, what moved, and what needs attention."""
    last = days_with_data(shop).last
    groups = sorted(request.viewer.groups("see_team", shop) or ())
    asked_group = request.GET.get("group", "")
    group = asked_group if asked_group in groups else (groups[0] if groups else "")
    asked = Overview(shop, last, group)
    part = "HX-Request" in request.headers
    shown = {"shop": shop, "asked": asked, "groups": groups, "here": f"{request.path}?{urlencode({'group': group})}"}
    if part or "now" in request.GET or _known(asked, request.reads):
        shown |= _figures(asked, request)
    return render(request, "overview/body.html" if part else "overview/overview.html", shown)


def _known(asked: Overview, language: Language) -> bool:
    return all(is_kept(report, ask, language) for ask in asked.every())


def _figures(asked: Overview, request: HttpRequest) -> dict[str, object]:
    lines = lines_of(asked, request.reads)
    days = {"period": "days", "from": str(asked.trend.first), "to": str(asked.trend.last)}
    return {
        "lines": lines, "answer": _answer(lines), "attention": attention_of(asked, lines, request),
        "by_day": f"{reverse('team', args=[asked.shop.pk])}?{urlencode(days)}&by=day",
    }  # fmt: skip


def _answer(lines: list[Line]) -> dict[str, object]:
    """Return the figures that the title says."""
    found = {line.name: line.figures[0] for line in lines}
    return {"received": found["received_buyers"], "sales": found["sales_yuan"]}
