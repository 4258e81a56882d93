"""How a roster was kept, as values: who was online when planned, and what each interval had."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from xiaoer.actions.plan_data import PlanAsk, PlanData, open_plan
from xiaoer.actions.plan_duties import Duty, instant_of, micros_of
from xiaoer.actions.plan_need import asked_of
from xiaoer.actions.plan_needed import NeedAsk
from xiaoer.actions.shop_data import account_named
from xiaoer.base.days import DAY, MICROS_PER_SECOND, Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.facts.presence import online_stretches
from xiaoer.planning.adherence import Kept, Span, heads, kept_by_shift
from xiaoer.planning.need import READ, of_people


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
    later: Issue | None = None  # shifts of days that nobody's online times are known of


def adherence_of(home: Path, ask: PlanAsk, duties: Sequence[Duty], need: NeedAsk) -> Adherence:
    """Return how a roster was kept; a ReportableError says what of it can not be used."""
    if not any(duty.is_work for duty in duties):  # what is known of the shop takes a second to read
        raise ReportableError.of("planning.nothing_planned")
    with open_plan(home, ask) as data:
        shifts = shifts_of(data, duties)
        data = replace(data, data=None)
    shifts, later = _until_seen(data, shifts)
    return Adherence(data, _by_person(data, shifts), _by_interval(data, shifts, need), shifts.unknown, later)


def _until_seen(data: PlanData, shifts: Shifts) -> tuple[Shifts, Issue | None]:
    """Return the shifts up to the last day of which online times are known, and what is said of those after it."""
    ends = [span.end for spans in shifts.online.values() for span in spans]
    if not ends:
        raise ReportableError.of("planning.no_presence", values={"shop": data.whose})
    seen = shifts.clock.local_day(instant_of(max(ends) - 1))
    kept = {agent: {day: spans for day, spans in days.items() if day <= seen} for agent, days in shifts.planned.items()}
    after = sum(day > seen for days in shifts.planned.values() for day in days)
    issue = Issue("planning.presence_until", Severity.NOTE, values={"last": str(seen), "count": after})
    if not any(kept.values()):
        raise ReportableError([replace(issue, severity=Severity.ERROR)])
    return replace(shifts, planned={agent: days for agent, days in kept.items() if days}), issue if after else None


def shifts_of(data: PlanData, duties: Sequence[Duty]) -> Shifts:
    """Return a roster's work on the days asked for and who was online; an error says what can not be used."""
    assert data.data is not None
    store, clock = data.data.store, data.settings.clock
    rows = store.current(data.data.snapshot, "presence", shops=data.data.shops)
    online = {
        agent: [Span(start_at, end_at) for start_at, end_at in spans]
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


def _by_person(data: PlanData, shifts: Shifts) -> list[Person]:
    return [
        Person(agent, shifts.names.get(agent, agent), {
            day: kept_by_shift(days.get(day, []), shifts.online.get(agent, []), day=shifts.day(day))
            for day in data.period.days()
        })
        for agent, days in sorted(shifts.planned.items())
    ]  # fmt: skip


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
