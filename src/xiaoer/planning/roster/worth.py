"""A first guess of what each row of cover is worth: as if people were a pool that works any shift on any day it may."""

import highspy
import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.roster.problem import Problem

Floats = NDArray[np.float64]


def first_worth(problem: Problem) -> Floats:
    """Return the worth of each row in the pool: people of a group on a day, and their days in all, are what is limited.

    Only a guess to begin from; any worth gives a true bound, a good one gives a high bound at once.
    """
    cover = problem.cover
    rows = len(cover.target)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    groups = len(problem.options)
    free = np.zeros((groups, problem.days))
    whole = np.zeros(groups)
    for person in problem.people:
        works = np.isfinite(person.toll[:, 1:]).any(axis=1)
        free[person.group] += works
        share = person.longest_run / (person.longest_run + person.shortest_rest)
        whole[person.group] += min(works.sum() * share, _most_days(person.tallies, problem.days))
    lower = np.concatenate([cover.target, np.full(groups * (problem.days + 1), -np.inf)])
    upper = np.concatenate([cover.target, free.ravel(), whole])
    none, empty = np.empty(0, dtype=np.int32), np.empty(0)
    solver.addRows(len(upper), lower, upper, 0, np.zeros(len(upper), dtype=np.int32), none, empty)
    count = len(cover.row)
    solver.addCols(
        count, cover.toll, np.zeros(count), cover.width, count,
        np.arange(count, dtype=np.int32), cover.row.astype(np.int32), -cover.sign,
    )  # fmt: skip
    for group, options in enumerate(problem.options):
        for option, day in enumerate(options.day.tolist()):
            span = slice(options.begins[option], options.begins[option + 1])
            index, place = np.unique(options.rows[span], return_inverse=True)
            adds = np.bincount(place, weights=options.adds[span], minlength=len(index))
            more = [rows + group * problem.days + day, rows + groups * problem.days + group]
            index = np.append(index, more).astype(np.int32)
            solver.addCol(0.0, 0.0, np.inf, len(index), index, np.append(adds, [1.0, 1.0]))
    solver.run()
    return np.array(solver.getSolution().row_dual)[:rows]


def _most_days(tallies: tuple[object, ...], days: int) -> float:
    """Return how many days the tally of minutes allows at most, by its longest kind."""
    for tally in tallies:
        weights = getattr(tally, "weights", None)
        if getattr(tally, "name", "") == "minutes" and weights is not None and weights.max() > 0:
            return float((len(getattr(tally, "toll", ())) - 1) / weights[:, 1:].mean())
    return float(days)
