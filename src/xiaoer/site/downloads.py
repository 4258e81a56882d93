"""What a page gives to take away: content as a file, a table as one; that a table was taken stands in the log."""

from django.http import HttpRequest, HttpResponse

from xiaoer.actions.render.deliver import rendered
from xiaoer.actions.render.page import Page, Screen
from xiaoer.site.audit import note
from xiaoer.site.models import Shop

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file_of(content: bytes | str, name: str) -> HttpResponse:
    """Return content as a file of this name, whose ending says what it is."""
    answer = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def table_file(request: HttpRequest, shop: Shop, page: Page, name: str, **details: str) -> HttpResponse:
    """Return a table as a file of this name; the log keeps who took it, how many rows, and these details."""
    kind = name.rpartition(".")[2]
    note("exported", person=request.user, shop=shop, details={**details, "format": kind, "rows": len(page.rows)})
    return file_of(rendered(page, kind, Screen()), name)
