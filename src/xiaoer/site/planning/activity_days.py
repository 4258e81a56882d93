"""The days of rosters shared out by activity, as they are kept: each holds while nothing that it rests on changes."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from xiaoer.actions.plan_activities import Doing, SharedDay, SharedRoster, kept_day, shared_of
from xiaoer.actions.plan_activities_pages import day_text
from xiaoer.base.language import Language
from xiaoer.site.models import Roster, RosterDay

TABLES = ("people", "shifts", "need", "activities", "rules")


def keep_days(roster: Roster, made: SharedRoster) -> None:
    """Keep what was made of a roster as it stands, instead of all that was made of it before."""
    basis = _Basis(roster)
    with transaction.atomic():
        roster.days.all().delete()
        RosterDay.objects.bulk_create(
            RosterDay(roster=roster, day=one.day, made_from=basis.of(one.day), shared=kept_day(made, one))
            for one in made.days
        )


def days_known(roster: Roster, days: Iterable[date] | None = None) -> SharedRoster | None:
    """Return the days (all by default) of which what was made still holds; None where there is none."""
    basis = _Basis(roster)
    kept = roster.days.all() if days is None else roster.days.filter(day__in=list(days))
    holding = [one.shared for one in kept if one.made_from == basis.of(one.day)]
    return shared_of(holding) if holding else None


def day_known(roster: Roster, day: date) -> SharedDay | None:
    """Return one day, while what was made of it holds."""
    found = days_known(roster, [day])
    return found.days[0] if found else None


def doing_said(roster: Roster, days: Iterable[date], language: Language) -> dict[tuple[str, date], str]:
    """Return what each person does on these days in words, of those that are shared out."""
    known = days_known(roster, days)
    found: dict[tuple[str, date], list[Doing]] = {}
    for one in known.days if known else ():
        for doing in one.doing:
            found.setdefault((doing.person, one.day), []).append(doing)
    return {key: day_text(mine, language) for key, mine in found.items()}


class _Basis:
    """What the days of a roster rest on: its tables, and the shifts of the day, of the one before and the one after."""

    def __init__(self, roster: Roster) -> None:
        self.tables = json.dumps([roster.tables.get(name, []) for name in TABLES], sort_keys=True)
        self.duties: dict[str, list[Any]] = {}
        for duty in roster.duties:
            self.duties.setdefault(duty["day"], []).append(duty)

    def of(self, day: date) -> str:
        """Return the digest of what a day rests on."""
        near = [
            sorted(self.duties.get(str(day + timedelta(days=away)), []), key=lambda duty: str(duty["person"]))
            for away in (-1, 0, 1)
        ]
        return hashlib.sha256(f"{self.tables}{json.dumps(near, sort_keys=True)}".encode()).hexdigest()
