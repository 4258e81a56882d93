"""The page of one roster: who works when by person and day, changed by hand, with what that costs and breaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoer.actions.plan_roster_value import BrokenRule, Refused, RosterProblem, RosterValue, value_of
from xiaoer.actions.plan_roster_ways import Lacking, Mending, law_notes, said_lack, said_rule
from xiaoer.actions.plan_roster_words import gap_text
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.site.jobs.start import start
from xiaoer.site.models import Roster, RosterChange, Shop
from xiaoer.site.planning import roster_changes as changes
from xiaoer.site.planning.roster_changes import Change
from xiaoer.site.planning.roster_forms import OFF, CellForm, MakeForm, PublishForm
from xiaoer.site.planning.roster_known import by_cell, problem_known, roster_found, today_of, value_known
from xiaoer.site.planning.roster_move import moved, pins_of
from xiaoer.site.planning.roster_tabs import roster_tabs
from xiaoer.site.planning.roster_work import MAKE, MAKING, said_cost, work_under_way

MOST_WHY = 200
WEEK, SATURDAY = 7, 5
MOST_CELLS = 1_000  # of a grid of two weeks; with more people it shows one week
LISTED, SHORT_LISTED = 20, 14


@dataclass(frozen=True)
class DayHead:
    """A day of the grid: its date, how it is written, and how many hours of people are missing on it."""

    day: str
    short: str
    weekday: str
    rest: bool
    missing: str


@dataclass(frozen=True)
class GridCell:
    """What stands in a cell, and in which state it is."""

    text: str
    classes: str


@dataclass(frozen=True)
class GridRow:
    """One person's days, their hours, and whether a rule of the whole roster is broken."""

    person: str
    cells: tuple[GridCell, ...]
    hours: str
    broken: bool


def roster(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show a roster by person and day, with what it costs and all that speaks against it."""
    return _page(request, roster_found(roster, shop))


def roster_make(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Begin to make a draft, or make it again: pinned days stay."""
    found = roster_found(roster, shop)
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, make=form)
    must_be_open(found, Roster.State.DRAFT)
    problem_known(found, request.reads)  # its faults are said here, not by the work
    asked = form.asked() | {"roster": found.pk, "version": found.version}
    return redirect(MAKING.address(start(MAKE, by=request.user, shop=shop, asked=asked)))


def roster_try(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Say what a change would cost and break; nothing is kept."""
    found = roster_found(roster, shop)
    problem = problem_known(found, request.reads)
    form = cell_form(found, problem, request.POST)
    form.fields.pop("why", None)
    if not form.is_valid():
        return render(request, "planning/would.html", {"problems": form.errors})
    after = value_of(problem, moved(found, problem, form))
    return render(
        request, "planning/would.html", {"would": _would(value_known(found, request.reads), after, request.reads)}
    )


def roster_change(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Change one day of somebody, or exchange two; on a published roster with a reason."""
    found = roster_found(roster, shop)
    problem = problem_known(found, request.reads)
    form = cell_form(found, problem, request.POST)
    if not form.is_valid():
        return _page(request, found, cell=form)
    must_be_open(found)
    asked = form.cleaned_data
    after = value_of(problem, moved(found, problem, form))
    rows = {"fixed": pins_of(form, after.duties, request.reads)} if asked.get("pin") else {}
    given = Change(after.duties, RosterChange.Kind.MOVED, asked["version"], asked.get("why", ""), rows=rows)
    if rows or by_cell(after.duties) != by_cell(found.duties):
        changes.change_duties(found, given, by=request.user)
    return _at(found, asked["person"], asked["day"])


def roster_unpin(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Let all pinned days go, so that the roster is free when it is made again."""
    found = roster_found(roster, shop)
    must_be_open(found, Roster.State.DRAFT)
    changes.change_tables(found, found.tables | {"fixed": []}, edition=found.edition, by=request.user)
    return redirect("roster", shop.pk, found.pk)


def roster_undo(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Take the last change by hand back."""
    found = roster_found(roster, shop)
    must_be_open(found)
    version = request.POST.get("version", "")
    changes.undo(found, int(version) if version.isdigit() else -1, why_of(request, found), by=request.user)
    return redirect("roster", shop.pk, found.pk)


def roster_publish(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Publish a roster: from then on agents see it."""
    found = roster_found(roster, shop)
    must_be_open(found, Roster.State.DRAFT)
    value = value_known(found, request.reads)
    form = PublishForm(len(value.broken), request.POST)
    if not form.is_valid():
        return _page(request, found, publish=form)
    changes.publish(found, value.duties, version=form.cleaned_data["version"], by=request.user)
    return redirect("roster", shop.pk, found.pk)


def roster_withdraw(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Take a publication back, with a reason that agents read."""
    found = roster_found(roster, shop)
    must_be_open(found)
    if found.state != Roster.State.PUBLISHED:
        raise ReportableError.of("site.roster_changed")
    version = request.POST.get("version", "")
    changes.withdraw(found, why_of(request, found), version=int(version) if version.isdigit() else -1, by=request.user)
    return redirect("roster", shop.pk, found.pk)


def roster_drop(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Throw a draft away."""
    changes.drop(roster_found(roster, shop), by=request.user)
    return redirect("rosters", shop.pk)


def must_be_open(found: Roster, *states: str) -> None:
    """Do nothing where a roster can be changed now; else a ReportableError says why not."""
    if states and found.state not in states:
        raise ReportableError.of("site.roster_published")
    if work_under_way(found) is not None:
        raise ReportableError.of("site.roster_being_made")


def why_of(request: HttpRequest, found: Roster) -> str:
    """Return the reason that was given; a ReportableError where a published roster is changed without one."""
    why = request.POST.get("why", "").strip()[:MOST_WHY]
    if not why and found.state == Roster.State.PUBLISHED:
        raise ReportableError.of("site.roster_why")
    return why


def cell_form(found: Roster, problem: RosterProblem, *args: Any, **more: Any) -> CellForm:  # noqa: ANN401 -- a form's
    """Return the form of a change of a roster."""
    days = [(str(day), f"{day:%m-%d}") for day in problem.days]
    published = found.state == Roster.State.PUBLISHED
    return CellForm(problem.people, days, problem.shifts, *args, published=published, **more)


def _at(found: Roster, person: str, day: str) -> HttpResponse:
    return redirect(f"{reverse('roster', args=[found.shop_id, found.pk])}?{urlencode({'person': person, 'day': day})}")


def _page(
    request: HttpRequest, found: Roster, *, make: MakeForm | None = None, cell: CellForm | None = None,
    publish: PublishForm | None = None,
) -> HttpResponse:  # fmt: skip
    shown: dict[str, Any] = {
        "shop": found.shop, "roster": found, "tabs": roster_tabs(request, found), "make": make or MakeForm(),
        "work": work_under_way(found), "may_publish": request.viewer.may("publish_roster", found.shop),
        "draft": found.state == Roster.State.DRAFT,
        "to_come": found.state == Roster.State.PUBLISHED and found.first > today_of(found.shop),
        "title": _("No roster is made yet"),
    }  # fmt: skip
    try:
        problem = problem_known(found, request.reads)
    except ReportableError as error:
        shown["faults"] = [say(issue, request.reads) for issue in error.issues]
        problem = None
    if problem is not None and found.version:
        shown |= _made(request, found, problem, cell, publish)
    wrong = any(form is not None and form.errors for form in (make, cell, publish))
    return render(request, "planning/roster.html", shown, status=422 if wrong else 200)


def _made(
    request: HttpRequest, found: Roster, problem: RosterProblem, cell: CellForm | None, publish: PublishForm | None
) -> dict[str, Any]:
    value = value_known(found, request.reads)
    first, last = _days_shown(request, found, problem)
    days = [day for day in problem.days if first <= day <= last]
    who, when = request.GET.get("person", ""), request.GET.get("day", "")
    shift = request.GET.get("shift") or by_cell(value.duties).get((who, when), {}).get("shift", OFF)
    initial = {"version": found.version, "person": who, "day": when or str(first), "shift": shift}
    bound = found.outcome.get("bound")
    return {
        "heads": _heads(days, value), "rows": list(_rows(found, problem, value, days)),
        "weeks": _weeks(problem, first), "cell": cell or cell_form(found, problem, initial=initial),
        "publish": publish or PublishForm(len(value.broken), initial={"version": found.version}),
        "undo": changes.undoable(found), "cost": said_cost(value.cost), "title": _title(value),
        "bound": None if bound is None else said_cost(bound), "pins": len(found.tables.get("fixed", [])),
        "gap": None if bound is None else gap_text(value.cost, bound),
        "broken": [said_broken(one, request.reads) for one in value.broken[:LISTED]],
        "broken_number": len(value.broken), "law": law_notes(problem.shop.plan, request.reads),
        "short": value.short_runs[:SHORT_LISTED], "short_number": len(value.short_runs),
        "missing": f"{value.missing_hours:.1f}",
        "refused": [_refused(one) for one in value.refused[:LISTED]], "refused_number": len(value.refused),
        "lacks": said_lacks(found, value, request.reads), "at": (who, when), "trying": "shift" in request.GET,
    }  # fmt: skip


def said_broken(one: BrokenRule, language: Language) -> str:
    """Return a broken rule in words."""
    rule = said_rule(one.rule, language)
    when = "" if one.day is None else f" {one.day:%m-%d}"
    return _("%(person)s%(when)s: %(rule)s") % {"person": one.person, "when": when, "rule": rule}


def said_lacks(found: Roster, value: RosterValue, language: Language) -> list[str]:
    """Return what would mend the lacks that were explained when it was made, as far as they are still there."""
    still = {(str(row.day), row.start, row.skills) for row in value.short}
    return [
        said_lack(_lacking(one), language)
        for one in found.outcome.get("lacks", [])
        if (one["day"], one["start"], one["skills"]) in still
    ]


def _lacking(kept: Mapping[str, Any]) -> Lacking:
    ways = tuple(Mending(**way) for way in kept["ways"])
    return Lacking(date.fromisoformat(kept["day"]), kept["start"], kept["skills"], kept["missing"], ways)


def _refused(one: Refused) -> dict[str, Any]:
    """Return a wish that is not granted, and the question of what granting it would cost."""
    shift = one.shift if one.want and one.shift else OFF
    return {"one": one, "asked": urlencode({"person": one.person, "day": str(one.day), "shift": shift})}


def _title(value: RosterValue) -> str:
    if value.broken:
        return ngettext("%(number)s rule is broken", "%(number)s rules are broken", len(value.broken)) % {
            "number": len(value.broken)
        }
    if value.short:
        return _("%(hours)s hours of people are missing") % {"hours": f"{value.missing_hours:.1f}"}
    return _("Every interval has enough people")


def _days_shown(request: HttpRequest, found: Roster, problem: RosterProblem) -> tuple[date, date]:
    """Return the days of the grid: the weeks of the day asked for, else of today or the first day."""
    asked = request.GET.get("from") or request.GET.get("day", "")
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today_of(found.shop)
    day = min(max(day, problem.days[0]), problem.days[-1])
    step = _days_at_once(problem)
    first = problem.days[0] + (day - problem.days[0]) // timedelta(days=step) * timedelta(days=step)
    return first, first + timedelta(days=step - 1)


def _days_at_once(problem: RosterProblem) -> int:
    """Return how many days the grid shows."""
    return 2 * WEEK if 2 * WEEK * len(problem.people) <= MOST_CELLS else WEEK


def _weeks(problem: RosterProblem, shown: date) -> list[dict[str, Any]]:
    step = _days_at_once(problem)
    return [
        {"first": day, "last": min(day + timedelta(days=step - 1), problem.days[-1]), "here": day == shown}
        for day in problem.days[::step]
    ]


def _heads(days: Iterable[date], value: RosterValue) -> list[DayHead]:
    missing: dict[date, float] = {}
    for row in value.short:
        missing[row.day] = missing.get(row.day, 0.0) + row.missing * value.hours_an_interval
    names = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
    return [
        DayHead(str(day), f"{day:%m-%d}", names[day.weekday()], day.weekday() >= SATURDAY,
                f"{missing[day]:.1f}" if day in missing else "")
        for day in days
    ]  # fmt: skip


def _rows(found: Roster, problem: RosterProblem, value: RosterValue, days: list[date]) -> Iterable[GridRow]:
    cells = by_cell(value.duties)
    broken = {(one.person, one.day) for one in value.broken}
    refused = {(one.person, one.day) for one in value.refused}
    away, fixed = problem.away, problem.fixed
    hours = {one.person: one for one in value.carried}
    for person in problem.people:
        row = []
        for day in days:
            duty, at = cells.get((person, str(day))), (person, day)
            states = ((at in broken, "b"), (at in fixed, "p"), (at in refused, "w"), (at in away, "l"))
            text = str(duty["shift"]) if duty else "–" if at in away else ""
            row.append(GridCell(text, " ".join(name for holds, name in states if holds)))
        one = hours[person]
        yield GridRow(person, tuple(row), f"{one.hours:g}", (person, None) in broken)


def _would(before: RosterValue, after: RosterValue, language: Language) -> dict[str, Any]:
    new = [one for one in after.broken if one not in before.broken]
    healed = len([one for one in before.broken if one not in after.broken])
    return {
        "cost": said_cost(after.cost), "change": f"{after.cost - before.cost:+,.0f}", "worse": after.cost > before.cost,
        "broken": [said_broken(one, language) for one in new], "healed": healed,
        "missing": f"{after.missing_hours:.1f}", "missing_change": f"{after.missing_hours - before.missing_hours:+.1f}",
        "refused": len(after.refused) - len(before.refused),
    }  # fmt: skip
