"""What a line costs by itself: its days, and its totals."""

from collections.abc import Sequence

import numpy as np

from xiaoer.planning.roster.problem import Person, Tally

SATURDAY, WEEK = 5, 7


def own_cost(person: Person, kinds: Sequence[int], *, first_weekday: int = 0) -> float:
    """Return what a line costs by itself: its days and its totals (infinite when a total is not allowed)."""
    days = float(sum(person.toll[day, kind] for day, kind in enumerate(kinds)))
    return days + sum(tally_cost(tally, kinds, first_weekday=first_weekday) for tally in person.tallies)


def tally_cost(tally: Tally, kinds: Sequence[int], *, first_weekday: int = 0) -> float:
    """Return what a line's total costs, infinite when it is not allowed."""
    totals = totals_of(tally, kinds, first_weekday=first_weekday)
    return max(float(tally.toll[total]) if total < len(tally.toll) else np.inf for total in totals)


def totals_of(tally: Tally, kinds: Sequence[int], *, first_weekday: int = 0) -> list[int]:
    """Return a line's total, or with a weekly tally that of each week."""
    totals: dict[int, int] = {0: 0}
    weekends = set()
    for day, kind in enumerate(kinds):
        week, weekday = divmod(first_weekday + day, WEEK)
        if kind and tally.weights is not None:
            at = week if tally.weekly else 0
            totals[at] = totals.get(at, 0) + int(tally.weights[day, kind])
        if kind and weekday >= SATURDAY:
            weekends.add(week)
    return [len(weekends)] if tally.weekend else list(totals.values())
