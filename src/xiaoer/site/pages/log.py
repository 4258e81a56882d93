"""The log: who did what, when and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.site.audit import ACTS, REASONS
from xiaoer.site.models import AuditEntry

ROWS = 50


def log(request: HttpRequest) -> HttpResponse:
    """Show the entries, the latest first; of one kind where asked."""
    act = request.GET.get("act", "")
    found = AuditEntry.objects.select_related("person", "shop")
    if act in ACTS:
        found = found.filter(act=act)
    leaf = Paginator(found, ROWS).get_page(request.GET.get("page"))
    entries = [
        {"entry": one, "act": ACTS.get(one.act, one.act), "reason": REASONS.get(one.reason, ""),
         "details": " · ".join(f"{name} {value}" for name, value in one.details.items())}
        for one in leaf.object_list
    ]  # fmt: skip
    return render(request, "pages/log.html", {"entries": entries, "leaf": leaf, "acts": ACTS, "act": act})
