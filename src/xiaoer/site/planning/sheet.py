"""A page of planning as a workbook to take away; that it was taken stands in the log."""

from django.http import HttpRequest, HttpResponse

from xiaoer.actions.render.deliver import rendered
from xiaoer.actions.render.page import Page, Screen
from xiaoer.base.days import Period
from xiaoer.site.audit import note
from xiaoer.site.models import Shop
from xiaoer.site.performance.table import TYPES


def sheet(request: HttpRequest, shop: Shop, page: Page, days: Period) -> HttpResponse:
    """Return a page as a workbook, named after it and its days."""
    label = f"{days.first}-{days.last}"
    note(
        "exported", person=request.user, shop=shop, details={"table": page.name, "days": label, "rows": len(page.rows)}
    )
    answer = HttpResponse(rendered(page, "xlsx", Screen()), content_type=TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="xiaoer-{page.name}-{label}.xlsx"'
    return answer
