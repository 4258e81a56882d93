"""People's decisions as the table that `xiaoer inspect train` takes: with customers' names, so after a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoer.actions.inspect_decisions import decision_table
from xiaoer.site.audit import note
from xiaoer.site.downloads import file_of
from xiaoer.site.inspection.decisions import decisions_of
from xiaoer.site.inspection.tabs import tabs_of
from xiaoer.site.models import Shop
from xiaoer.site.pages.filtered import ReasonForm


def inspection_decisions(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Say what the table holds, and give it after a reason, which the log keeps."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    decisions = decisions_of(shop)
    if request.method == "POST" and form.is_valid() and decisions:
        note("exported", person=request.user, shop=shop, about="decisions", reason=form.cleaned_data["reason"],
             details={"rows": len(decisions)})  # fmt: skip
        return file_of("\ufeff" + decision_table(decisions), "decisions.csv")
    shown = {"shop": shop, "tabs": tabs_of(request, shop), "form": form, "number": len(decisions)}
    return render(request, "inspection/export.html", shown, status=422 if form.errors else 200)
