"""The page of one job: how far it is, and a way to stop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xiaoer.actions.plain_issue import say_plain
from xiaoer.site.jobs.found import job_found
from xiaoer.site.jobs.start import stop

STAGES = {
    "simulating": _("Making up a month of chats, orders and refunds"),
    "importing": _("Importing the files"),
    "previewing": _("Computing the figures twice: as they are, and as they would be"),
    "reading": _("Reading the file"),
    "inspecting": _("Reading conversations against the standards"),
    "drawing": _("Drawing conversations and sharing them out"),
    "finishing": _("Computing the figures"),
}
KIND_LABELS = {"example": _("Example data: a simulated shop")}


def job(request: HttpRequest, job: int) -> HttpResponse:
    """Show a job."""
    return _page(request, job, "jobs/job.html")


def job_part(request: HttpRequest, job: int) -> HttpResponse:
    """Return the part of the page that changes; once all is over, the browser loads the whole page again."""
    answer = _page(request, job, "jobs/progress.html")
    if job_found(job, shop=None).over:
        answer["HX-Refresh"] = "true"
    return answer


def job_stop(request: HttpRequest, job: int) -> HttpResponse:
    """Stop a job."""
    stop(job_found(job, shop=None), by=request.user)
    return redirect("job", job)


def _page(request: HttpRequest, number: int, template: str) -> HttpResponse:
    found = job_found(number, shop=None)
    problems = [say_plain(one, request.reads) for one in found.problem]
    shown = {
        "job": found, "stage": STAGES.get(found.stage, ""), "label": KIND_LABELS[found.kind], "problems": problems,
    }  # fmt: skip
    return render(request, template, shown)
