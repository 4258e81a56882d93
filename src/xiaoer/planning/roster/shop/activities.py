"""The days of a roster by activity: what each person does in each quarter of an hour, how each need is met."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import ceil, gcd

from xiaoer.base.days import DAY_MINUTES
from xiaoer.planning.roster.activities import (
    Cell,
    DayWork,
    Effort,
    Shared,
    Worker,
    changeovers_of,
    minutes_there,
    row_cost,
    share_out,
)
from xiaoer.planning.roster.shop.answer import Duty
from xiaoer.planning.roster.shop.plan import RosterPlan
from xiaoer.planning.roster.shop.wanted import NEED, wanted_rows
from xiaoer.planning.roster.shop.ways import WayToWork

QUARTER, LEAST = 15, 5
ANYTHING = ""  # the activity of a need that names no skill: everybody can do it
# What else a stretch can be; free: nothing that they can do is asked for.
BREAK, HANDOVER, FREE = "break", "handover", "free"


@dataclass(frozen=True)
class Stretch:
    """What one person does from when to when, in minutes since midnight: an activity, or (`other`) something else."""

    person: str
    first: int
    last: int
    activity: str
    other: str = ""


@dataclass(frozen=True)
class MetNeed:
    """How many an activity needs in a slot (minutes since midnight), how many are there, what the difference costs."""

    start: int
    activity: str
    needed: float
    there: float
    cost: float


@dataclass(frozen=True)
class ActivityDay:
    """One day: who does what when, how each need is met, what it costs, and the bound below which nothing can be."""

    day: int
    stretches: tuple[Stretch, ...]
    needs: tuple[MetNeed, ...]
    changeovers: int
    cost: float
    bound: float


def activities_of(plan: RosterPlan) -> tuple[str, ...]:
    """Return the activities that a plan needs people for, by name."""
    return tuple(sorted({one.skill for one in plan.need if one.people > 0}))


def slot_minutes_of(plan: RosterPlan) -> int:
    """Return the minutes of a slot: a quarter of an hour, or what divides both it and the intervals of the need."""
    minutes = plan.need[0].minutes
    common = gcd(QUARTER, minutes)
    return common if common >= LEAST else minutes


def activity_days(plan: RosterPlan, duties: Sequence[Duty], effort: Callable[[], Effort]) -> Iterator[ActivityDay]:
    """Yield the days in order, each with as much effort as is left for it."""
    board = _board(plan, duties)
    before: Mapping[Cell, float] = {}
    for day in range(plan.days):
        work = _work_of(board, day, before)
        shared = share_out(work, effort(), turn=day)
        yield _day(board, day, work, shared)
        there = minutes_there(work, shared.doing)
        before = {(at, slot - board.per_day): one for (at, slot), one in there.items() if slot >= board.per_day}


@dataclass(frozen=True)
class _Board:
    """What each activity needs in each slot from the first midnight on; the shifts of each day with their slots."""

    plan: RosterPlan
    minutes: int
    names: tuple[str, ...]
    people: Mapping[Cell, float]
    shifts: Sequence[Mapping[Duty, Mapping[int, int]]]  # of each day, by slots from its midnight, with minutes

    @property
    def per_day(self) -> int:
        """Return the slots of a day."""
        return DAY_MINUTES // self.minutes

    def present(self, day: int) -> set[int]:
        """Return the slots, from a day's midnight, in which somebody whose shift began on it is there."""
        return {slot for slots in self.shifts[day].values() for slot in slots} if 0 <= day < self.plan.days else set()

    def cells(self, day: int) -> list[Cell]:
        """Return the needs that a day answers for, in slots from its midnight.

        Hours after midnight belong to the day before while only its shifts go on.
        """
        mine = self.present(day)
        slots = set(range(self.per_day)) - ({slot - self.per_day for slot in self.present(day - 1)} - mine)
        slots |= {slot for slot in mine if slot >= self.per_day and slot - self.per_day not in self.present(day + 1)}
        begin = day * self.per_day
        asked = sorted(
            slot for slot in slots if any((at, begin + slot) in self.people for at in range(len(self.names)))
        )
        return [(at, slot) for slot in asked for at in range(len(self.names))]


def _board(plan: RosterPlan, duties: Sequence[Duty]) -> _Board:
    minutes, names = slot_minutes_of(plan), activities_of(plan)
    interval = plan.need[0].minutes
    per_day, each = DAY_MINUTES // minutes, interval // minutes
    people: dict[Cell, float] = {}
    for row in wanted_rows(plan):
        if row.kind == NEED and len(row.skills) == 1 and (name := min(row.skills)) in names:
            first = row.day * per_day + row.interval * each
            people |= {(names.index(name), slot): row.people for slot in range(first, first + each)}
    shifts: list[dict[Duty, Mapping[int, int]]] = [{} for _ in range(plan.days)]
    for duty in sorted(duties, key=lambda one: one.person):
        there = WayToWork(duty.shift, duty.breaks).presence(minutes)
        shifts[duty.day][duty] = {slot: round(share * minutes) for slot, share in there.items()}
    return _Board(plan, minutes, names, people, shifts)


def _work_of(board: _Board, day: int, before: Mapping[Cell, float]) -> DayWork:
    """Return what is to be shared out on a day; who can do nothing that is asked is not among the workers."""
    plan, begin = board.plan, day * board.per_day
    needs = {(at, slot): board.people.get((at, begin + slot), 0.0) for at, slot in board.cells(day)}
    asked = {at for (at, _), people in needs.items() if people > 0}
    skills = {member.name: {ANYTHING, *member.skills} for member in plan.people}
    settings = [plan.activity(name) for name in board.names]
    workers = []
    for duty, slots in board.shifts[day].items():
        can = tuple(at for at in sorted(asked) if board.names[at] in skills[duty.person])
        if can and slots:
            workers.append(Worker(duty.person, can, tuple(slots), tuple(slots.values())))
    return DayWork(
        slot_minutes=board.minutes,
        shortest=tuple(max(1, ceil(one.shortest_minutes / board.minutes)) for one in settings),
        lack=tuple(one.lack_an_hour for one in settings),
        surplus=plan.number("surplus_an_hour"),
        changeover=plan.number("changeover"),
        people=needs,
        workers=tuple(workers),
        before=before,
    )


def _day(board: _Board, day: int, work: DayWork, shared: Shared) -> ActivityDay:
    there = minutes_there(work, shared.doing)
    doing = {
        worker.name: dict(zip(worker.slots, one, strict=True))
        for worker, one in zip(work.workers, shared.doing, strict=True)
    }
    needs = []
    for cell in sorted(work.people, key=lambda cell: (cell[1], cell[0])):
        at, slot = cell
        minutes = there.get(cell, 0.0)
        cost = row_cost(work, cell, minutes)
        needs.append(MetNeed(slot * board.minutes, board.names[at], work.people[cell], minutes / board.minutes, cost))
    stretches = [one for duty in board.shifts[day] for one in _stretches(board, duty, doing.get(duty.person, {}))]
    return ActivityDay(day, tuple(stretches), tuple(needs), changeovers_of(shared.doing), shared.cost, shared.bound)


def _stretches(board: _Board, duty: Duty, doing: Mapping[int, int]) -> list[Stretch]:
    """Return a shift in pieces: each activity, break and hand-over from when to when."""
    start, end = duty.shift.start, duty.shift.end
    until = end - duty.shift.handover_minutes
    inner = {*range(start // board.minutes * board.minutes, end, board.minutes), until, *chain(*duty.breaks)}
    points = sorted({start, end, *(point for point in inner if start < point < end)})
    found: list[Stretch] = []
    for first, last in pairwise(points):
        activity, other = "", FREE
        if any(begins <= first < ends for begins, ends in duty.breaks):
            other = BREAK
        elif first >= until:
            other = HANDOVER
        elif (slot := first // board.minutes) in doing:
            activity, other = board.names[doing[slot]], ""
        if found and (found[-1].activity, found[-1].other) == (activity, other):
            found[-1] = replace(found[-1], last=last)
        else:
            found.append(Stretch(duty.person, first, last, activity, other))
    return found
