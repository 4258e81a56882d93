"""One day's work to share out: who is there in which slots, what each can do, how many each activity needs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, inf

Cell = tuple[int, int]  # an activity and a slot
Pieces = tuple[tuple[float, float], ...]  # up to which share of the need, and how many times the first price

LACK_DEEPER: Pieces = ((0.1, 1.0), (0.25, 1.5), (inf, 2.5))
SURPLUS_DEEPER: Pieces = ((0.25, 1.0), (inf, 2.0))  # so that what is over is spread, and idle activities stay empty


@dataclass(frozen=True)
class Worker:
    """One person: activities that they can do, and the slots in which they are there with the minutes of each."""

    name: str
    can: tuple[int, ...]
    slots: tuple[int, ...]
    minutes: tuple[int, ...]


@dataclass(frozen=True)
class DayWork:
    """A day. `shortest` (slots) and `lack` (cost of one missing for an hour) are by activity; `people` are the needs
    to be met here, `before` the person-minutes that others are there already.
    """

    slot_minutes: int
    shortest: tuple[int, ...]
    lack: tuple[float, ...]
    surplus: float
    changeover: float
    people: Mapping[Cell, float]
    workers: tuple[Worker, ...]
    before: Mapping[Cell, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Shared:
    """What each worker does in each of their slots, in the order of the workers; its cost and the bound."""

    doing: tuple[tuple[int, ...], ...]
    cost: float
    bound: float


def pieces_of(work: DayWork, cell: Cell) -> Iterator[tuple[int, float, float]]:
    """Return the prices of a need in order: -1 lack or 1 surplus, how many person-minutes, and the price of each."""
    people = work.people[cell]
    for sign, price, deeper in ((-1, work.lack[cell[0]], LACK_DEEPER), (1, work.surplus, SURPLUS_DEEPER)):
        start = 0.0
        for share, times in deeper:
            end = inf if share == inf else float(ceil(share * people))
            if end > start:
                yield sign, (end - start) * work.slot_minutes, price * times / 60
                start = end


def row_cost(work: DayWork, cell: Cell, minutes: float) -> float:
    """Return what it costs that so many person-minutes are there where the need of this cell is."""
    over = minutes - work.people[cell] * work.slot_minutes
    left, cost = abs(over), 0.0
    for sign, width, price in pieces_of(work, cell):
        if sign * over > 0:
            cost += min(left, width) * price
            left = max(0.0, left - width)
    return cost


def minutes_there(work: DayWork, doing: tuple[tuple[int, ...], ...]) -> dict[Cell, float]:
    """Return the person-minutes that each activity has in each slot."""
    there: dict[Cell, float] = defaultdict(float, work.before)
    for worker, activities in zip(work.workers, doing, strict=True):
        for slot, minutes, activity in zip(worker.slots, worker.minutes, activities, strict=True):
            there[activity, slot] += minutes
    return there


def changeovers_of(doing: tuple[tuple[int, ...], ...]) -> int:
    """Return how often somebody goes on with another activity, a break between or not."""
    return sum(a != b for activities in doing for a, b in zip(activities, activities[1:], strict=False))


def cost_of(work: DayWork, doing: tuple[tuple[int, ...], ...]) -> float:
    """Return what a day costs: lack and surplus of each need, and the changeovers."""
    there = minutes_there(work, doing)
    rows = sum(row_cost(work, cell, there.get(cell, 0.0)) for cell in work.people)
    return rows + changeovers_of(doing) * work.changeover
