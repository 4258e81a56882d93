"""The days of a roster by activity: who does what in each quarter of an hour, which needs are short, what it costs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from xiaoer.actions.clock_text import clock_text
from xiaoer.actions.plan_roster_value import Kept, RosterProblem, given
from xiaoer.actions.plan_roster_words import NONE_KNOWN
from xiaoer.actions.plan_stop import Stop
from xiaoer.planning.roster.activities import Effort
from xiaoer.planning.roster.shop import ShopProblem
from xiaoer.planning.roster.shop.activities import ActivityDay, activities_of, activity_days, slot_minutes_of
from xiaoer.planning.roster.shop.answer import Duty

NODES = 1_000_000  # of a search that time ends
NEARLY = 1e-6
Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Doing:
    """What one person does from when to when: an activity, or (`other`) break, handover, free."""

    person: str
    start: str
    end: str
    activity: str
    other: str


@dataclass(frozen=True)
class CoverRun:
    """Slots on end in which an activity needs and has the same number of people, and what the difference costs."""

    activity: str
    start: str
    end: str
    needed: float
    there: float
    cost: float

    @property
    def over(self) -> float:
        """Return how many are there above the need; below 0: missing."""
        return self.there - self.needed


@dataclass(frozen=True)
class SharedDay:
    """One day shared out: what everybody does, how the needs are met, its cost and bound (None: not known)."""

    day: date
    doing: tuple[Doing, ...]
    cover: tuple[CoverRun, ...]
    changeovers: int
    cost: float
    bound: float | None


@dataclass(frozen=True)
class SharedRoster:
    """All days of a roster shared out, by which slots, and how long it took."""

    slot_minutes: int
    activities: tuple[str, ...]
    days: tuple[SharedDay, ...]
    seconds: float

    @property
    def cost(self) -> float:
        """Return what all days cost."""
        return sum(one.cost for one in self.days)

    @property
    def bound(self) -> float | None:
        """Return the cost below which nothing can be; None where it is not known of some day."""
        bounds = [one.bound for one in self.days if one.bound is not None]
        return sum(bounds) if len(bounds) == len(self.days) else None

    @property
    def changeovers(self) -> int:
        """Return how often somebody goes on with another activity."""
        return sum(one.changeovers for one in self.days)


def asked_activities(problem: RosterProblem) -> tuple[str, ...]:
    """Return the activities that a roster needs people for; "" is one that everybody can do."""
    return activities_of(problem.shop.plan)


def share_roster(
    problem: RosterProblem, duties: Sequence[Kept], stop: Stop, advance: Advance = lambda done, days: None
) -> SharedRoster:
    """Return who does what on each day; shifts and breaks stay. Proven days are the same every time, and so are all
    where a count of rounds ends the search. `advance` hears how many days of how many are done.
    """
    shop, watch = problem.shop, stop.watch()
    days: list[SharedDay] = []

    def effort() -> Effort:
        left = watch.left / (shop.plan.days - len(days))
        return Effort(NODES if stop.rounds is None else stop.rounds, left, stop.seed, lambda: watch.over)

    for made in activity_days(shop.plan, _duties(problem, duties), effort):
        days.append(_shared(shop, made))
        advance(len(days), shop.plan.days)
    return SharedRoster(slot_minutes_of(shop.plan), activities_of(shop.plan), tuple(days), watch.past)


def _duties(problem: RosterProblem, duties: Sequence[Kept]) -> list[Duty]:
    """Return kept duties as the engine has them; what the tables do not know is left out."""
    base, breaks = given(problem, duties)
    shifts = problem.shop.plan.shifts
    return [
        Duty(person, day, shifts[kind - 1], breaks[person, day])
        for person, kinds in base.items()
        for day, kind in enumerate(kinds)
        if kind
    ]


def _shared(shop: ShopProblem, made: ActivityDay) -> SharedDay:
    doing = tuple(
        Doing(one.person, clock_text(one.first), clock_text(one.last), one.activity, one.other)
        for one in made.stretches
    )  # fmt: skip
    bound = made.bound if made.bound > NONE_KNOWN else None
    cover = tuple(_runs(made, slot_minutes_of(shop.plan)))
    return SharedDay(shop.plan.date_of(made.day), doing, cover, made.changeovers, made.cost, bound)


def _runs(made: ActivityDay, minutes: int) -> Iterable[CoverRun]:
    """Return the needs of each activity, slots on end in which nothing changes as one."""
    for _, needs in groupby(sorted(made.needs, key=lambda one: (one.activity, one.start)), lambda one: one.activity):
        run: CoverRun | None = None
        for need in needs:
            start, end = clock_text(need.start), clock_text(need.start + minutes)
            same = (start, need.needed, need.there)
            if run is not None and (run.end, run.needed, run.there) == same:
                run = replace(run, end=end, cost=run.cost + need.cost)
                continue
            if run is not None:
                yield run
            run = CoverRun(need.activity, start, end, need.needed, need.there, need.cost)
        if run is not None:
            yield run


def kept_day(made: SharedRoster, day: SharedDay) -> dict[str, object]:
    """Return a day of these as plain values that can be kept."""
    whole = {"slot_minutes": made.slot_minutes, "activities": list(made.activities), "seconds": made.seconds}
    return whole | asdict(day) | {"day": str(day.day)}


def shared_of(kept: Sequence[Mapping[str, Any]]) -> SharedRoster:
    """Return kept days as they were."""
    days = tuple(
        SharedDay(
            date.fromisoformat(one["day"]), tuple(Doing(**each) for each in one["doing"]),
            tuple(CoverRun(**each) for each in one["cover"]), one["changeovers"], one["cost"], one["bound"],
        )
        for one in kept
    )  # fmt: skip
    names = sorted({name for one in kept for name in one["activities"]})
    return SharedRoster(kept[0]["slot_minutes"], tuple(names), days, kept[0]["seconds"])


def short_runs(days: Iterable[SharedDay]) -> list[tuple[date, CoverRun]]:
    """Return where people are missing, the dearest first."""
    return _dearest_first(days, lambda run: run.over < -NEARLY)


def over_runs(days: Iterable[SharedDay]) -> list[tuple[date, CoverRun]]:
    """Return where more people are there than needed, the dearest first."""
    return _dearest_first(days, lambda run: run.over > NEARLY)


def _dearest_first(days: Iterable[SharedDay], wanted: Callable[[CoverRun], bool]) -> list[tuple[date, CoverRun]]:
    found = [(one.day, run) for one in days for run in one.cover if wanted(run)]
    return sorted(found, key=lambda one: (-round(one[1].cost, 6), one[0], one[1].start, one[1].activity))
