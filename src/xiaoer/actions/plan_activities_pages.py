"""The pages of a roster by activity: a line for each stretch, how the needs are met, and each day as a grid."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_activities import (
    Advance,
    CoverRun,
    Doing,
    SharedDay,
    SharedRoster,
    over_runs,
    share_roster,
    short_runs,
)
from xiaoer.actions.plan_roster import kept_roster
from xiaoer.actions.plan_roster_tables import roster_form
from xiaoer.actions.plan_roster_value import RosterProblem
from xiaoer.actions.plan_roster_words import cost_lead
from xiaoer.actions.plan_stop import Stop
from xiaoer.actions.render.book import Book
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY_MINUTES
from xiaoer.base.language import Language
from xiaoer.planning.roster.shop import made_problem, plan_of, read_tables
from xiaoer.planning.roster.shop.form import clock

LISTED = 5


def activities_book(plan: Path, roster: Path, stop: Stop, advance: Advance, language: Language) -> Book:
    """Return the days by activity of a roster written as JSON, with the tables that it was made from."""
    form = roster_form()
    problem = RosterProblem(made_problem(plan_of(read_tables(plan, form), form)))
    return book_of_shared(share_roster(problem, kept_roster(roster), stop, advance), language)


def book_of_shared(made: SharedRoster, language: Language) -> Book:
    """Return the pages; the first is as adherence reads rosters and has the JSON of all."""
    title = word("activities_title", language, first=made.days[0].day, last=made.days[-1].day)
    first = _stretches(made, title, language)
    grids = [_grid(day, made.slot_minutes, title, language) for day in made.days if day.doing]
    return Book(title, (first, _cover(made, title, language), *grids), language, first.data)


def doing_text(one: Doing, language: Language) -> str:
    """Return what somebody does, in words."""
    return word(f"activities_{one.other}", language) if one.other else activity_text(one.activity, language)


def day_text(mine: Sequence[Doing], language: Language) -> str:
    """Return somebody's day in words: from when on what, and its end."""
    return " · ".join([*(f"{one.start} {doing_text(one, language)}" for one in mine), mine[-1].end])


def activity_text(activity: str, language: Language) -> str:
    """Return an activity in words; the one that everybody can do has no name of its own."""
    return activity or word("activities_anything", language)


def said_short(day: date, run: CoverRun, language: Language) -> str:
    """Return one lack in words."""
    return word(
        "activities_short", language, day=day, start=run.start, end=run.end, number=f"{-run.over:.3g}",
        activity=activity_text(run.activity, language), cost=f"{run.cost:,.4g}",
    )  # fmt: skip


def _stretches(made: SharedRoster, title: str, language: Language) -> Page:
    columns = (
        Column("agent", word("activities_agent", language), fixed=True), Column("day", word("roster_day", language)),
        *(Column(name, word(f"activities_{name}", language)) for name in ("from", "to", "activity")),
    )  # fmt: skip
    rows = [
        tuple(Cell(text, text) for text in (one.person, *_clock_times(day.day, one), doing_text(one, language)))
        for day in made.days
        for one in day.doing
    ]
    short = short_runs(made.days)
    lead = [
        *cost_lead(made.cost, made.bound, made.seconds, language),
        word("activities_changeovers", language, number=made.changeovers),
    ]
    notes = [said_short(day, run, language) for day, run in short[:LISTED]]
    notes = notes or [word("activities_covered", language)]
    return Page(
        "plan_activities", title, columns, tuple(rows), language, _json(made), lead=tuple(lead), notes=tuple(notes),
        label=word("roster_by_person", language),
    )  # fmt: skip


def _clock_times(day: date, one: Doing) -> tuple[str, str, str]:
    """Return the day on which a stretch begins and its times on the clock."""
    first, last = clock(one.start), clock(one.end)
    on = day + timedelta(days=first // DAY_MINUTES)
    return str(on), clock_text(first % DAY_MINUTES), clock_text((last - 1) % DAY_MINUTES + 1)


def _cover(made: SharedRoster, title: str, language: Language) -> Page:
    columns = (
        Column("day", word("roster_day", language)),
        *(Column(name, word(f"activities_{name}", language)) for name in ("from", "to", "activity")),
        *(Column(name, word(f"roster_{name}", language), Kind.NUMBER) for name in ("needed", "there", "difference")),
        Column("cost", word("activities_cost", language), Kind.NUMBER),
    )
    rows = []
    for day in made.days:
        for run in day.cover:
            texts = (str(day.day), run.start, run.end, activity_text(run.activity, language))
            numbers = (run.needed, run.there, run.over, run.cost)
            rows.append((
                *(Cell(text, text) for text in texts),
                *(Cell(round(one, 4), f"{round(one, 2):g}", missed=run.over < 0) for one in numbers),
            ))  # fmt: skip
    return Page(
        "plan_activities_cover", title, columns, tuple(rows), language, {}, label=word("roster_cover", language)
    )


def _grid(day: SharedDay, minutes: int, title: str, language: Language) -> Page:
    """Return a day with a column for each slot: what everybody does longest in it."""
    first = min(clock(one.start) for one in day.doing) // minutes
    last = -(-max(clock(one.end) for one in day.doing) // minutes)
    slots = [slot * minutes for slot in range(first, last)]
    columns = (
        Column("person", word("roster_person", language), fixed=True),
        *(Column(clock_text(slot), clock_text(slot)) for slot in slots),
    )
    rows = []
    for person in sorted({one.person for one in day.doing}):
        mine = [one for one in day.doing if one.person == person]
        texts = [_longest(mine, slot, slot + minutes, language) for slot in slots]
        rows.append((Cell(person, person), *(Cell(text, text) for text in texts)))
    return Page("plan_activities_day", f"{title} {day.day}", columns, tuple(rows), language, {}, label=str(day.day))


def _longest(mine: Sequence[Doing], first: int, last: int, language: Language) -> str:
    there = [(min(last, clock(one.end)) - max(first, clock(one.start)), one) for one in mine]
    minutes, one = max(there, key=lambda pair: pair[0])
    return doing_text(one, language) if minutes > 0 else ""


def _json(made: SharedRoster) -> dict[str, object]:
    return {
        "first": str(made.days[0].day), "slot_minutes": made.slot_minutes, "activities": list(made.activities),
        "cost": round(made.cost, 4), "bound": None if made.bound is None else round(made.bound, 4),
        "changeovers": made.changeovers,
        "days": [asdict(one) | {"day": str(one.day), "cost": round(one.cost, 4)} for one in made.days],
        "cover_short": list(_runs_json(short_runs(made.days))), "cover_over": list(_runs_json(over_runs(made.days))),
    }  # fmt: skip


def _runs_json(runs: Iterable[tuple[date, CoverRun]]) -> Iterable[dict[str, object]]:
    for day, run in runs:
        yield {"day": str(day)} | asdict(run) | {"cost": round(run.cost, 4)}
