"""A page of planning as a workbook to take away; that it was taken stands in the log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiaoer.actions.render.page import Page
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.site.downloads import table_file
from xiaoer.site.models import Shop


def sheet(request: HttpRequest, shop: Shop, days: Period, make: Callable[[], Page], *, page: str) -> HttpResponse:
    """Return what is made as a workbook, named after it and its days; where nothing can be, lead to the page."""
    try:
        made = make()
    except ReportableError:  # the page of this name says what is the matter, and lets other days be chosen
        return redirect(f"{reverse(page, args=[shop.pk])}?{request.GET.urlencode()}")
    label = f"{days.first}-{days.last}"
    return table_file(request, shop, made, f"xiaoer-{made.name}-{label}.xlsx", table=made.name, days=label)
