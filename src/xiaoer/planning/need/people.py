"""The fewest people of each interval with whom every goal holds, and how many to put on the roster for them."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiaoer.base.errors import ReportableError
from xiaoer.planning.need.chain import Served, Whole, served
from xiaoer.planning.need.goal import Figure, Goal
from xiaoer.planning.need.tail import Numbers, as_numbers
from xiaoer.planning.need.work import Work

MOST_PEOPLE = 5_000


def people_needed(contacts_per_second: ArrayLike, work: Work, goals: Sequence[Goal]) -> Whole:
    """Return the fewest people per interval who keep all goals; 0 where nobody comes.

    More people never make a figure worse, so halving finds the fewest. A ReportableError when an interval would need
    more than MOST_PEOPLE.
    """
    rates = as_numbers(contacts_per_second)
    distinct, where = np.unique(rates, return_inverse=True)
    busy = distinct > 0
    found = np.zeros(len(distinct), dtype=np.int64)
    found[busy] = _fewest(distinct[busy], work, goals)
    return np.asarray(found[where])


def _fewest(rates: Numbers, work: Work, goals: Sequence[Goal]) -> Whole:
    load = rates * work.handle_seconds[-1] / work.side_by_side
    least = np.ones(len(rates), dtype=np.int64)
    most = np.ceil(load + 2 * np.sqrt(load) + 1).astype(np.int64)
    while (short := np.flatnonzero(~_all_met(rates, most, work, goals))).size:
        if most[short].max() > MOST_PEOPLE:
            raise ReportableError.of("planning.too_many_people", values={"most": MOST_PEOPLE})
        least[short] = most[short] + 1
        most[short] += np.maximum(most[short] // 2, 2)
    while (open_ := np.flatnonzero(least < most)).size:
        middle = (least[open_] + most[open_]) // 2
        met = _all_met(rates[open_], middle, work, goals)
        most[open_] = np.where(met, middle, most[open_])
        least[open_] = np.where(met, least[open_], middle + 1)
    return np.asarray(most)


def _all_met(rates: Numbers, people: Whole, work: Work, goals: Sequence[Goal]) -> NDArray[np.bool_]:
    met = np.ones(len(rates), dtype=bool)
    for seconds in sorted({goal.seconds for goal in goals}):
        these = [goal for goal in goals if goal.seconds == seconds]
        means = any(goal.figure is Figure.ANSWER for goal in these)
        it = served(rates, people, work, within_seconds=seconds, with_means=means)
        for goal in these:
            met &= goal.met(it)
    return met


def on_the_roster(people: int, shrinkage: Fraction) -> int:
    """Return how many have to be planned so that `people` are at work: ⌈N ÷ (1 − s)⌉, never N × (1 + s).

    Shrinkage is the share of planned time in which somebody is not at work: leave, illness, training, breaks.
    A ReportableError unless it is at least 0 and below 1.
    """
    if not 0 <= shrinkage < 1:
        raise ReportableError.of("planning.shrinkage")
    return math.ceil(people / (1 - shrinkage))


def of_people(contacts_per_second: ArrayLike, people: Whole, work: Work, *, within_seconds: float) -> Served:
    """Return what these people give; an interval in which nobody comes is all well: no waits, no load."""
    rates = as_numbers(contacts_per_second)
    made = served(np.where(rates > 0, rates, 1.0), people, work, within_seconds=within_seconds)
    quiet = rates <= 0
    for name, value in vars(made).items():
        if name != "agents":
            value[quiet] = 1.0 if name in ("answered_in_time_share", "short_offer_share") else 0.0
    return made
