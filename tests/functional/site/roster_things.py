"""What tests of rosters share: a small roster of the days to come, of each shop, and one of each thing beside it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from xiaoer.site.models import Person, Roster, ShiftSwap, ShiftWish, Shop
from xiaoer.site.planning.calendar import new_address
from xiaoer.site.planning.roster_known import today_of

DAYS = 7
USUAL_NAMES = ("小艾", "小林")
NAMES = {"远山店": ("小远", "小林")}
SHIFTS = (("早", "08:00", "17:00", "60@11:00-14:00"), ("晚", "14:00", "23:00", "60@16:00-19:00"))


def names_of(place: Shop) -> tuple[str, str]:
    """Return who is on the rosters of a shop."""
    return NAMES.get(place.name, USUAL_NAMES)


def day_at(place: Shop, number: int) -> date:
    """Return a day of the roster: tomorrow is 0."""
    return today_of(place) + timedelta(days=number + 1)


def tables_for(place: Shop, *, people: Sequence[str] = (), hours: str = "0") -> dict[str, list[dict[str, str]]]:
    """Return the tables of a roster of a week from tomorrow: two shifts, one person needed until ten."""
    return {
        "people": [{"name": name, "hours_least": hours} for name in people or names_of(place)],
        "shifts": [dict(zip(("name", "start", "end", "breaks"), shift, strict=True)) for shift in SHIFTS],
        "need": [
            {"day": str(day_at(place, number)), "start": f"{hour:02}:00", "people": "1"}
            for number in range(DAYS)
            for hour in range(8, 22)
        ],
    }


def duty(place: Shop, person: str, number: int, shift: str = "早") -> dict[str, Any]:
    """Return a duty of the roster, as it is kept."""
    start, end, rest = {"早": ("08:00", "17:00", ["11:00", "12:00"]), "晚": ("14:00", "23:00", ["16:00", "17:00"])}[
        shift
    ]
    day = str(day_at(place, number))
    return {"person": person, "day": day, "shift": shift, "start": start, "end": end, "breaks": [rest]}


def roster(place: Shop, by: Person, duties: Sequence[dict[str, Any]] = (), **more: object) -> Roster:
    """Return a roster of a shop, made as a draft unless said otherwise."""
    names = names_of(place)
    usual: dict[str, Any] = {
        "first": day_at(place, 0), "last": day_at(place, DAYS - 1), "tables": tables_for(place), "version": 1,
        "accounts": {name: f"{place.name}:{name}" for name in names}, "made_by": by,
        "duties": list(duties) or [duty(place, names[0], 0), duty(place, names[1], 0, "晚"), duty(place, names[0], 2)],
    }  # fmt: skip
    return Roster.objects.create(shop=place, **usual | more)


def published(place: Shop, by: Person, duties: Sequence[dict[str, Any]] = (), **more: object) -> Roster:
    """Return a roster that agents see."""
    return roster(place, by, duties, state="published", published_by=by, published_at=timezone.now(), **more)


def roster_things(place: Shop, target: Person) -> dict[str, Callable[[], object]]:
    """Return by what an address calls it how one is made, or found."""
    return {
        "roster": lambda: _draft(place, target).pk,
        "published": lambda: _published(place, target).pk,
        "table": lambda: "people",
        "row": lambda: 1,
        "swap": lambda: _swap(place, target).pk,
        "wish": lambda: _wish(place, target).pk,
        "calendar": lambda: new_address(target, place),
    }


def _draft(place: Shop, target: Person) -> Roster:
    return Roster.objects.filter(shop=place, state="draft").first() or roster(place, target)


def _published(place: Shop, target: Person) -> Roster:
    return Roster.objects.filter(shop=place, state="published").first() or published(place, target)


def _swap(place: Shop, target: Person) -> ShiftSwap:
    one, other = names_of(place)
    day = day_at(place, 0)
    return ShiftSwap.objects.get_or_create(
        roster=_published(place, target),
        asked_by=target,
        name=one,
        other=other,
        day=day,
        other_day=day,
        state="withdrawn",
    )[0]


def _wish(place: Shop, target: Person) -> ShiftWish:
    return ShiftWish.objects.get_or_create(
        roster=_draft(place, target), person=target, name=names_of(place)[0], day=day_at(place, 1)
    )[0]
