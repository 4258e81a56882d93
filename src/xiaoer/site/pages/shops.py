"""Shops of the data as shops of the site, and example data for a first look."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xiaoer.actions.shops import known_shops
from xiaoer.site.audit import note
from xiaoer.site.jobs.start import start
from xiaoer.site.models import Job, Person, Shop


def shops(request: HttpRequest) -> HttpResponse:
    """Show the shops; without any, how to get one."""
    shown = {"shops": Shop.objects.all(), "jobs": Job.objects.filter(shop=None)[:5]}
    return render(request, "pages/shops.html", shown)


def shops_look(request: HttpRequest) -> HttpResponse:
    """Take in shops that imports brought."""
    note_shops(request.user)
    return redirect("shops")


def example(request: HttpRequest) -> HttpResponse:
    """Start making the simulated shop; one at a time."""
    under_way = Job.objects.filter(kind="example", state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
    job = under_way or start("example", by=request.user)
    return redirect("job", job.pk)


def note_shops(by: Person | None) -> int:
    """Return how many shops of the data were new to the site; they are its shops from now on."""
    known = set(Shop.objects.values_list("name", flat=True))
    new = [name for name in known_shops(settings.SITE.home) if name not in known]
    with transaction.atomic():
        Shop.objects.bulk_create([Shop(name=name) for name in new], ignore_conflicts=True)
        if new:
            note("shops_noted", person=by, details={"number": len(new)})
    return len(new)
