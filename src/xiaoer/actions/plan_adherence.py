"""Adherence as a page: a roster against who was online, by person, day or interval, and what it did to service."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from xiaoer.actions.call_data import clock_text
from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_duties import Duty, micros_of
from xiaoer.actions.plan_need import asked_of
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.chart import Chart, ChartKind
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.shop_data import account_named
from xiaoer.actions.wording import word
from xiaoer.base.days import DAY, MICROS_PER_SECOND, Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.facts.presence import online_stretches
from xiaoer.planning.adherence import Kept, Span, heads, kept_by_shift
from xiaoer.planning.adherence.adherence import NOTHING
from xiaoer.planning.need import READ, of_people

BY = ("agent", "day", "interval")


@dataclass(frozen=True)
class Shifts:
    """What was planned, by agent and day, and who was online."""

    planned: Mapping[str, Mapping[date, list[Span]]]
    online: Mapping[str, list[Span]]
    clock: Clock
    names: Mapping[str, str]
    unknown: tuple[str, ...] = ()  # planned, but without an account in the data

    def day(self, day: date) -> Span:
        """Return a local day as a span."""
        return Span(micros_of(self.clock.start_of(day)), micros_of(self.clock.start_of(day + DAY)))


def plan_adherence(
    home: Path, ask: PlanAsk, duties: Sequence[Duty], need: NeedAsk, language: Language, *, by: str | None = None
) -> Page:
    """Return how a roster was kept as a page; a ReportableError says what of it can not be used."""
    if by is not None and by not in BY:
        raise ReportableError.of("planning.unknown_by", values={"found": by[:20], "known": ", ".join(BY)})
    return adherence_page(adherence_of(home, ask, duties, need), language, by=by or BY[0])


def adherence_of(home: Path, ask: PlanAsk, duties: Sequence[Duty], need: NeedAsk) -> "Adherence":
    """Return how a roster was kept; a ReportableError says what of it can not be used."""
    with open_plan(home, ask) as data:
        shifts = shifts_of(data, duties)
        data = replace(data, data=None)
    return Adherence(data, _by_person(data, shifts), _by_interval(data, shifts, need), shifts.unknown)


def adherence_page(found: "Adherence", language: Language, *, by: str) -> Page:
    """Return how a roster was kept as a page, by agent, by agent and day, or by interval."""
    pages = {"agent": _person_page, "day": _day_page, "interval": _interval_page}
    return pages[by](found, language)


def shifts_of(data: PlanData, duties: Sequence[Duty]) -> Shifts:
    """Return a roster's work on the days asked for and who was online; an error says what can not be used."""
    assert data.data is not None
    store, clock = data.data.store, data.settings.clock
    if "presence" not in data.data.tables:
        raise ReportableError.of("planning.no_presence", values={"shop": data.whose})
    rows = store.current(data.data.snapshot, "presence", shops=data.data.shops)
    online = {
        agent: [Span(micros_of(one.start_at), micros_of(one.end_at)) for one in spans]
        for agent, spans in online_stretches(rows, clock).items()
    }
    accounts = sorted({*online, *data.data.agent_names})
    unknown = set()
    planned: dict[str, dict[date, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for duty in duties:
        if data.period.first <= duty.day <= data.period.last and duty.is_work:
            try:
                agent = account_named(duty.agent, accounts, data.data.agent_names)
            except ReportableError:  # somebody new, or a name written otherwise: nobody saw them online
                agent = duty.agent
                unknown.add(agent)
            planned[agent][duty.day].append(duty.span(clock))
    if not planned:
        raise ReportableError.of("planning.nothing_planned")
    shown = data.data.shown_agents({*planned, *online})
    return Shifts(planned, online, clock, shown, tuple(sorted(unknown)))


@dataclass(frozen=True)
class Person:
    """One person on the days with shifts: each shift as it was kept."""

    agent: str
    shown: str
    days: Mapping[date, Kept]

    @property
    def shifts(self) -> list[Kept]:
        """Return the shifts; days on which only overtime was worked are none."""
        return [one for one in self.days.values() if one.planned]


def _by_person(data: PlanData, shifts: Shifts) -> list[Person]:
    return [
        Person(agent, shifts.names.get(agent, agent), {
            day: kept_by_shift(days.get(day, []), shifts.online.get(agent, []), day=shifts.day(day))
            for day in data.period.days()
        })
        for agent, days in sorted(shifts.planned.items())
    ]  # fmt: skip


@dataclass(frozen=True)
class Interval:
    """One interval: people planned and present, contacts that came, and the service that each number gives."""

    day: date
    minute: int
    planned: float
    present: float
    contacts: float | None
    planned_level: float | None
    present_level: float | None


@dataclass(frozen=True)
class Adherence:
    """How a roster was kept by whom, and what each interval had."""

    data: PlanData
    people: list[Person]
    intervals: list[Interval]
    unknown: tuple[str, ...]


def _by_interval(data: PlanData, shifts: Shifts, need: NeedAsk) -> list[Interval]:
    length = data.minutes * 60 * MICROS_PER_SECOND
    days = list(data.period.days())
    slots = data.history.counts.shape[1]
    starts = [micros_of(shifts.clock.start_of(day)) + place * length for day in days for place in range(slots)]
    planned = heads(([span for spans in by_day.values() for span in spans] for by_day in shifts.planned.values()),
                    starts, micros=length)  # fmt: skip
    present = heads(shifts.online.values(), starts, micros=length)
    contacts = np.array([_came(data, day, place) for day in days for place in range(slots)])
    levels = _levels(data, need, contacts, [planned, present])
    return [
        Interval(days[at // slots], data.clock_minute(at % slots), float(planned[at]), float(present[at]),
                 None if np.isnan(contacts[at]) else float(contacts[at]), levels[0][at], levels[1][at])
        for at in range(len(starts))
        if planned[at] or present[at] or contacts[at] > 0
    ]  # fmt: skip


def _came(data: PlanData, day: date, place: int) -> float:
    row = (day - data.history.first).days
    return float(data.history.counts[row, place]) if 0 <= row < len(data.history.counts) else float("nan")


def _levels(
    data: PlanData, need: NeedAsk, contacts: "np.typing.NDArray[np.float64]", people: Sequence[Sequence[object]]
) -> list[list[float | None]]:
    """Return the service that whole people of each list would give these contacts, by the first goal; None unknown."""
    try:
        asked = asked_of(need, data.settings, data.kind, data.measured)
    except ReportableError:
        return [[None] * len(contacts) for _ in people]
    goal = asked.goals[0]
    rates = np.nan_to_num(contacts) / (data.minutes * 60)
    found = []
    for one in people:
        whole = np.array([round(float(number)) for number in one], dtype=np.int64)  # type: ignore[arg-type]
        it = of_people(rates, whole, asked.work, within_seconds=goal.seconds)
        level = READ[goal.figure](it)
        found.append([None if np.isnan(came) or came <= 0 or not np.isfinite(value) else float(value)
                      for came, value in zip(contacts, level, strict=True)])  # fmt: skip
    return found


def _cell(kind: Kind, value: Value, language: Language) -> Cell:
    return Cell(value, cell_text(kind, value, language))


def _seconds(micros: int) -> float:
    return micros / MICROS_PER_SECOND


COLUMNS = (
    ("shifts", Kind.COUNT), ("missed", Kind.COUNT), ("late_shifts", Kind.COUNT), ("planned_seconds", Kind.SECONDS),
    ("present_seconds", Kind.SECONDS), ("late_seconds", Kind.SECONDS), ("early_seconds", Kind.SECONDS),
    ("between_seconds", Kind.SECONDS), ("overtime_seconds", Kind.SECONDS), ("adherence_share", Kind.SHARE),
    ("conformance_share", Kind.SHARE),
)  # fmt: skip


def _values(days: Iterable[Kept]) -> dict[str, Value]:
    """Return the figures of some days of somebody, or of everybody."""
    all_days = list(days)
    kept = sum(all_days, NOTHING)
    shifts = [one for one in all_days if one.planned]
    shares = [None if share is None else float(share) for share in (kept.adherence, kept.conformance)]
    return {
        "shifts": len(shifts), "missed": sum(one.missing for one in shifts),
        "late_shifts": sum(one.late > 0 for one in shifts),
        **{f"{name}_seconds": _seconds(getattr(kept, name)) for name in
           ("planned", "present", "late", "early", "between", "overtime")},
        "adherence_share": shares[0], "conformance_share": shares[1],
    }  # fmt: skip


def _whole(people: Sequence[Person]) -> dict[str, Value]:
    return _values(kept for one in people for kept in one.days.values())


def _cells(days: Iterable[Kept], names: Sequence[tuple[str, Kind]], language: Language) -> tuple[Cell, ...]:
    values = _values(days)
    return tuple(_cell(kind, values[name], language) for name, kind in names)


def _column(name: str, kind: Kind, language: Language, *, fixed: bool = False) -> Column:
    return Column(name, word(f"plan_{name}", language), kind, fixed=fixed)


def _person_page(found: Adherence, language: Language) -> Page:
    rows = tuple((Cell(one.agent, one.shown), *_cells(one.days.values(), COLUMNS, language)) for one in found.people)
    every = [kept for one in found.people for kept in one.days.values()]
    return replace(
        _page(found, language), rows=rows, columns=(_column("agent", Kind.TEXT, language, fixed=True),
                                                    *(_column(*one, language) for one in COLUMNS)),
        total=(Cell(None, word("total", language)), *_cells(every, COLUMNS, language)),
    )  # fmt: skip


def _day_page(found: Adherence, language: Language) -> Page:
    names = [one for one in COLUMNS if one[0] not in ("shifts", "late_shifts")]
    rows = tuple(
        (Cell(day, str(day)), Cell(one.agent, one.shown), *_cells([kept], names, language))
        for one in found.people
        for day, kept in one.days.items()
        if kept.planned
    )
    columns = (_column("day", Kind.DAY, language, fixed=True), _column("agent", Kind.TEXT, language, fixed=True),
               *(_column(*one, language) for one in names))  # fmt: skip
    return replace(_page(found, language), rows=rows, columns=columns)


def _interval_page(found: Adherence, language: Language) -> Page:
    names = (("day", Kind.DAY), ("from", Kind.TEXT), ("planned", Kind.NUMBER), ("present", Kind.NUMBER),
             ("contacts", Kind.NUMBER), ("planned_level", Kind.SHARE), ("present_level", Kind.SHARE))  # fmt: skip
    fixed = ("day", "from")
    columns = tuple(_column(name, kind, language, fixed=name in fixed) for name, kind in names)
    rows = tuple(
        (
            Cell(one.day, str(one.day)), Cell(clock_text(one.minute), clock_text(one.minute)),
            *(_cell(Kind.NUMBER, None if value is None else round(value, 2), language)
              for value in (one.planned, one.present, one.contacts)),
            *(_cell(Kind.SHARE, value, language) for value in (one.planned_level, one.present_level)),
        )
        for one in found.intervals
    )  # fmt: skip
    charts = tuple(Chart(ChartKind.LINE, (name,), word(f"plan_{name}", language)) for name in ("planned", "present"))
    return replace(_page(found, language), columns=columns, rows=rows, charts=charts)


def _page(found: Adherence, language: Language) -> Page:
    """Return the page without its table."""
    data, said = found.data, []
    if found.unknown:
        names = word("plan_names", language).join(found.unknown)
        said.append(say(Issue("planning.roster_unknown", Severity.NOTE, values={"names": names}), language))
    title = [word("plan_adherence_title", language), data.whose,
             word("period", language, first=data.period.first, last=data.period.last)]  # fmt: skip
    return Page(
        name="plan_adherence",
        title=" · ".join(title),
        columns=(),
        rows=(),
        language=language,
        data=_json(found),
        lead=_lead(found, language),
        notes=(*said, word("plan_adherence_how", language), word("plan_adherence_service", language)),
    )


def _lead(found: Adherence, language: Language) -> tuple[str, ...]:
    whole = _whole(found.people)
    lines = [word("plan_adherence_lead", language, share=cell_text(Kind.SHARE, whole["adherence_share"], language),
                  missed=whole["missed"], late=whole["late_shifts"], shifts=whole["shifts"])]  # fmt: skip
    hurt = [one for one in found.intervals if one.planned_level is not None and one.present_level is not None]
    worst = max(hurt, key=lambda one: (one.planned_level or 0) - (one.present_level or 0), default=None)
    if worst is not None and (worst.planned_level or 0) - (worst.present_level or 0) > 0.01:
        lines.append(word(
            "plan_adherence_worst", language, when=f"{worst.day} {clock_text(worst.minute)}",
            planned=f"{worst.planned:.1f}", present=f"{worst.present:.1f}",
            before=cell_text(Kind.SHARE, worst.planned_level, language),
            after=cell_text(Kind.SHARE, worst.present_level, language),
        ))  # fmt: skip
    return tuple(lines)


def _json(found: Adherence) -> dict[str, object]:
    from xiaoer.actions.plan_forecast import meta

    return {
        "rows": [{"agent": one.agent, **_values(one.days.values())} for one in found.people],
        "days": [{"agent": one.agent, "day": str(day), **_values([kept])} for one in found.people
                 for day, kept in one.days.items() if kept.planned],
        "intervals": [
            {"day": str(one.day), "from": clock_text(one.minute), "planned": one.planned, "present": one.present,
             "contacts": one.contacts, "planned_level": one.planned_level, "present_level": one.present_level}
            for one in found.intervals
        ],
        "meta": meta(found.data),
    }  # fmt: skip
