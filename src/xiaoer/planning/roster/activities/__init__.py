"""What each person of a day does in each quarter of an hour: shifts and breaks stay, activities are shared out."""

from xiaoer.planning.roster.activities.day import (
    Cell,
    DayWork,
    Shared,
    Worker,
    changeovers_of,
    cost_of,
    minutes_there,
    row_cost,
)
from xiaoer.planning.roster.activities.people import to_people
from xiaoer.planning.roster.activities.programme import Effort, groups_of, numbers_of

SOLVED_WITHIN = 1e-3  # the solver calls an answer best that is so near its bound

__all__ = [
    "Cell",
    "DayWork",
    "Effort",
    "Shared",
    "Worker",
    "changeovers_of",
    "cost_of",
    "minutes_there",
    "row_cost",
    "share_out",
]


def share_out(work: DayWork, effort: Effort, *, turn: int = 0) -> Shared:
    """Return who does what, its cost and a bound below which nothing can be; `turn` moves who is asked first."""
    if not work.workers:
        cost = cost_of(work, ())
        return Shared((), cost, cost)
    groups = groups_of(work)
    numbers = numbers_of(work, groups, effort)
    doing = to_people(work, groups, numbers.begins, numbers.ends, turn=turn)
    cost = cost_of(work, doing)
    return Shared(doing, cost, cost if cost - numbers.bound < SOLVED_WITHIN else numbers.bound)
