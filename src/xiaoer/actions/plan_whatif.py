"""What if: the same days by other goals, times or loads beside as they are; and people who join and leave, by week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import numpy as np

from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_forecast import meta
from xiaoer.actions.plan_foretold import foretold
from xiaoer.actions.plan_goal_words import said_goals
from xiaoer.actions.plan_need import asked_of, load_of, read_share
from xiaoer.actions.plan_needed import NeedAsk, Needed, needed
from xiaoer.actions.plan_table import plan_rows
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.base.near_names import near_names
from xiaoer.planning.staffing import Cohort, RampUp, hours_by_week, load_ramp_up

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WhatIfAsk:
    """What is to be tried instead, and what an hour costs; a table of people who join and leave."""

    goals: tuple[str, ...] = ()
    handle: str | None = None
    patience: str | None = None
    shrinkage: str | None = None
    times: float | None = None
    hour_yuan: str | None = None
    staff: Path | None = None
    week_hours: str = "40"
    leaving: str = "0"


@dataclass(frozen=True)
class Side:
    """One of the two: what comes, how many people at most, hours, cost."""

    name: str
    contacts: float
    people: int
    roster: int
    work_hours: float
    roster_hours: float
    cost: Decimal | None


def plan_whatif(home: Path, ask: PlanAsk, need: NeedAsk, instead: WhatIfAsk, language: Language) -> Page:
    """Return as it is and instead side by side, or the weeks of a staff table; a ReportableError says what is wrong."""
    with open_plan(home, ask) as data:
        told = foretold(home, data)
        load = load_of(told, need)
        asked = asked_of(need, data.settings, data.kind, data.measured)
        found = needed(load, asked)
        yuan = _yuan(instead.hour_yuan)
        notes = [say(issue, language) for issue in told.made.issues]
        if instead.staff is not None:
            return _staff_page(data, found, instead, language, notes=notes)
        changed = replace(
            need, goals=instead.goals or need.goals, handle=instead.handle or need.handle,
            patience=instead.patience or need.patience, shrinkage=instead.shrinkage or need.shrinkage,
        )  # fmt: skip
        other = replace(load, contacts=load.contacts * _times(instead.times))
        tried = needed(other, asked_of(changed, data.settings, data.kind, data.measured))
        return _page(data, [_side("as_it_is", found, yuan), _side("instead", tried, yuan)], [found, tried], language)


def _times(times: float | None) -> float:
    if times is None:
        return 1.0
    if not 0 < times < 1000:
        raise ReportableError.of("planning.times")
    return times


def _yuan(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        yuan = Decimal(text)
    except InvalidOperation:
        yuan = Decimal(-1)
    if not (yuan.is_finite() and 0 <= yuan <= 1_000_000):
        raise ReportableError.of("planning.hour_yuan", values={"found": text[:20]})
    return yuan


def _side(name: str, found: Needed, yuan: Decimal | None) -> Side:
    days = range(len(found.load.days))
    hours = [sum(found.hours(people, day) for day in days) for people in (found.people, found.roster)]
    cost = None if yuan is None else (Decimal(str(hours[1])) * yuan).quantize(Decimal("0.01"))
    most = [int(people.max(initial=0)) for people in (found.people, found.roster)]
    return Side(name, float(found.load.contacts.sum()), most[0], most[1], hours[0], hours[1], cost)


FIGURES = (("contacts", Kind.NUMBER), ("people", Kind.COUNT), ("roster", Kind.COUNT), ("work_hours", Kind.NUMBER),
           ("roster_hours", Kind.NUMBER), ("cost", Kind.YUAN))  # fmt: skip
LABELS = {"people": "most_people", "roster": "most_roster", "cost": "cost_yuan"}


def _page(data: PlanData, sides: Sequence[Side], found: Sequence[Needed], language: Language) -> Page:
    shown = [(name, kind) for name, kind in FIGURES if name != "cost" or sides[0].cost is not None]
    rows = []
    for name, kind in shown:
        before, after = (getattr(side, name) for side in sides)
        values: tuple[Value, ...] = (before, after, after - before)
        label = word(f"plan_{LABELS.get(name, name)}", language)
        rows.append((Cell(name, label), *(Cell(one, cell_text(kind, one, language)) for one in values)))
    columns = (Column("figure", word("plan_figure", language), fixed=True),
               *(Column(name, word(f"plan_whatif_{name}", language), Kind.NUMBER)
                 for name in ("as_it_is", "instead", "difference")))  # fmt: skip
    notes = [
        word(f"plan_whatif_{side.name}_goals", language, goals=said_goals(one.goals, language),
             shrinkage=f"{float(one.shrinkage) * 100:g}%")
        for side, one in zip(sides, found, strict=True)
    ]  # fmt: skip
    apart_hours = sides[1].roster_hours - sides[0].roster_hours
    lead = word(
        "plan_whatif_more" if apart_hours > 0 else "plan_whatif_less", language, hours=f"{abs(apart_hours):,.0f}"
    )
    return Page(
        name="plan_whatif",
        title=_title(data, language),
        columns=columns,
        rows=tuple(rows),
        language=language,
        data={
            "rows": [
                {name: _plain(getattr(side, name)) for name, _ in FIGURES} | {"side": side.name} for side in sides
            ],
            "meta": meta(data),
        },
        lead=(lead,),
        notes=tuple(notes),
    )


def _plain(value: float | Decimal | None) -> float | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _title(data: PlanData, language: Language) -> str:
    return " · ".join((word("plan_whatif_title", language), data.whose,
                       word("period", language, first=data.period.first, last=data.period.last)))  # fmt: skip


def _staff_page(
    data: PlanData, found: Needed, instead: WhatIfAsk, language: Language, *, notes: Sequence[str]
) -> Page:  # fmt: skip
    assert instead.staff is not None
    ramp_up = load_ramp_up(data.catalog)
    cohorts = read_staff(instead.staff, ramp_up)
    hours, leaving = _number(instead.week_hours), read_share(instead.leaving)
    days = [day for day in found.load.days if day is not None]
    weeks = [days[place] for place in range(0, len(days), 7)]
    wanted = [sum(found.hours(found.roster, place) for place in range(at, min(at + 7, len(days)))) for at in
              range(0, len(days), 7)]  # fmt: skip
    there = hours_by_week(cohorts, weeks, ramp_up, week_hours=hours, leaving=leaving)
    whole = [Fraction(min(7, len(days) - 7 * place), 7) for place in range(len(weeks))]
    rows, plain = [], []
    for week, need_hours, have, part in zip(weeks, wanted, there, whole, strict=True):
        has = float(have * part)
        short = max(need_hours - has, 0.0)
        people = int(np.ceil(short / float(hours * part) - 1e-9))
        values = (round(need_hours, 1), round(has, 1), round(short, 1), people)
        rows.append((Cell(week, str(week)), *(Cell(one, cell_text(kind, one, language)) for one, kind in
                    zip(values, (Kind.NUMBER, Kind.NUMBER, Kind.NUMBER, Kind.COUNT), strict=True))))  # fmt: skip
        plain.append({"week": str(week), "needed_hours": values[0], "there_hours": values[1], "short_hours": values[2],
                      "short_people": people})  # fmt: skip
    worst = max(plain, key=lambda one: (float(str(one["short_hours"])), str(one["week"])))
    names = (("week", Kind.DAY), ("needed_hours", Kind.NUMBER), ("there_hours", Kind.NUMBER),
             ("short_hours", Kind.NUMBER), ("short_people", Kind.COUNT))  # fmt: skip
    lead = "plan_staff_short" if worst["short_people"] else "plan_staff_enough"
    return Page(
        name="plan_whatif",
        title=_title(data, language),
        columns=tuple(Column(name, word(f"plan_{name}", language), kind, fixed=name == "week") for name, kind in names),
        rows=tuple(rows),
        language=language,
        data={"weeks": plain, "meta": meta(data) | {"week_hours": float(hours), "leaving": float(leaving)}},
        lead=(word(lead, language, week=worst["week"], people=worst["short_people"]),),
        notes=(word("plan_staff_how", language, ramp=_said_ramp(ramp_up, days[0], language)), *notes),
    )


def _said_ramp(ramp_up: RampUp, day: date, language: Language) -> str:
    parts = [
        f"{kind.label.in_language(language)} {' / '.join(f'{one}%' for one in kind.weeks_percent)}"
        for kind in ramp_up.on(day).values()
        if kind.weeks_percent
    ]
    return "; ".join(parts)


def _number(text: str) -> Fraction:
    try:
        value = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if not 0 < value <= 168:
        raise ReportableError.of("planning.week_hours", values={"found": text[:20]})
    return value


def read_staff(file: Path, ramp_up: RampUp) -> list[Cohort]:
    """Return the people of a table: day, people (negative: they leave), kind by name or label."""
    found = []
    for cells in plan_rows(file, needed=(("day",), ("people",))):
        day = cells.day("day")
        kinds = ramp_up.on(day)
        called = {name: name for name in kinds} | {kind.label.zh: name for name, kind in kinds.items()}
        kind = cells.text("kind", "experienced")
        if kind not in called:
            near = ", ".join(near_names(kind, called) or called)
            raise ReportableError.of("planning.unknown_staff", values={"near": near})
        found.append(Cohort(day, Fraction(str(cells.signed("people"))), called[kind]))
    return found
