"""How earlier forecasts did when their days had come: the model alone, and with what people had said of its days."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoer.site.models import Shop
from xiaoer.site.pages.table import table_of
from xiaoer.site.planning.asked import asked_of
from xiaoer.site.planning.known import scores_are_known, scores_known
from xiaoer.site.planning.later import later

ROWS = 40


def plan_scores(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the kept forecasts, the latest first, each with how well it did."""
    asked = asked_of(request.GET, shop)
    wanted = (shop.name, asked.kind, request.reads)
    wait = later(request, shop, _("How earlier forecasts did"), known=scores_are_known(*wanted),
                 make=lambda: scores_known(*wanted))  # fmt: skip
    if wait is not None:
        return wait
    page = scores_known(*wanted)
    leaf = Paginator(page.rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "planning/scores.html", {
        "shop": shop, "asked": asked, "page": page, "leaf": leaf, "title": page.lead[0] if page.lead else page.title,
        "table": table_of(replace(page, rows=tuple(leaf.object_list))),
    })  # fmt: skip
