"""What people say on the page of the forecast: better of a day, or of events of the shop's own; each in the log."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.actions.plan_events import OwnEvent, events_of, say_event, withdraw_event
from xiaoer.actions.plan_overrides import OverrideAsk, overrides_of, say_override
from xiaoer.base.days import parse_day
from xiaoer.site.audit import note
from xiaoer.site.models import Shop
from xiaoer.site.planning.asked import Asked, asked_of
from xiaoer.site.planning.forecast import forecast_shown
from xiaoer.site.planning.forms import EventForm, OverrideForm


def plan_override(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Keep what somebody says of a day to come, or take it back."""
    asked = asked_of(request.GET, shop)
    form = OverrideForm(request.POST)
    if request.POST.get("do") == "withdraw":
        day = parse_day(request.POST.get("day", ""), name="day")
        held = {one.day for one in overrides_of(settings.SITE.home, shop.name, asked.kind)}
        if day not in held or asked.has_come(day):  # somebody else took it back, or it is history
            return _back(shop, asked, "told")
        ask = OverrideAsk(str(day), shop.name, asked.kind, author=request.user.name, withdraw=True)
        return _said(request, shop, asked, ask)
    if form.is_valid() and asked.has_come(form.cleaned_data["day"]):
        form.add_error("day", _("This day has come; only of days to come something can be said."))
    if not form.is_valid():
        return forecast_shown(request, shop, asked, form, EventForm())
    read = form.cleaned_data
    ask = OverrideAsk(str(read["day"]), shop.name, asked.kind, read["contacts"], read["times"], read["reason"],
                      request.user.name)  # fmt: skip
    return _said(request, shop, asked, ask)


def plan_event(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Keep an event of the shop's own."""
    asked = asked_of(request.GET, shop)
    form = EventForm(request.POST)
    if not form.is_valid():
        return forecast_shown(request, shop, asked, None, form)
    read = form.cleaned_data
    event = OwnEvent(read["name"], read["days"], read["lift"], request.user.name)
    with transaction.atomic():
        note("event_said", person=request.user, shop=shop, details=_details(event))
        say_event(settings.SITE.home, shop.name, event, now=datetime.now(UTC))
    return _back(shop, asked, "events")


def plan_event_withdraw(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Take an event back."""
    asked = asked_of(request.GET, shop)
    name, first = request.POST.get("name", ""), request.POST.get("first", "")
    held = events_of(settings.SITE.home, shop.name)
    event = next((one for one in held if one.name == name and str(one.days.first) == first), None)
    if event is None:  # somebody else took it back
        return _back(shop, asked, "events")
    with transaction.atomic():
        note("event_withdrawn", person=request.user, shop=shop, details=_details(event))
        withdraw_event(settings.SITE.home, shop.name, event, now=datetime.now(UTC))
    return _back(shop, asked, "events")


def _said(request: HttpRequest, shop: Shop, asked: Asked, ask: OverrideAsk) -> HttpResponse:
    act = "override_withdrawn" if ask.withdraw else "override_said"
    with transaction.atomic():
        note(act, person=request.user, shop=shop, details={"day": ask.day, "kind": ask.kind})
        say_override(settings.SITE.home, ask, now=datetime.now(UTC))
    return _back(shop, asked, "told")


def _details(event: OwnEvent) -> dict[str, str | int | None]:
    return {"from": str(event.days.first), "to": str(event.days.last)}


def _back(shop: Shop, asked: Asked, place: str) -> HttpResponse:
    return redirect(f"{reverse('plan_forecast', args=[shop.pk])}?{asked.query()}#{place}")
