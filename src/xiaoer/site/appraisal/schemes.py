"""The schemes: which there are, since when and for whom, and which of them this shop uses."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xiaoer.actions.appraise_schemes import list_schemes
from xiaoer.actions.settings import set_setting, show_settings
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import say
from xiaoer.site.audit import note
from xiaoer.site.kept import kept
from xiaoer.site.models import SchemeDraft, Shop
from xiaoer.site.pages.data_rows import data_rows

SETTING = "appraisal_schemes"


@dataclass(frozen=True)
class Line:
    """One scheme as the list shows it."""

    name: str
    label: str
    whom: str
    since: str
    why: str
    used: bool


def schemes(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show every scheme; choose those that the shop's people are appraised by."""
    rows = data_rows(kept(list_schemes, request.reads), "schemes")
    problems: list[str] = []
    if request.method == "POST":
        known = [row["name"] for row in rows]
        chosen = [name for name in known if name in request.POST.getlist("scheme")]
        if request.viewer.may("change_settings", shop):
            try:
                _use(request, shop, chosen)
                return redirect("schemes", shop.pk)
            except ReportableError as error:
                problems = [say(issue, request.reads) for issue in error.issues]
    used = schemes_used(shop)
    made = SchemeDraft.objects.filter(shop=shop, state=SchemeDraft.State.OPEN).select_related("made_by")
    return render(request, "appraisal/schemes.html", {
        "shop": shop, "problems": problems, "number": len(used), "drafts": made,
        "rows": [Line(row["name"], row["label"], row["for"], row["from"], row["why"], row["name"] in used)
                 for row in rows],
        "may_use": request.viewer.may("change_settings", shop), "may_draft": request.viewer.may("draft_schemes", shop),
    }, status=422 if problems else 200)  # fmt: skip


def schemes_used(shop: Shop) -> list[str]:
    """Return the names of the schemes that a shop uses now."""
    rows = data_rows(kept(show_settings, "en", shop=shop.name), "settings")
    values = [str(row["value"] or "") for row in rows if row["name"] == SETTING]
    return [name.strip() for name in (values[-1] if values else "").split(",") if name.strip()]


def _use(request: HttpRequest, shop: Shop, names: list[str]) -> None:
    with transaction.atomic():
        note("setting_changed", person=request.user, shop=shop, details={"setting": SETTING, "from": None})
        set_setting(settings.SITE.home, SETTING, ",".join(names), shop=shop.name, first=None)
