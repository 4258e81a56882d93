"""The page of a kind of long work: how far it is, a way to stop it, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaoer.actions.plain_issue import say_plain
from xiaoer.site.access import route
from xiaoer.site.jobs.found import job_found
from xiaoer.site.jobs.start import stop
from xiaoer.site.models import Job, Shop

STAGES = {
    "simulating": _("Making up a month of chats, orders and refunds"),
    "importing": _("Importing the files"),
    "previewing": _("Computing the figures twice: as they are, and as they would be"),
    "appraising": _("Computing the pay of the month"),
    "trying": _("Computing the past months by both"),
    "reading": _("Reading the file"),
    "inspecting": _("Reading conversations against the standards"),
    "drawing": _("Drawing conversations and sharing them out"),
    "rostering": _("Looking for a better roster"),
    "explaining": _("Finding what would help where people are missing"),
    "needing": _("Computing the forecast and the people it needs"),
    "sharing": _("Sharing the days out by activity"),
    "mending": _("Trying who could take over"),
    "finishing": _("Computing the figures"),
}


@dataclass(frozen=True)
class Way:
    """Where a link leads, and what it is called."""

    address: str
    label: str | Promise


@dataclass(frozen=True)
class Watched:
    """A kind of long work with a page.

    `shown` gives what the page says of one job: its `heading`, the way `back`, and by will `about`, `count` (how much
    of how much), `wider` (another way on) and whatever a template of its own asks for.
    """

    kind: str
    name: str
    shown: Callable[[HttpRequest, Job], Mapping[str, Any]]
    stopped: str | Promise
    failed: str | Promise = _("It ended before it was done, and we do not know why. Start it again.")
    stop_label: str | Promise = _("Stop")
    template: str = "jobs/watched.html"
    leads_back: bool = False

    def page(self, request: HttpRequest, work: int, shop: Shop | None = None) -> HttpResponse:
        """Show how far a job is, or what came of it; of one that leads back, go there once it is done."""
        job = job_found(work, shop=shop, kind=self.kind)
        shown = self._context(request, job)
        if self.leads_back and job.state == Job.State.DONE:
            return redirect(shown["back"].address)
        return render(request, self.template, shown)

    def part(self, request: HttpRequest, work: int, shop: Shop | None = None) -> HttpResponse:
        """Return the part of the page that changes; once all is over, the browser loads the whole page again."""
        job = job_found(work, shop=shop, kind=self.kind)
        answer = render(request, "jobs/progress.html", self._context(request, job))
        if job.over:
            answer["HX-Refresh"] = "true"
        return answer

    def stop(self, request: HttpRequest, work: int, shop: Shop | None = None) -> HttpResponse:
        """Stop a job."""
        job = job_found(work, shop=shop, kind=self.kind)
        stop(job, by=request.user)
        return redirect(self.address(job))

    def address(self, job: Job, part: str = "") -> str:
        """Return where a job's page is, or its changing part, or what stops it."""
        return reverse(f"{self.name}{part}", args=[one for one in (job.shop_id, job.pk) if one is not None])

    def _context(self, request: HttpRequest, job: Job) -> dict[str, Any]:
        return {
            "watched": self, "shop": job.shop, "job": job, "stage": STAGES.get(job.stage, ""),
            "part_at": self.address(job, "_part"), "stop_at": self.address(job, "_stop"),
            "problems": [say_plain(one, request.reads) for one in job.problem], **self.shown(request, job),
        }  # fmt: skip


def watched_routes(address: str, watched: Watched, *, needs: str) -> list[URLPattern]:
    """Return the addresses of a kind's pages: those of its jobs, their changing parts, and what stops them."""
    place, name = f"{address}<int:work>/", watched.name
    return [
        route(place, watched.page, name, needs=needs),
        route(f"{place}part/", watched.part, f"{name}_part", needs=needs),
        route(f"{place}stop/", watched.stop, f"{name}_stop", needs=needs, methods="POST"),
    ]
