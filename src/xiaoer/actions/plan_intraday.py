"""The rest of today: contacts told again from the morning, people needed against planned, whom to move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_duties import Duty
from xiaoer.actions.plan_forecast import meta
from xiaoer.actions.plan_foretold import foretold
from xiaoer.actions.plan_need import asked_of
from xiaoer.actions.plan_needed import Load, NeedAsk, needed
from xiaoer.actions.plan_roster_kept import Shifts, shifts_of
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY_MINUTES, MICROS_PER_SECOND
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.planning.adherence import Span, heads
from xiaoer.planning.forecast.bands import GUESSED_SPREAD
from xiaoer.planning.forecast.history import Numbers
from xiaoer.planning.forecast.intraday import Rest, told_again


@dataclass(frozen=True)
class Ahead:
    """One interval from now on."""

    start: int
    minute: int
    told: float
    now: float
    need: int
    planned: float

    @property
    def spare(self) -> int:
        """Return how many more people are planned than needed; negative where some are lacking."""
        return int(np.floor(self.planned + 1e-9)) - self.need


def plan_intraday(
    home: Path, ask: PlanAsk, duties: Sequence[Duty], need: NeedAsk, now: str, language: Language
) -> Page:
    """Return the rest of a day as a page, by interval; a ReportableError says what can not be used."""
    with open_plan(home, ask) as data:
        if data.period.first != data.period.last:
            raise ReportableError.of("planning.one_day")
        day, minute = data.period.first, _minute(now)
        made = foretold(home, data).made
        told = made.days[0]
        spread = made.backtest[0].day_bands.spread if made.backtest else GUESSED_SPREAD
        upto = ((minute - data.day_starts_at) % DAY_MINUTES) // data.minutes
        rest = told_again(told.intervals, _came(data, day, upto), day_spread=spread)
        shifts = shifts_of(data, duties)
        ahead = _ahead(data, shifts, need, told.intervals, rest, upto)
        return _page(data, shifts, ahead, rest, language, now=clock_text(minute))


def _minute(text: str) -> int:
    hour, _, minute = text.strip().replace("：", ":").partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise ReportableError.of("planning.now", values={"found": text[:20]})
    return int(hour) * 60 + int(minute)


def _came(data: PlanData, day: date, upto: int) -> Numbers:
    row = (day - data.history.first).days
    if not 0 <= row < len(data.history.counts):
        return np.full(upto, np.nan)
    return data.history.counts[row, :upto]


def _ahead(data: PlanData, shifts: Shifts, need: NeedAsk, told: Numbers, rest: Rest, upto: int) -> list[Ahead]:
    day = data.period.first
    places = range(upto, len(told))
    load = Load((day,), data.minutes, tuple(data.clock_minute(place) for place in places), rest.intervals[None, upto:])
    people = needed(load, asked_of(need, data.settings, data.kind, data.measured)).people[0]
    length = data.minutes * 60 * MICROS_PER_SECOND
    starts = [shifts.day(day).start + place * length for place in places]
    planned = heads(([span for spans in by_day.values() for span in spans] for by_day in shifts.planned.values()),
                    starts, micros=length)  # fmt: skip
    return [
        Ahead(
            start, data.clock_minute(place), float(told[place]), float(rest.intervals[place]), int(wanted), float(there)
        )
        for start, place, wanted, there in zip(starts, places, people, planned, strict=True)
    ]  # fmt: skip


def _movable(shifts: Shifts, ahead: Sequence[Ahead], worst: Ahead, day: date, length: int) -> list[str]:
    """Return who is planned in intervals with people to spare and not in the worst one, by name."""
    spare = [Span(one.start, one.start + length) for one in ahead if one.spare > 0]
    found = []
    for agent, by_day in sorted(shifts.planned.items()):
        spans = by_day.get(day, [])
        there = any(span.start <= worst.start < span.end for span in spans)
        if not there and any(span.start < one.end and one.start < span.end for span in spans for one in spare):
            found.append(shifts.names.get(agent, agent))
    return found


def _page(
    data: PlanData, shifts: Shifts, ahead: list[Ahead], rest: Rest, language: Language, *, now: str
) -> Page:  # fmt: skip
    day, length = data.period.first, data.minutes * 60 * MICROS_PER_SECOND
    busy = [one for one in ahead if one.now > 0 or one.planned > 0]
    worst = min(ahead, key=lambda one: (one.spare, one.start), default=None)
    movable = [] if worst is None or worst.spare >= 0 else _movable(shifts, ahead, worst, day, length)
    lead = [word("plan_intraday_lead", language, now=now, came=f"{rest.came:,.0f}", told=f"{rest.told:,.0f}",
                 times=f"{rest.times:.2f}", total=f"{rest.intervals.sum():,.0f}")]  # fmt: skip
    if worst is not None and worst.spare < 0:
        lead.append(word("plan_intraday_short", language, at=clock_text(worst.minute), people=-worst.spare))
        shown = ("、" if language == "zh" else ", ").join(movable)
        lead.append(word("plan_intraday_move", language, names=shown) if movable else
                    word("plan_intraday_nobody", language))  # fmt: skip
    else:
        lead.append(word("plan_intraday_enough", language))
    names = (("from", Kind.TEXT), ("contacts", Kind.NUMBER), ("contacts_now", Kind.NUMBER), ("people", Kind.COUNT),
             ("planned", Kind.NUMBER), ("spare", Kind.COUNT))  # fmt: skip
    rows = tuple(
        (
            Cell(clock_text(one.minute), clock_text(one.minute)),
            *(Cell(round(value, 1), f"{value:,.1f}") for value in (one.told, one.now)),
            Cell(one.need, str(one.need)), Cell(round(one.planned, 2), f"{one.planned:.1f}"),
            Cell(one.spare, cell_text(Kind.COUNT, one.spare, language), worse=one.spare < 0),
        )
        for one in busy
    )  # fmt: skip
    return Page(
        name="plan_adherence",
        title=" · ".join((word("plan_intraday_title", language), data.whose, f"{day} {now}")),
        columns=tuple(Column(name, word(f"plan_{name}", language), kind, fixed=name == "from") for name, kind in names),
        rows=rows,
        language=language,
        data={
            "now": now, "came": rest.came, "told": rest.told, "times": rest.times, "movable": movable,
            "rows": [{"from": clock_text(one.minute), "contacts": one.told, "contacts_now": one.now, "people": one.need,
                      "planned": one.planned, "spare": one.spare} for one in ahead],
            "meta": meta(data),
        },
        lead=tuple(lead),
        notes=(word("plan_intraday_how", language),),
    )  # fmt: skip
