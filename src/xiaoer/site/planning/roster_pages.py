"""The page of rosters: which there are, where each stands, and a new one."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaoer.base.days import DAY
from xiaoer.site.models import Roster, ShiftSwap, Shop
from xiaoer.site.planning.roster_changes import new_roster
from xiaoer.site.planning.roster_forms import NewForm
from xiaoer.site.planning.roster_known import today_of
from xiaoer.site.planning.roster_people import groups_of

ROWS = 40
USUAL_DAYS = 28
MONDAYS = 7


def rosters(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the rosters of a shop; begin a new one."""
    every = Roster.objects.filter(shop=shop).exclude(state=Roster.State.DROPPED).defer("tables", "duties")
    today, latest = today_of(shop), every.order_by("-last").first()
    begins = max(today, latest.last) if latest else today
    monday = begins + timedelta(days=MONDAYS - begins.weekday())
    usual = {"first": monday, "last": monday + (USUAL_DAYS - 1) * DAY}
    form = NewForm(groups_of(shop), *([request.POST] if request.method == "POST" else []), initial=usual)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        days = asked["first"], asked["last"]
        made = new_roster(shop, days, asked.get("groups", []), request.reads, by=request.user)
        return redirect("roster_tables", shop.pk, made.pk)
    leaf = Paginator(every.select_related("published_by", "made_by"), ROWS).get_page(request.GET.get("page"))
    running = every.filter(state=Roster.State.PUBLISHED, last__gte=today).order_by("-last").first()
    waiting = ShiftSwap.objects.filter(roster__shop=shop, state=ShiftSwap.State.AGREED, day__gt=today).count()
    return render(request, "planning/rosters.html", {
        "shop": shop, "form": form, "leaf": leaf, "rows": leaf.object_list, "waiting": waiting,
        "title": _title(latest, running), "begin": not leaf.paginator.count,
    }, status=422 if form.errors else 200)  # fmt: skip


def _title(latest: Roster | None, running: Roster | None) -> str:
    if latest is None:
        return _("No roster yet")
    if running is None:
        return _("No roster is published for the days to come")
    return _("The published roster reaches until %(day)s") % {"day": running.last}
