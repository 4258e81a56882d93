"""The wall of adherence: who is to be on now, who is, who is late; and what the rest of the day needs."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.live import LiveShop
from xiaoer.actions.plan_data import PlanAsk
from xiaoer.actions.plan_now import OnNow, Standing, on_now, seconds_since
from xiaoer.actions.render.cell_text import seconds_text
from xiaoer.actions.shops import clock_of
from xiaoer.base.days import DAY, DAY_MINUTES
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say_issues
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.no_data import NoData
from xiaoer.site.pages.table import table_of
from xiaoer.site.planning.asked import asked_of
from xiaoer.site.planning.known import rest_known
from xiaoer.site.planning.published import published_duties
from xiaoer.site.wall.feed import look

MILLIS = 1_000
REST_MINUTES = 5  # so often the rest of the day is told again
STANDINGS = {
    Standing.MISSING: gettext_lazy("is to be on and is not"),
    Standing.ON: gettext_lazy("at work"),
    Standing.BREAK: gettext_lazy("on a planned break"),
    Standing.EXTRA: gettext_lazy("on without being planned"),
    Standing.SOON: gettext_lazy("begins within the hour"),
}


def plan_wall(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Show the wall."""
    return render(request, "planning/wall.html", {"shop": shop} | _seen(request, shop))


def plan_wall_part(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return who stands how now."""
    return render(request, "planning/wall_part.html", {"shop": shop} | _seen(request, shop))


def plan_wall_rest_part(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Return the rest of the day: contacts told again, people needed and planned, whom to move."""
    try:
        asked = asked_of(request.GET, shop)
    except NoData:
        return render(request, "planning/wall_rest.html")
    clock = kept(clock_of, shop.name)
    now = timezone.now().astimezone(clock.zone)
    day = clock.local_day(now)
    ask = PlanAsk(str(day), str(day), shop.name, asked.kind)
    at = clock_text((now.hour * 60 + now.minute) // REST_MINUTES * REST_MINUTES)
    try:
        page = rest_known(ask, published_duties(shop, day, day), at, request.reads)
    except ReportableError as error:
        problem = say_issues(error.issues, request.reads)
        return render(request, "planning/wall_rest.html", {"problem": problem})
    return render(request, "planning/wall_rest.html", {"page": page, "table": table_of(page)})


def _seen(request: HttpRequest, shop: Shop) -> dict[str, Any]:
    now = timezone.now()
    live = look(shop, now).live
    if live is None:
        return {"loading": True}
    return _board(shop, live, now, request.reads)


def _board(shop: Shop, live: LiveShop, now: datetime, language: Language) -> dict[str, Any]:
    day = live.clock.local_day(now)
    duties = published_duties(shop, day - DAY, day)  # a night shift may have begun yesterday
    people = on_now(live, duties, now)
    missing = sum(one.standing is Standing.MISSING for one in people)
    wanted = missing + sum(one.standing is Standing.ON for one in people)
    return {
        "people": [_row(one, now, language) for one in people],
        "at": int(now.timestamp() * MILLIS), "nobody": not duties,
        "alarms": json.dumps([one.agent for one in people if one.standing is Standing.MISSING]),
        "answer": _answer(missing, wanted, any_planned=bool(duties)),
    }  # fmt: skip


def _answer(missing: int, wanted: int, *, any_planned: bool) -> str:
    if not any_planned:
        return _("No roster was published for today")
    if not wanted:
        return _("Nobody is to be on now")
    if not missing:
        return ngettext("{number} person is to be on, and is", "{number} people are to be on, and all are", wanted
                        ).format(number=wanted)  # fmt: skip
    said = ngettext("{missing} of {number} is missing", "{missing} of {number} are missing", missing)
    return said.format(missing=missing, number=wanted)


def _row(one: OnNow, now: datetime, language: Language) -> dict[str, Any]:
    planned = one.last_minute > one.first_minute
    hours = f"{clock_text(one.first_minute)} – {clock_text(one.last_minute % DAY_MINUTES)}" if planned else "–"
    waited = seconds_text(seconds_since(one, now), language)
    return {
        "name": one.shown, "standing": STANDINGS[one.standing], "late": one.standing is Standing.MISSING,
        "hours": hours, "since": None if one.since is None else one.since // MILLIS, "waited": waited,
    }  # fmt: skip
