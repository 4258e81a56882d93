"""A scheme tried on past months: who gains, who loses, what it costs, how it spreads, and what to mind."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.actions.appraise_schemes import list_schemes
from xiaoer.actions.appraise_whatif import WhatIfAsk, months_between, try_schemes
from xiaoer.actions.render.page import Page
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.site.appraisal.schemes import schemes_used
from xiaoer.site.jobs.process import Tell
from xiaoer.site.jobs.start import start
from xiaoer.site.jobs.watched import Watched, Way
from xiaoer.site.kept import kept
from xiaoer.site.models import Job, SchemeDraft, Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.pages.months import month_of

DRAFT = "draft:"  # begins the name of a scheme that is being written
MOST = 10


def whatif(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask which schemes to hold against which, and over which months."""
    month = month_of(None, shop)
    rows = data_rows(kept(list_schemes, request.reads), "schemes")
    known = [(str(row["name"]), str(row["label"])) for row in rows]
    made = SchemeDraft.objects.filter(shop=shop, state=SchemeDraft.State.OPEN)
    drafts = [(f"{DRAFT}{one.pk}", one.name) for one in made]
    last = f"{month.first:%Y-%m}"
    asked = {
        "before": request.GET.getlist("before") or schemes_used(shop), "after": request.GET.getlist("after"),
        "first": request.GET.get("first", last)[:7], "last": request.GET.get("last", last)[:7],
    }  # fmt: skip
    problems: list[str] = []
    if request.method == "POST":
        names = {name for name, _ in [*known, *drafts]}
        chosen = {key: [one for one in request.POST.getlist(key) if one in names][:MOST] for key in ("before", "after")}
        asked = {**chosen, "first": request.POST.get("first", "")[:7], "last": request.POST.get("last", "")[:7]}
        try:
            months_between(str(asked["first"]), str(asked["last"]))
            if not chosen["before"] or not chosen["after"]:
                raise ReportableError.of("appraisal.two_sides")
            job = start("whatif", by=request.user, shop=shop, asked=asked)
            return redirect("whatif_work", shop.pk, job.pk)
        except ReportableError as error:
            problems = [say(issue, request.reads) for issue in error.issues]
    return render(request, "appraisal/whatif.html", {
        "shop": shop, "known": known, "drafts": drafts, "asked": asked, "problems": problems,
        "before": asked["before"], "after": asked["after"],
        "earlier": Job.objects.filter(shop=shop, kind="whatif", state=Job.State.DONE)[:5],
    }, status=422 if problems else 200)  # fmt: skip


def _trial(request: HttpRequest, job: Job) -> dict[str, Any]:
    assert job.shop is not None
    came = job.came.get(request.reads, {})
    heading = _("%(gains)s would have more, %(loses)s less") % came if came else _("Trying a scheme on past months")
    return {
        "heading": heading, "about": came.get("title", ""), "came": came,
        "back": Way(reverse("whatif", args=[job.shop.pk]), _("Another trial")),
    }  # fmt: skip


TRIAL = Watched(
    "whatif", "whatif_work", _trial, template="appraisal/trial.html",
    stopped=gettext_lazy("It was stopped. Nothing was written anyway."),
)  # fmt: skip


def try_on_the_past(home: Path, _language: Language, tell: Tell, job: Job) -> None:
    """Compute the trial, in both languages, and keep its tables with the job."""
    shop, asked = job.shop, job.asked
    assert shop is not None
    came = {}
    with tempfile.TemporaryDirectory() as folder:
        before, after = (_names(asked[key], Path(folder)) for key in ("before", "after"))
        ask = WhatIfAsk(asked["first"], asked["last"], before, after, shop.name)
        languages: tuple[Language, ...] = ("zh", "en")
        for number, language in enumerate(languages):
            tell("trying", number, len(languages))
            came[language] = _kept(try_schemes(home, ask, language))
    Job.objects.filter(pk=job.pk).update(came=came)


def _names(asked: list[str], folder: Path) -> tuple[str, ...]:
    """Return names of schemes, and files for those that are being written."""
    found = []
    for name in asked:
        if not name.startswith(DRAFT):
            found.append(name)
            continue
        draft = SchemeDraft.objects.get(pk=int(name.removeprefix(DRAFT)))
        file = folder / f"{draft.name}_new.yaml"
        file.write_text(draft.text, encoding="utf-8")
        found.append(str(file))
    return tuple(found)


def _kept(page: Page) -> dict[str, object]:
    gains, loses = page.data["gains"], page.data["loses"]
    return {
        "title": page.title, "gains": gains, "loses": loses, "columns": [column.label for column in page.columns],
        "rows": [[(cell.text, cell.worse) for cell in row] for row in page.rows],
        "total": [cell.text for cell in page.total or ()], "notes": list(page.notes),
    }  # fmt: skip
