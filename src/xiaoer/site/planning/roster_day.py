"""One day of a roster by person and time, breaks drawn; what each person carries; what was changed, by whom and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from xiaoer.actions.plan_roster_value import CoverRow, Kept, RosterValue, breaks_kept, cover_on
from xiaoer.site.models import RosterChange, Shop
from xiaoer.site.planning.published import minutes_of
from xiaoer.site.planning.roster_known import problem_known, roster_found, today_of, value_known
from xiaoer.site.planning.roster_tabs import roster_tabs

MADE = {
    RosterChange.Kind.MADE: _("made"),
    RosterChange.Kind.MOVED: _("changed by hand"),
    RosterChange.Kind.MENDED: _("mended"),
    RosterChange.Kind.SWAPPED: _("swapped"),
    RosterChange.Kind.UNDONE: _("taken back"),
    RosterChange.Kind.WITHDRAWN: _("publication taken back"),
}
ROWS = 30
HOUR = 60


@dataclass(frozen=True)
class DayAsked:
    """The day of a roster that a page is about, the one before it and the one after; None outside the roster."""

    day: date
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Bar:
    """One person's shift as blocks of minutes from the first hour drawn: where each begins and how long it is."""

    person: str
    shift: str
    times: str
    breaks: str
    at: int
    length: int
    rests: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Step:
    """An interval of a day: people needed and there, and how that stands."""

    start: str
    skills: str
    needed: str
    there: str
    short: bool
    over: bool


def roster_day(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show one day: a bar for each person with breaks, and how many are there in each interval."""
    found = roster_found(roster, shop)
    problem = problem_known(found, request.reads)
    asked = day_asked(request, found.shop, problem.days)
    value = value_known(found, request.reads)
    mine = [duty for duty in value.duties if duty["day"] == str(asked.day)]
    first, last = span_of([(str(duty["start"]), str(duty["end"])) for duty in mine])
    return render(request, "planning/roster_day.html", {
        "shop": shop, "roster": found, "tabs": roster_tabs(request, found), "asked": asked,
        "bars": sorted((_bar(duty, first) for duty in mine), key=lambda bar: (bar.at, bar.length, bar.person)),
        "width": last - first, "hours": hours_drawn(first, last),
        "steps": [_step(row) for row in cover_on(problem, value.duties, asked.day)],
    })  # fmt: skip


def roster_fairness(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show what each person carries: hours, nights, weekends and holidays, with those of before."""
    found = roster_found(roster, shop)
    value = value_known(found, request.reads)
    wishes = problem_known(found, request.reads).wishes
    refused = Counter(one.person for one in value.refused)
    rows = [
        {"one": one, "hours": f"{one.hours:g}", "below": f"{one.hours_below:g}" if one.hours_below else "",
         "nights": one.nights + one.before["nights"], "weekends": one.weekends + one.before["weekends"],
         "holidays": one.holidays + one.before["holidays"], "wishes": wishes[one.person],
         "granted": wishes[one.person] - refused[one.person]}
        for one in value.carried
    ]  # fmt: skip
    return render(request, "planning/roster_fairness.html", {
        "shop": shop, "roster": found, "tabs": roster_tabs(request, found), "rows": rows,
        "spread": {name: _spread(value, name) for name in ("nights", "weekends", "holidays")},
    })  # fmt: skip


def roster_log(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show every change of a roster: what went, what came, who did it, when and why."""
    found = roster_found(roster, shop)
    made = found.changes.select_related("by")
    leaf = Paginator(made, ROWS).get_page(request.GET.get("page"))
    rows = [
        {"change": one, "kind": MADE[RosterChange.Kind(one.kind)], "days": said_days(one)} for one in leaf.object_list
    ]
    return render(request, "planning/roster_log.html", {
        "shop": shop, "roster": found, "tabs": roster_tabs(request, found), "leaf": leaf, "rows": rows,
    })  # fmt: skip


def said_days(change: RosterChange) -> list[dict[str, str]]:
    """Return each day that a change made another: whose, from which shift to which; empty is a day off."""
    gone = {(one["person"], one["day"]): one["shift"] for one in change.gone}
    come = {(one["person"], one["day"]): one["shift"] for one in change.come}
    cells = sorted(gone.keys() | come.keys(), key=lambda cell: (cell[1], cell[0]))
    return [
        {"person": person, "day": day, "before": gone.get((person, day), ""), "after": come.get((person, day), "")}
        for person, day in cells
        if gone.get((person, day)) != come.get((person, day))
    ]


def day_asked(request: HttpRequest, shop: Shop, days: list[date]) -> DayAsked:
    """Return the day that a page is asked for, today by default, moved into the days of the roster."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today_of(shop)
    day, step = min(max(day, days[0]), days[-1]), timedelta(days=1)
    return DayAsked(day, day - step if day > days[0] else None, day + step if day < days[-1] else None)


def span_of(spans: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return the first and last minute to draw, on whole hours."""
    times = [(minutes_of(start), minutes_of(end)) for start, end in spans] or [(9 * HOUR, 18 * HOUR)]
    first, last = min(start for start, _ in times), max(end for _, end in times)
    return first // HOUR * HOUR, -(-last // HOUR) * HOUR


def _bar(duty: Kept, first: int) -> Bar:
    start, end = minutes_of(str(duty["start"])), minutes_of(str(duty["end"]))
    breaks = [(minutes_of(begins), minutes_of(ends)) for begins, ends in breaks_kept(duty)]
    return Bar(
        str(duty["person"]), str(duty["shift"]), f"{duty['start']}–{duty['end']}",
        " ".join(f"{begins}–{ends}" for begins, ends in breaks_kept(duty)), start - first, end - start,
        tuple((begins - first, ends - begins) for begins, ends in breaks),
    )  # fmt: skip


def hours_drawn(first: int, last: int) -> list[dict[str, Any]]:
    """Return the hours that stand above drawn days: where, and how they are written."""
    return [{"at": at - first, "text": f"{at // HOUR % 24}"} for at in range(first, last + 1, 2 * HOUR)]


def _step(row: CoverRow) -> Step:
    return Step(
        row.start, row.skills, f"{row.needed:g}", f"{round(row.there, 2):g}", row.missing > 0, row.there > row.needed
    )


def _spread(value: RosterValue, what: str) -> dict[str, int]:
    """Return the fewest and the most that somebody carries, those of before included."""
    numbers = [getattr(one, what) + one.before[what] for one in value.carried]
    return {"least": min(numbers, default=0), "most": max(numbers, default=0)}
