"""Rosters made ready to be valued: the tables of each once until they change, in this process."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from xiaoer.actions.plan_roster_tables import off_word, said_want
from xiaoer.actions.plan_roster_value import Kept, RosterProblem, RosterValue, problem_of, value_of
from xiaoer.actions.shops import clock_of
from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.site.kept import kept, kept_large
from xiaoer.site.models import Roster, Shop


def roster_found(number: int, shop: Shop) -> Roster:
    """Return a roster of a shop; Http404 where there is none, or it was dropped."""
    found: Roster = get_object_or_404(Roster.objects.select_related("shop"), pk=number, shop=shop)
    if found.state == Roster.State.DROPPED:
        raise Http404
    return found


def clock_for(shop: Shop) -> Clock:
    """Return a shop's clock; of one without data, the usual one."""
    try:
        return kept(clock_of, shop.name)
    except ReportableError:
        return Clock()


def today_of(shop: Shop, now: datetime | None = None) -> date:
    """Return the shop's local day of now."""
    return clock_for(shop).local_day(now or timezone.now())


def rows_of(roster: Roster, language: Language) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a roster with what its agents wish for."""
    wishes = [
        {"name": one.name, "day": str(one.day), "shift": one.shift or off_word(language),
         "want": said_want(language, want=one.want), "weight": str(one.weight)}
        for one in roster.wishes.all()
    ]  # fmt: skip
    tables: dict[str, list[dict[str, str]]] = roster.tables
    return tables | {"wishes": [*tables.get("wishes", []), *wishes]}


def problem_known(roster: Roster, language: Language) -> RosterProblem:
    """Return a roster's tables made ready; a ReportableError names every fault of them."""
    return kept_large(_problem, roster.pk, roster.made_at, roster.edition, language)


def value_known(roster: Roster, language: Language) -> RosterValue:
    """Return what a roster is worth as it stands."""
    return kept_large(_value, roster.pk, roster.made_at, (roster.edition, roster.version), language)


def _problem(_home: Path, number: int, _made_at: datetime, _edition: int, language: Language) -> RosterProblem:
    return problem_of(rows_of(Roster.objects.get(pk=number), language), language)


def _value(
    _home: Path, number: int, _made_at: datetime, _counts: tuple[int, int], language: Language
) -> RosterValue:  # fmt: skip
    roster = Roster.objects.get(pk=number)
    return value_of(problem_known(roster, language), roster.duties)


def by_cell(duties: Iterable[Kept]) -> dict[tuple[str, str], Mapping[str, object]]:
    """Return duties by person and day."""
    return {(str(duty["person"]), str(duty["day"])): duty for duty in duties}
