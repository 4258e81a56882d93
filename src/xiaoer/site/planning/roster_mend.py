"""Somebody falls out: how the roster is mended with few people touched, shown before it is taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xiaoer.site.jobs.found import job_found
from xiaoer.site.jobs.start import start
from xiaoer.site.models import Job, RosterChange, Shop
from xiaoer.site.planning.roster import must_be_open, why_of
from xiaoer.site.planning.roster_changes import Change, change_duties
from xiaoer.site.planning.roster_forms import AbsenceForm
from xiaoer.site.planning.roster_known import problem_known, roster_found
from xiaoer.site.planning.roster_tabs import roster_tabs
from xiaoer.site.planning.roster_work import MEND, MENDING


def roster_mend(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Say who falls out and when, and begin to look for how it is mended."""
    found = roster_found(roster, shop)
    problem = problem_known(found, request.reads)
    form = AbsenceForm(problem.people, (found.first, found.last), *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        must_be_open(found)
        asked = {"roster": found.pk, "version": found.version,
                 "person": form.cleaned_data["person"], "days": [str(day) for day in form.absent()]}  # fmt: skip
        return redirect(MENDING.address(start(MEND, by=request.user, shop=shop, asked=asked)))
    return render(request, "planning/roster_mend.html", {
        "shop": shop, "roster": found, "tabs": roster_tabs(request, found), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


def roster_mend_take(request: HttpRequest, shop: Shop, work: int) -> HttpResponse:
    """Take what was found: the roster changes, and the absence is noted as leave, so that it lasts."""
    job = job_found(work, shop=shop, kind=MEND)
    found = roster_found(job.asked["roster"], shop)
    if job.state != Job.State.DONE:
        return redirect(MENDING.address(job))
    must_be_open(found)
    asked = job.asked
    leave = {"name": asked["person"], "first": asked["days"][0], "last": asked["days"][-1]}
    why = why_of(request, found)
    given = Change(job.came["duties"], RosterChange.Kind.MENDED, asked["version"], why, rows={"leave": [leave]})
    change_duties(found, given, by=request.user)
    return redirect("roster", shop.pk, found.pk)
