"""The season of the year: by how much the level rose or fell from here to a day ahead in the years before."""

import numpy as np

from xiaoer.planning.forecast.effects import SHRINK
from xiaoer.planning.forecast.history import WEEK, Numbers

YEAR = 52 * WEEK  # whole weeks, so that the same weekdays are compared
AROUND = 2 * WEEK  # days on either side of which the level of a time of the year is the mean


def years_known(days: int) -> int:
    """Return of how many years before a history of so many days knows the same time as its last day, whole."""
    return max(0, (days - 1 - AROUND) // YEAR)


def season_log(levels: Numbers, ahead: int) -> float:
    """Return the logarithm of what the season makes of the level so many days after the last; 0 with no year before.

    Each year's change counts alike; seen once it is half believed, n times n ÷ (n + 1), like every effect here.
    `levels` are logarithms by day, NaN where unknown.
    """
    last = len(levels) - 1
    changes = [
        _mean(levels, last + ahead - back) - _mean(levels, last - back)
        for back in range(YEAR, YEAR * (years_known(len(levels)) + 1), YEAR)
    ]
    known = [change for change in changes if not np.isnan(change)]
    return float(sum(known)) / (len(known) + SHRINK)


def _mean(levels: Numbers, place: int) -> float:
    around = levels[place - AROUND : place + AROUND + 1]
    known = around[~np.isnan(around)]
    return float(known.mean()) if len(known) > AROUND else float("nan")
