"""What if: the same days by other goals, times or loads beside as they are; and people who join and leave, by week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import numpy as np

from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_forecast import meta
from xiaoer.actions.plan_foretold import Foretold, foretold
from xiaoer.actions.plan_goal_words import said_goals
from xiaoer.actions.plan_need import asked_of, load_of, read_share
from xiaoer.actions.plan_needed import Load, NeedAsk, Needed, needed
from xiaoer.actions.plan_table import plan_rows
from xiaoer.actions.render.cell_text import cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.shop_data import catalog_of
from xiaoer.actions.wording import word
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language, say
from xiaoer.base.near_names import near_names
from xiaoer.planning.staffing import Cohort, RampUp, hours_by_week, load_ramp_up


@dataclass(frozen=True)
class Joining:
    """People who join on a day, or, where negative, leave; what kind of people, by its name or its label."""

    day: date
    people: Fraction
    kind: str = "experienced"


@dataclass(frozen=True)
class WhatIfAsk:
    """What is to be tried instead, and what an hour costs; people who join and leave."""

    goals: tuple[str, ...] = ()
    handle: str | None = None
    patience: str | None = None
    shrinkage: str | None = None
    times: float | None = None
    hour_yuan: str | None = None
    staff: tuple[Joining, ...] = ()
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
    return staffed(told, need, instead, language) if instead.staff else compared(told, need, instead, language)


def compared(told: Foretold, need: NeedAsk, instead: WhatIfAsk, language: Language) -> Page:
    """Return a forecast's days as asked and by what is to be tried instead, side by side."""
    data, yuan, load = told.data, _yuan(instead.hour_yuan), load_of(told, need)
    found = needed(load, asked_of(need, data.settings, data.kind, data.measured))
    changed = replace(
        need, goals=instead.goals or need.goals, handle=instead.handle or need.handle,
        patience=instead.patience or need.patience, shrinkage=instead.shrinkage or need.shrinkage,
    )  # fmt: skip
    tried = needed(_more(load, instead), asked_of(changed, data.settings, data.kind, data.measured))
    return _page(data, [_side("as_it_is", found, yuan), _side("instead", tried, yuan)], [found, tried], language)


def _more(load: Load, instead: WhatIfAsk) -> Load:
    return replace(load, contacts=load.contacts * _times(instead.times))


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
        rows.append((Cell(name, label), *(cell_of(kind, one, language) for one in values)))
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


def _plain(value: Value) -> float | str | None:
    return str(value) if isinstance(value, Decimal | date) else value


def _title(data: PlanData, language: Language) -> str:
    return " · ".join((word("plan_whatif_title", language), data.whose,
                       word("period", language, first=data.period.first, last=data.period.last)))  # fmt: skip


def staffed(told: Foretold, need: NeedAsk, instead: WhatIfAsk, language: Language) -> Page:
    """Return, week by week, the hours that a forecast's days need against those of people who join and leave."""
    data, ramp_up, yuan = told.data, load_ramp_up(told.data.catalog), _yuan(instead.hour_yuan)
    found = needed(_more(load_of(told, need), instead), asked_of(need, data.settings, data.kind, data.measured))
    cohorts = [_cohort(one, ramp_up) for one in instead.staff]
    weeks = _weeks(found, cohorts, ramp_up, instead)
    names = [("week", Kind.DAY), ("needed_hours", Kind.NUMBER), ("there_hours", Kind.NUMBER),
             ("short_hours", Kind.NUMBER), ("short_people", Kind.COUNT)]  # fmt: skip
    plain: list[dict[str, Value]] = []
    for one in weeks:
        row: dict[str, Value] = {
            "week": one.first, "needed_hours": round(one.needed, 1), "there_hours": round(one.there, 1),
            "short_hours": round(one.short, 1), "short_people": one.short_people,
        }  # fmt: skip
        plain.append(row | ({} if yuan is None else {"cost_yuan": _cost(one.paid, yuan)}))
    names += [] if yuan is None else [("cost_yuan", Kind.YUAN)]
    worst = max(weeks, key=lambda one: (one.short, one.first))
    lead = [word("plan_staff_short" if worst.short_people else "plan_staff_enough", language, week=worst.first,
                 people=worst.short_people)]  # fmt: skip
    if yuan is not None:
        total = cell_text(Kind.YUAN, sum((_cost(one.paid, yuan) for one in weeks), Decimal(0)), language)
        lead.append(word("plan_staff_cost", language, cost=total))
    hours = _week_hours(instead.week_hours)
    return Page(
        name="plan_whatif",
        title=_title(data, language),
        columns=tuple(Column(name, word(f"plan_{name}", language), kind, fixed=name == "week") for name, kind in names),
        rows=tuple(tuple(cell_of(kind, row[name], language) for name, kind in names)
                   for row in plain),
        language=language,
        data={"weeks": [{name: _plain(value) for name, value in row.items()} for row in plain],
              "meta": meta(data) | {"week_hours": float(hours), "leaving": float(read_share(instead.leaving))}},
        lead=tuple(lead),
        notes=(word("plan_staff_how", language, ramp=_said_ramp(ramp_up, weeks[0].first, language)),
               *(say(issue, language) for issue in told.made.issues)),
    )  # fmt: skip


@dataclass(frozen=True)
class Week:
    """One week: hours to plan, hours there in those of experienced people, hours paid, and how many people lack."""

    first: date
    needed: float
    there: float
    paid: Fraction
    short_people: int

    @property
    def short(self) -> float:
        """Return the hours that are lacking."""
        return max(self.needed - self.there, 0.0)


def _weeks(found: Needed, cohorts: Sequence[Cohort], ramp_up: RampUp, instead: WhatIfAsk) -> list[Week]:
    days = [day for day in found.load.days if day is not None]
    firsts = days[::7]
    hours, leaving = _week_hours(instead.week_hours), read_share(instead.leaving)
    there, paid = (
        hours_by_week(cohorts, firsts, grows, week_hours=hours, leaving=leaving) for grows in (ramp_up, None)
    )
    weeks = []
    for at, first in enumerate(firsts):
        places = range(7 * at, min(7 * at + 7, len(days)))
        part = Fraction(len(places), 7)
        wanted = sum(found.hours(found.roster, place) for place in places)
        has = float(there[at] * part)
        short = int(np.ceil(max(wanted - has, 0.0) / float(hours * part) - 1e-9))
        weeks.append(Week(first, wanted, has, paid[at] * part, short))
    return weeks


def _cost(hours: Fraction, yuan: Decimal) -> Decimal:
    exact = hours * Fraction(yuan)
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"))


def _said_ramp(ramp_up: RampUp, day: date, language: Language) -> str:
    parts = [
        f"{kind.label.in_language(language)} {' / '.join(f'{one}%' for one in kind.weeks_percent)}"
        for kind in ramp_up.on(day).values()
        if kind.weeks_percent
    ]
    return "; ".join(parts)


def _week_hours(text: str) -> Fraction:
    try:
        value = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if not 0 < value <= 168:
        raise ReportableError.of("planning.week_hours", values={"found": text[:20]})
    return value


def read_staff(file: Path) -> tuple[Joining, ...]:
    """Return the people of a table: day, people (negative: they leave), kind by name or label."""
    return tuple(
        Joining(cells.day("day"), Fraction(str(cells.signed("people"))), cells.text("kind", "experienced"))
        for cells in plan_rows(file, needed=(("day",), ("people",)))
    )


def staff_kinds(home: Path, language: Language) -> list[tuple[str, str]]:
    """Return the kinds of people that can join, and how each is called."""
    kinds = load_ramp_up(catalog_of(home)).on(date.max)
    return [(name, kind.label.in_language(language)) for name, kind in kinds.items()]


def _cohort(one: Joining, ramp_up: RampUp) -> Cohort:
    kinds = ramp_up.on(one.day)
    called = {name: name for name in kinds} | {kind.label.zh: name for name, kind in kinds.items()}
    if one.kind not in called:
        near = ", ".join(near_names(one.kind, called) or called)
        raise ReportableError.of("planning.unknown_staff", values={"near": near})
    return Cohort(one.day, one.people, called[one.kind])
