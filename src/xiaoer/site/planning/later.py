"""Pages whose figures take their time: the page is there at once and says that it works, and shows them when done."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.base.errors import ReportableError
from xiaoer.site.models import Shop


def later(
    request: HttpRequest, shop: Shop, title: str, *, known: bool, make: Callable[[], object]
) -> HttpResponse | None:
    """Return the page that waits, or None where the figures are at hand or the reader waits for them."""
    here = f"{request.path}?{request.GET.urlencode()}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        try:
            make()
            answer["HX-Refresh"] = "true"
        except ReportableError:  # nothing is kept of it: the page that does not wait says what is the matter
            answer["HX-Redirect"] = f"{here}&now=1"
        return answer
    if known or "now" in request.GET:
        return None
    return render(request, "planning/later.html", {"shop": shop, "title": title, "here": here})
