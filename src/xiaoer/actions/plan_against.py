"""People needed against people planned, by interval: who is lacking where, and what those planned would give."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_data import PlanData
from xiaoer.actions.plan_duties import Duty, micros_of
from xiaoer.actions.plan_foretold import Foretold
from xiaoer.actions.plan_need import asked_of, load_of
from xiaoer.actions.plan_need_page import figure_columns, finite
from xiaoer.actions.plan_needed import NeedAsk, Needed, given_by, needed
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.wording import word
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.base.language import Language
from xiaoer.planning.adherence import Span, heads
from xiaoer.planning.roster.shop import RosterForm


@dataclass(frozen=True)
class Against:
    """What is needed, and how many people are planned in each interval on average; None where nobody planned yet."""

    needed: Needed
    planned: NDArray[np.float64] | None  # day × interval

    @property
    def spare(self) -> NDArray[np.int64]:
        """Return how many more whole people are planned than to be planned; negative where some are lacking."""
        planned = np.zeros(self.needed.people.shape) if self.planned is None else self.planned
        return np.floor(planned + 1e-9).astype(np.int64) - self.needed.roster

    @property
    def at_work(self) -> NDArray[np.int64]:
        """Return how many of those planned are at work, whole people: planned × (1 − shrinkage)."""
        assert self.planned is not None
        there = self.planned * float(1 - self.needed.shrinkage)
        return np.floor(there + 1e-9).astype(np.int64)


def against(found: Foretold, need: NeedAsk, duties: Sequence[Duty]) -> Against:
    """Return what a forecast needs against a roster; a ReportableError says what of the goals can not be used."""
    data = found.data
    made = needed(load_of(found, need), asked_of(need, data.settings, data.kind, data.measured))
    work = [duty for duty in duties if duty.is_work]
    return Against(made, _planned(data, work) if work else None)


def _planned(data: PlanData, duties: Sequence[Duty]) -> NDArray[np.float64]:
    clock, length = data.settings.clock, data.minutes * 60 * MICROS_PER_SECOND
    days, slots = list(data.period.days()), data.history.counts.shape[1]
    starts = [micros_of(clock.start_of(day)) + place * length for day in days for place in range(slots)]
    people: dict[str, list[Span]] = defaultdict(list)
    for duty in duties:
        people[duty.agent].append(duty.span(clock))
    found = heads(people.values(), starts, micros=length)
    return np.array([float(one) for one in found]).reshape(len(days), slots)


def against_page(found: Against, language: Language, *, whose: str, on: date | None = None) -> Page:
    """Return a row for each interval: contacts, people at work, to plan and planned, the difference, what they give.

    `on`: the one day that rows are wanted of; the lead is of all days.
    """
    made, planned = found.needed, found.planned
    gives = made.gives if planned is None else given_by(made.load, made.asked, found.at_work)
    figures = figure_columns(gives, language)
    names = [("day", Kind.DAY), ("from", Kind.TEXT), ("contacts", Kind.NUMBER), ("people", Kind.COUNT),
             ("roster", Kind.COUNT)]  # fmt: skip
    names += [] if planned is None else [("planned", Kind.NUMBER), ("spare", Kind.COUNT)]
    columns = [
        Column(name, word(f"plan_{name}", language), kind, fixed=name in ("day", "from")) for name, kind in names
    ]
    rows = []
    for place, day in enumerate(made.load.days):
        if on not in (None, day):
            continue
        for at, start in enumerate(made.load.starts):
            values: list[Value] = [day, clock_text(start), round(float(made.load.contacts[place, at]), 1),
                                   int(made.people[place, at]), int(made.roster[place, at])]  # fmt: skip
            if planned is not None:
                values += [round(float(planned[place, at]), 2), int(found.spare[place, at])]
            cells = [_cell(kind, value, language) for (_name, kind), value in zip(names, values, strict=True)]
            rows.append((*cells, *(_cell(column.kind, finite(gives[key][place, at]), language)
                                   for key, column in figures)))  # fmt: skip
    return Page(
        name="plan_need", title=" · ".join((word("plan_against_title", language), whose)),
        columns=(*columns, *(column for _, column in figures)), rows=tuple(rows), language=language, data={},
        lead=(_lead(found, language),),
    )  # fmt: skip


def _cell(kind: Kind, value: Value, language: Language) -> Cell:
    worse = kind is Kind.COUNT and isinstance(value, int) and value < 0
    return Cell(value, cell_text(kind, value, language), worse=worse)


def _lead(found: Against, language: Language) -> str:
    made = found.needed
    if found.planned is None:
        hours = sum(made.hours(made.roster, place) for place in range(len(made.load.days)))
        return word("plan_against_nobody", language, most=int(made.roster.max(initial=0)), hours=f"{hours:,.0f}")
    short = -np.minimum(found.spare, 0)
    if not short.any():
        return word("plan_against_enough", language)
    place, at = np.unravel_index(int(short.argmax()), short.shape)
    hours = float(short.sum()) * made.load.minutes / 60
    when = f"{made.load.days[place]} {clock_text(made.load.starts[at])}"
    return word("plan_against_short", language, number=int((short > 0).sum()), hours=f"{hours:,.1f}", when=when,
                people=int(short[place, at]))  # fmt: skip


def gaps_of(found: Against, *, most: int) -> list[tuple[date, int, int]]:
    """Return day, minute of the wall clock and people lacking of the worst intervals, the most lacking first."""
    short, load = -np.minimum(found.spare, 0), found.needed.load
    places = [(int(short[place]), *place) for place in np.ndindex(short.shape) if short[place] > 0]
    worst = sorted(places, key=lambda one: (-one[0], one[1], one[2]))[:most]
    return [(day, load.starts[at], people) for people, place, at in worst if (day := load.days[place]) is not None]


def roster_need_page(found: Needed, language: Language) -> Page:
    """Return people to plan as the table of need that rosters are made from: its name, its columns, nothing else."""
    form = Catalog().load_one("planning/roster.yaml", RosterForm).tables["need"]
    columns = tuple(
        Column(name, form.columns[name].in_language(language), kind)
        for name, kind in (("day", Kind.DAY), ("start", Kind.TEXT), ("people", Kind.COUNT))
    )
    rows = tuple(
        (
            Cell(day, str(day)),
            Cell(at := clock_text(start), at),
            Cell(people := int(found.roster[place, slot]), str(people)),
        )
        for place, day in enumerate(found.load.days)
        for slot, start in enumerate(found.load.starts)
    )
    label = form.called.in_language(language)
    return Page("plan_need", label, columns, rows, language, data={}, label=label)
