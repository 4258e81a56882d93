"""The page of people needed: intervals or days, what rests on what, and the cheapest shifts."""

from collections.abc import Mapping, Sequence

import numpy as np

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_cover import Covered, covered_days, said_covers
from xiaoer.actions.plan_data import Measured
from xiaoer.actions.plan_goal_words import said_goals
from xiaoer.actions.plan_needed import Gives, NeedAsk, Needed
from xiaoer.actions.render.cell_text import cell_of, seconds_text
from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.planning.need import Figure, Goal, MeanSeconds, worth_taking
from xiaoer.planning.need.goal import LEVELS

KINDS_OF = {**dict.fromkeys(LEVELS, Kind.SHARE), Figure.ABANDONED: Kind.SHARE, Figure.WAIT: Kind.SECONDS,
            Figure.ANSWER: Kind.SECONDS, Figure.OCCUPANCY: Kind.SHARE, Figure.WAITS: Kind.SHARE}  # fmt: skip


def need_page(
    found: Needed, need: NeedAsk, language: Language, *, whose: str, about: Sequence[str] = (),
    extra: Mapping[str, object] | None = None,
) -> Page:  # fmt: skip
    """Return the page of what was computed, by interval or by day, with the cheapest shifts where shifts were given."""
    by = need.by or ("interval" if len(found.load.days) == 1 else "day")
    covers = covered_days(found, need.shifts, need.closed) if need.shifts is not None else []
    columns, rows = _interval_table(found, language) if by == "interval" else _day_table(found, language)
    chart = Chart(ChartKind.COLUMN, ("people",), word("plan_people", language))
    return Page(
        name="plan_need",
        title=" · ".join(part for part in (word("plan_need_title", language), whose) if part),
        columns=columns,
        rows=rows,
        language=language,
        data=need_json(found, covers) | {"meta": dict(extra or {}) | _meta(found)},
        lead=(_lead(found, language), *said_covers(covers, language)),
        notes=(said_work(found, language), *about, word("plan_need_how", language)),
        charts=(chart,) if len(rows) > 1 else (),
    )


def _lead(found: Needed, language: Language) -> str:
    place = int(np.lexsort((-found.load.contacts.ravel(), -found.people.ravel()))[0])
    day, at = divmod(place, found.people.shape[1])
    when = found.load.days[day]
    hours = sum(found.hours(found.roster, one) for one in range(len(found.load.days)))
    at_text = clock_text(found.load.starts[at])
    return word(
        "plan_need_lead", language, most=int(found.people.max()), when=f"{when} {at_text}" if when else at_text,
        roster=int(found.roster.max()), hours=f"{hours:,.0f}",
    )  # fmt: skip


def said_work(found: Needed, language: Language) -> str:
    """Return what people needed rest on."""
    handle = " / ".join(seconds_text(one, language) for one in found.work.handle_seconds)
    quit_ = found.work.patience_seconds
    patience = word("plan_no_patience", language) if quit_ is None else seconds_text(quit_, language)
    goals = said_goals(found.goals, language)
    shrinkage = f"{float(found.shrinkage) * 100:g}%"
    return word("plan_need_work", language, handle=handle, patience=patience, goals=goals, shrinkage=shrinkage)


def said_measured(measured: Measured, need: NeedAsk, language: Language) -> list[str]:
    """Return what is said of values that were measured, and of patience that nobody could."""
    said = []
    if need.handle is None and measured.handle:
        parts = [_interval(one, language) for one in dict.fromkeys(measured.handle)]
        said.append(word("plan_measured_handle", language, values="; ".join(parts)))
        worth = worth_taking(measured.handle)
        if worth < len(measured.handle):
            said.append(word("plan_not_worth", language, most=worth, next=worth + 1))
    if need.patience is None and measured.patience is not None:
        said.append(word("plan_measured_patience", language, value=_interval(measured.patience, language)))
    elif need.patience is None:
        said.append(say(Issue("planning.unmeasured_patience", Severity.NOTE), language))
    return said


def _interval(one: MeanSeconds, language: Language) -> str:
    mean, low, high = (seconds_text(value, language) for value in (one.mean, one.low, one.high))
    return word("plan_mean_interval", language, mean=mean, low=low, high=high, ends=f"{one.ends:,}")


def figure_columns(gives: Gives, language: Language) -> list[tuple[Goal | Figure, Column]]:
    """Return a column for each figure that people give."""
    made = []
    for key in gives:
        figure = key.figure if isinstance(key, Goal) else key
        name = _name(key)
        label = word(f"plan_figure_{figure}", language, seconds=f"{key.seconds:g}" if isinstance(key, Goal) else "")
        made.append((key, Column(name, label, KINDS_OF[figure])))
    return made


def _name(key: Goal | Figure) -> str:
    if isinstance(key, Goal) and key.figure in LEVELS and key.figure is not Figure.THREE_MINUTE:
        return f"{key.figure}_{key.seconds:g}s"
    return str(key.figure if isinstance(key, Goal) else key)


def _interval_table(found: Needed, language: Language) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    figures = figure_columns(found.gives, language)
    several = found.load.days != (None,)
    columns = (
        *((Column("day", word("plan_day", language), Kind.DAY, fixed=True),) if several else ()),
        Column("from", word("plan_from", language), fixed=True),
        Column("contacts", word("plan_contacts", language), Kind.NUMBER),
        Column("people", word("plan_people", language), Kind.COUNT),
        Column("roster", word("plan_roster", language), Kind.COUNT),
        *(column for _, column in figures),
    )
    rows = []
    for place, day in enumerate(found.load.days):
        for at, start in enumerate(found.load.starts):
            contacts = round(float(found.load.contacts[place, at]), 1)
            rows.append((
                *((Cell(day, str(day)),) if several else ()), Cell(clock_text(start), clock_text(start)),
                Cell(contacts, f"{contacts:,.1f}"),
                *(cell_of(Kind.COUNT, int(one[place, at]), language) for one in (found.people, found.roster)),
                *(cell_of(column.kind, finite(found.gives[key][place, at]), language) for key, column in figures),
            ))  # fmt: skip
    return columns, tuple(rows)


def finite(value: float) -> float | None:
    """Return a number; None for one without end."""
    return float(value) if np.isfinite(value) else None


def _day_table(found: Needed, language: Language) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        Column("day", word("plan_day", language), Kind.DAY, fixed=True),
        Column("contacts", word("plan_contacts", language), Kind.NUMBER),
        Column("people", word("plan_most_people", language), Kind.COUNT),
        Column("busiest", word("plan_busiest", language), Kind.TEXT),
        Column("roster", word("plan_most_roster", language), Kind.COUNT),
        Column("work_hours", word("plan_work_hours", language), Kind.NUMBER),
        Column("roster_hours", word("plan_roster_hours", language), Kind.NUMBER),
    )
    rows = []
    for place, day in enumerate(found.load.days):
        busiest = int(np.lexsort((-found.load.contacts[place], -found.people[place]))[0])
        at = clock_text(found.load.starts[busiest])
        hours = [round(found.hours(one, place), 1) for one in (found.people, found.roster)]
        rows.append((
            Cell(day, str(day or "–")),
            cell_of(Kind.NUMBER, round(float(found.load.contacts[place].sum()), 1), language),
            cell_of(Kind.COUNT, int(found.people[place].max()), language), Cell(at, at),
            cell_of(Kind.COUNT, int(found.roster[place].max()), language),
            *(cell_of(Kind.NUMBER, one, language) for one in hours),
        ))  # fmt: skip
    return columns, tuple(rows)


def need_json(found: Needed, covers: Sequence[Covered] = ()) -> dict[str, object]:
    """Return what scripts read: an entry per interval, and the shifts of each day where shifts were given."""
    rows = [
        {
            "day": None if day is None else str(day), "from": clock_text(start),
            "contacts": round(float(found.load.contacts[place, at]), 4), "people": int(found.people[place, at]),
            "roster": int(found.roster[place, at]),
        } | {_name(key): finite(values[place, at]) for key, values in found.gives.items()}
        for place, day in enumerate(found.load.days) for at, start in enumerate(found.load.starts)
    ]  # fmt: skip
    shifts = [
        {"day": None if one.day is None else str(one.day), "cost": one.cover.cost,
         "shifts": [{"shift": shift.name, "people": people} for shift, people in
                    zip(one.shifts, one.cover.people, strict=True)]}
        for one in covers
    ]  # fmt: skip
    return {"rows": rows} | ({"covers": shifts} if covers else {})


def _meta(found: Needed) -> dict[str, object]:
    return {
        "interval_minutes": found.load.minutes, "handle_seconds": list(found.work.handle_seconds),
        "patience_seconds": found.work.patience_seconds, "goals": [goal.text for goal in found.goals],
        "shrinkage": float(found.shrinkage),
    }  # fmt: skip
