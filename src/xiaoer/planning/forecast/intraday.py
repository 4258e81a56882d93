"""The rest of a day, told again when its morning is known."""

import math
from dataclasses import dataclass

import numpy as np

from xiaoer.planning.forecast.history import Numbers

LEAST_SPREAD = 0.03  # a day that could not differ from its forecast could not be told again


@dataclass(frozen=True)
class Rest:
    """How many times the forecast the day turns out to be, how sure that is, and each interval from now on."""

    times: float
    spread: float  # of `times`, relative
    came: float
    told: float
    intervals: Numbers  # of the whole day; what has come stands as it came


def told_again(intervals: Numbers, came: Numbers, *, day_spread: float) -> Rest:
    """Return the day told again from its first `len(came)` intervals (NaN: not recorded).

    The day's level is Gamma around the forecast with the spread that days had before, arrivals are Poisson: after
    `came` of `told` the level is (k + came) ÷ (k + told) with k = 1 ÷ spread² (the conjugate posterior mean).
    """
    known = ~np.isnan(came)
    seen, expected = float(came[known].sum()), float(intervals[: len(came)][known].sum())
    sure = 1 / max(day_spread, LEAST_SPREAD) ** 2
    times = (sure + seen) / (sure + expected)
    rest = intervals * times
    rest[: len(came)] = np.where(known, came, rest[: len(came)])
    return Rest(times, 1 / math.sqrt(sure + seen), seen, expected, rest)
