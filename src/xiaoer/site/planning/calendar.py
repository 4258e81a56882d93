"""Shifts as a calendar file, and a private address from which calendars take them."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaoer.site.audit import note
from xiaoer.site.downloads import file_of
from xiaoer.site.models import CalendarAddress, Membership, Person, Shop
from xiaoer.site.planning.published import minutes_of
from xiaoer.site.planning.roster_known import clock_for, today_of
from xiaoer.site.planning.shifts import OwnDuty, own_duties

BACK, AHEAD = timedelta(days=60), timedelta(days=120)
TOKEN_BYTES = 32
LINE_BYTES = 75  # RFC 5545, 3.1


@dataclass(frozen=True)
class Event:
    """One shift in a shop's own time."""

    uid: str
    version: int
    start: datetime
    end: datetime
    title: str
    about: str


def own_calendar(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the reader's shifts of a shop as a calendar file."""
    return _file(request.user, [shop])


def own_calendar_address(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Make a private address, shown once; one made before stops working."""
    address = reverse("calendar", args=[new_address(request.user, shop)])
    whole = f"{settings.SITE.addresses[0]}{address}" if settings.SITE.addresses else request.build_absolute_uri(address)
    return render(request, "planning/calendar.html", {"shop": shop, "link": whole})


def new_address(person: Person, shop: Shop) -> str:
    """Return the token of a person's new address, which is kept nowhere; the one before stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two that are asked for at once take turns
        _running(person).update(revoked_at=timezone.now())
        made = CalendarAddress.objects.create(person=person, digest=_digest(token))
        note("calendar_made", person=person, shop=shop, about=made)
    return token


def own_calendar_end(request: HttpRequest, shop: Shop) -> HttpResponse:
    """End the private address: whoever has it sees nothing any more."""
    with transaction.atomic():
        if _running(request.user).update(revoked_at=timezone.now()):
            note("calendar_revoked", person=request.user, shop=shop, about=request.user)
    return redirect("own_shifts", shop.pk)


def calendar(request: HttpRequest, calendar: str) -> HttpResponse:
    """Return the shifts behind a private address; Http404 where it ended, or its person did."""
    found = CalendarAddress.objects.filter(digest=_digest(calendar), revoked_at=None, person__is_active=True)
    address = found.select_related("person").first()
    if address is None:
        raise Http404
    running = Membership.objects.filter(person=address.person, ended_at=None, role="agent").select_related("shop")
    shops = {one.shop_id: one.shop for one in running if one.shop is not None}
    return _file(address.person, shops.values())


def _file(person: Person, shops: Iterable[Shop]) -> HttpResponse:
    return file_of(calendar_text(events_of(person, shops)), "shifts.ics")


def events_of(person: Person, shops: Iterable[Shop]) -> list[Event]:
    """Return a person's shifts of some weeks back and months ahead."""
    return [
        _event(person, shop, duty, clock_for(shop).zone)
        for shop in shops
        for duty in own_duties(person, shop, today_of(shop) - BACK, today_of(shop) + AHEAD)
    ]


def _event(person: Person, shop: Shop, duty: OwnDuty, zone: ZoneInfo) -> Event:
    start, end = (_at(duty.day, minutes_of(text), zone) for text in (duty.start, duty.end))
    about = _("Breaks: %(breaks)s") % {"breaks": duty.breaks} if duty.breaks else ""
    uid = f"{shop.pk}-{person.pk}-{duty.day:%Y%m%d}-{duty.start.replace(':', '')}@xiaoer"
    return Event(uid, duty.roster.version, start, end, f"{duty.shift} · {shop.name}", about)


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return when a wall clock of the zone shows so many minutes after the midnight that begins a day."""
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return local.replace(tzinfo=zone)


def calendar_text(events: Iterable[Event]) -> str:
    """Return the events as RFC 5545 asks: each time in its zone, the zone spelled out, lines of 75 bytes at most."""
    every = sorted(events, key=lambda event: (event.start, event.uid))
    name = _escaped(_("My shifts"))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xiaoer//shifts//ZH",
        f"X-WR-CALNAME:{name}",
    ]
    for zone in sorted({str(event.start.tzinfo) for event in every}):
        lines += _zone(zone, [event for event in every if str(event.start.tzinfo) == zone])
    stamp = f"{timezone.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in every:
        lines += [
            "BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"SEQUENCE:{event.version}",
            f"DTSTART;TZID={event.start.tzinfo}:{event.start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID={event.end.tzinfo}:{event.end:%Y%m%dT%H%M%S}", f"SUMMARY:{_escaped(event.title)}",
            *([f"DESCRIPTION:{_escaped(event.about)}"] if event.about else []), "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _zone(name: str, events: list[Event]) -> Iterator[str]:
    """Yield the zone as these events need it: an entry for each offset that begins among them."""
    yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
    before: timedelta | None = None
    for event in events:
        offset = event.start.utcoffset()
        if offset is not None and offset != before:
            yield from ("BEGIN:STANDARD", f"DTSTART:{event.start:%Y%m%d}T000000")
            yield from (f"TZOFFSETFROM:{_offset(before or offset)}", f"TZOFFSETTO:{_offset(offset)}", "END:STANDARD")
            before = offset
    yield "END:VTIMEZONE"


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    part = ""
    for sign in line:
        if len(f"{part}{sign}".encode()) > LINE_BYTES:
            yield part
            part = " "
        part += sign
    yield part


def _running(person: Person) -> QuerySet[CalendarAddress]:
    return CalendarAddress.objects.filter(person=person, revoked_at=None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
