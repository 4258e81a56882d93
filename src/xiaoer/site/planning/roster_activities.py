"""One day of a roster by activity: who does what in each quarter of an hour, where an activity is short or over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaoer.actions.plan_activities import CoverRun, Doing, SharedDay, asked_activities, over_runs, short_runs
from xiaoer.actions.plan_activities_pages import activity_text, book_of_shared, day_text
from xiaoer.actions.plan_roster_words import gap_text, is_proven
from xiaoer.actions.render.page import Screen
from xiaoer.actions.render.xlsx import render_xlsx_book
from xiaoer.base.language import Language
from xiaoer.site.downloads import file_of
from xiaoer.site.jobs.start import start
from xiaoer.site.models import Roster, Shop
from xiaoer.site.planning.activity_days import day_known, days_known
from xiaoer.site.planning.activity_work import SHARING
from xiaoer.site.planning.published import minutes_of
from xiaoer.site.planning.roster import must_be_open
from xiaoer.site.planning.roster_day import DayAsked, day_asked, hours_drawn, span_of
from xiaoer.site.planning.roster_forms import MakeForm
from xiaoer.site.planning.roster_known import problem_known, roster_found
from xiaoer.site.planning.roster_tabs import roster_tabs
from xiaoer.site.planning.roster_work import SHARE, said_cost, work_under_way

PEOPLE, LISTED = 50, 20
COLOURS = 6  # of the style sheet; further activities begin again


@dataclass(frozen=True)
class Bar:
    """One person's day: what they do in words, and as blocks of minutes from the first hour drawn, each in a class."""

    person: str
    said: str
    blocks: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Run:
    """A stretch in which an activity is short or over: numbers as they are read."""

    when: str
    activity: str
    needed: str
    there: str
    cost: str
    short: bool


def roster_activities(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Show one day by activity, and offer to share the days out where that is not done, or no longer holds."""
    return _page(request, roster_found(roster, shop))


def roster_share(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Begin to share the days of a roster out by activity."""
    found = roster_found(roster, shop)
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    must_be_open(found)
    problem_known(found, request.reads)  # its faults are said here, not by the work
    asked = form.asked() | {"roster": found.pk}
    return redirect(SHARING.address(start(SHARE, by=request.user, shop=shop, asked=asked)))


def roster_activities_xlsx(request: HttpRequest, shop: Shop, roster: int) -> HttpResponse:
    """Return the days that are shared out as a workbook; where there are none, the page that says so."""
    found = roster_found(roster, shop)
    made = days_known(found)
    if made is None:
        return redirect("roster_activities", shop.pk, found.pk)
    content = render_xlsx_book(book_of_shared(made, request.reads), Screen())
    return file_of(content, f"activities-{found.first}.xlsx")


def _page(request: HttpRequest, found: Roster, *, form: MakeForm | None = None) -> HttpResponse:
    problem = problem_known(found, request.reads)
    names = asked_activities(problem)
    asked = day_asked(request, found.shop, problem.days)
    day = day_known(found, asked.day)
    shown = {
        "shop": found.shop, "roster": found, "tabs": roster_tabs(request, found), "asked": asked,
        "form": form or MakeForm(), "several": len(names) > 1, "work": work_under_way(found),
        "made_before": found.days.exists(), "title": _("Who does what on %(day)s") % {"day": asked.day},
    }  # fmt: skip
    if day is not None:
        shown |= _day(request, day, names, asked)
    return render(request, "planning/roster_activities.html", shown, status=422 if form is not None else 200)


def _day(request: HttpRequest, day: SharedDay, names: Sequence[str], asked: DayAsked) -> dict[str, object]:
    doing: dict[str, list[Doing]] = {}
    for one in day.doing:
        doing.setdefault(one.person, []).append(one)
    people = sorted(doing, key=lambda name: (min(minutes_of(one.start) for one in doing[name]), name))
    leaf = Paginator(people, PEOPLE).get_page(request.GET.get("page"))
    first, last = span_of([(one.start, one.end) for one in day.doing])
    classes = {name: f"act-{number % COLOURS}" for number, name in enumerate(names)}
    short, over = short_runs([day]), over_runs([day])
    hours = sum(-run.over * (minutes_of(run.end) - minutes_of(run.start)) / 60 for _, run in short)
    said = [_run(run, request.reads) for _, run in [*short, *over][:LISTED]]
    return {
        "made": day, "leaf": leaf, "width": last - first, "hours": hours_drawn(first, last),
        "bars": [_bar(doing[name], classes, first, request.reads) for name in leaf],
        "legend": [(classes[name], activity_text(name, request.reads)) for name in names],
        "runs": said, "runs_number": len(short) + len(over), "title": _title(asked, hours),
        "proven": is_proven(day.cost, day.bound),
        "cost": said_cost(day.cost), "bound": None if day.bound is None else said_cost(day.bound),
        "gap": "" if day.bound is None else gap_text(day.cost, day.bound),
    }  # fmt: skip


def _title(asked: DayAsked, hours: float) -> str:
    if hours < 0.05:
        return _("On %(day)s every activity has enough people") % {"day": asked.day}
    return _("On %(day)s activities are short of %(hours)s person-hours") % {"day": asked.day, "hours": f"{hours:.1f}"}


def _bar(mine: Sequence[Doing], classes: dict[str, str], first: int, language: Language) -> Bar:
    blocks = tuple(
        (classes.get(one.activity, "act-0") if not one.other else f"at-{one.other}",
         minutes_of(one.start) - first, minutes_of(one.end) - minutes_of(one.start))
        for one in mine
    )  # fmt: skip
    return Bar(mine[0].person, day_text(mine, language), blocks)


def _run(run: CoverRun, language: Language) -> Run:
    return Run(
        f"{run.start}–{run.end}", activity_text(run.activity, language), f"{run.needed:g}", f"{round(run.there, 2):g}",
        f"{run.cost:,.1f}", run.over < 0,
    )  # fmt: skip
