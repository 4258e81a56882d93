"""Sets of columns saved by name, for everybody who sees the table."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiaoer.actions.saved_views import SetAsk, remove_view, save_view
from xiaoer.site.audit import note
from xiaoer.site.models import Shop
from xiaoer.site.performance.state import LONGEST, state_of


def view_save(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Save the columns and rows of the table under a name, and show it by that name."""
    asked = request.POST
    wanted = SetAsk(tuple(asked.getlist("m")), tuple(asked.getlist("by")) or ("agent",))
    made = save_view(settings.SITE.home, asked.get("name", "")[:LONGEST], wanted, replace=bool(asked.get("replace")))
    note("view_saved", person=request.user, shop=shop, details={"view": made.name, "columns": len(wanted.metrics)})
    return _to_table(request, shop, made.name)


def view_remove(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Take a saved view away, and show the usual table."""
    made = remove_view(settings.SITE.home, request.POST.get("name", "")[:LONGEST])
    note("view_removed", person=request.user, shop=shop, details={"view": made.name})
    return _to_table(request, shop, "")


def _to_table(request: HttpRequest, shop: Shop, view: str) -> HttpResponse:
    query = state_of(request.GET, shop).query(view=view, m="", by="")
    return redirect(f"{reverse('team', args=[shop.pk])}?{query}")
