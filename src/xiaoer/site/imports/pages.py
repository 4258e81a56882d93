"""The pages of imports: send files, see how far they are and what came of them, take an import back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.import_pages import imports_page
from xiaoer.actions.imports import list_imports, undo_import
from xiaoer.actions.platforms import platform_labels
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.site.audit import note
from xiaoer.site.forms import PlainForm, day_field
from xiaoer.site.imports.one import ImportShown, import_shown
from xiaoer.site.imports.outcome import files_shown
from xiaoer.site.imports.rejected import rejected_answer
from xiaoer.site.imports.upload import MOST_BYTES, MOST_FILES, Upload, sweep, taken_upload
from xiaoer.site.jobs.start import UNDER_WAY, start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import kept
from xiaoer.site.models import Job, Shop
from xiaoer.site.pages.filtered import ReasonForm
from xiaoer.site.pages.table import table_of

ROWS = 50
SHOWN = ("platform", "file", "rows", "days", "rejected", "state")


class UploadForm(PlainForm):
    """How the files are read."""

    platform = forms.ChoiceField(label=gettext_lazy("Which platform they come from"), required=False)
    first = day_field(gettext_lazy("First day"), required=False)
    last = day_field(
        gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Only for reports that do not say their days themselves."),
    )  # fmt: skip

    def __init__(self, language: Language, *args: object) -> None:
        super().__init__(*args)
        labels = platform_labels(settings.SITE.home, language)
        auto = gettext_lazy("Let the files say it")
        self.fields["platform"].choices = [("", auto), *sorted(labels.items(), key=lambda one: one[1])]


def imports(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the form and every import of the shop."""
    return _page(request, shop, UploadForm(request.reads))


def upload(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Take files in and start reading them; or say what speaks against it."""
    try:
        sent = taken_upload(request)
    except ReportableError as error:
        problems = [say(issue, request.reads) for issue in error.issues]
        return _page(request, shop, UploadForm(request.reads), problems)
    form = UploadForm(request.reads, request.POST)
    if not form.is_valid():
        sent.drop()
        return _page(request, shop, form)
    sweep()
    return redirect("import_work", shop.pk, _begun(request, shop, sent, form).pk)


def import_one(request: HttpRequest, shop: Shop, number: int) -> HttpResponse:
    """Show an import with all that was noted about it."""
    return _one(request, shop, number)


def import_undo(request: HttpRequest, shop: Shop, number: int) -> HttpResponse:
    """Take an import out of every figure; asked for by the button of its page, which says what goes."""
    found = import_shown(shop, number, request.viewer, request.reads)
    if request.POST.get("sure") != "yes":
        return _one(request, shop, number, status=422)
    if not found.whole:
        raise Http404
    with transaction.atomic():
        note("import_undone", person=request.user, shop=shop, about=f"import {number}")
        undo_import(settings.SITE.home, number)
    return redirect("import_one", shop.pk, number)


def import_rejected(request: HttpRequest, shop: Shop, number: int) -> HttpResponse:
    """Return the rows that were left out, after a reason: they are rows of customers, so the look is in the log."""
    found = import_shown(shop, number, request.viewer, request.reads)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _one(request, shop, number, form=form, status=422)
    if not found.whole or not found.rejected_files:
        raise Http404
    reason = form.cleaned_data["reason"]
    note("rejected_rows_taken", person=request.user, shop=shop, about=f"import {number}", reason=reason)
    return rejected_answer([Path(name) for name in found.rejected_files], number)


def _begun(request: HttpRequest, shop: Shop, sent: Upload, form: UploadForm) -> Job:
    read = form.cleaned_data
    asked = {
        "folder": sent.folder.name,
        "names": [one.name for one in sent.files],
        "platform": read["platform"] or "auto",
        "first": str(read["first"]) if read["first"] else None,
        "last": str(read["last"]) if read["last"] else None,
    }
    return start("import", by=request.user, shop=shop, asked=asked)


def _page(request: HttpRequest, shop: Shop, form: UploadForm, problems: list[str] | None = None) -> HttpResponse:
    made = kept(list_imports, shop=shop.name)
    leaf = Paginator(made, ROWS).get_page(request.GET.get("page"))
    page = imports_page(list(leaf.object_list), request.reads)
    rows = [
        {"number": one["id"], "at": datetime.fromisoformat(one["at"]),
         "cells": [cell for column, cell in zip(page.columns, row, strict=True) if column.name in SHOWN]}
        for one, row in zip(leaf.object_list, table_of(page).rows, strict=True)
    ]  # fmt: skip
    shown = {
        "shop": shop, "form": form, "rows": rows, "leaf": leaf, "number": len(made),
        "columns": [column for column in page.columns if column.name in SHOWN],
        "problems": problems or [], "jobs": Job.objects.filter(shop=shop, kind="import", state__in=UNDER_WAY),
        "most_files": MOST_FILES, "most_bytes": MOST_BYTES, "most_megabytes": MOST_BYTES // 1_000_000,
    }  # fmt: skip
    status = 422 if problems or form.errors else 200
    return render(request, "imports/imports.html", shown, status=status)


def _one(
    request: HttpRequest, shop: Shop, number: int, *, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    found: ImportShown = import_shown(shop, number, request.viewer, request.reads)
    shown = {
        "shop": shop, "made": found, "form": form or ReasonForm(), "asked_again": status == 422,
        "may_see": request.viewer.may("see_customers", shop),
    }  # fmt: skip
    return render(request, "imports/one.html", shown, status=status)


def _work(request: HttpRequest, job: Job) -> dict[str, Any]:
    files, names = files_shown(job.came.get("files", []), request.reads), job.asked["names"]
    assert job.shop is not None
    said = {"done": f"{job.done:,}", "total": job.total}
    count = _("%(done)s of %(total)s files") % said if job.total else _("%(done)s rows") % said if job.done else ""
    return {
        "heading": _("Import"), "about": " · ".join([job.shop.name, *(names if len(names) == 1 else [])]),
        "count": count, "files": files, "left": names[len(files) :],
        "back": Way(reverse("imports", args=[job.shop.pk]), _("All imports")),
    }  # fmt: skip


IMPORT_WORK = Watched(
    "import", "import_work", _work, template="imports/work.html",
    stopped=gettext_lazy(
        "It was stopped. The files listed as imported are in; each can be undone. Nothing of the others was kept."
    ),
    failed=gettext_lazy(
        "It ended before it was done, and we do not know why. Send the files again; what is there already counts once."
    ),
)  # fmt: skip
