"""Patience of chats: a buyer who leaves says nothing, but the longer an answer takes, the fewer write on after it.

Each answered chat is looked at once, when the answer comes: whoever writes on was still there, so waited longer than
that (censored on the right); of whoever does not, nobody knows whether they had left before (censored on the left) or
had what they wanted. With exponential patience of rate θ and a share a of those still there who write on,

    P(writes on | answered after w seconds) = a · exp(−θ·w).

This is current-status data (Ayer et al. 1955) with one more parameter; a and θ are its maximum-likelihood estimates,
the interval of θ is where the profile likelihood lies within χ²₁ / 2 of its highest (Wilks 1938). Chats that nobody
ever answered say nothing of θ: everybody leaves in the end, and nobody saw when.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from xiaoer.planning.need.estimate import MeanSeconds

Floats = NDArray[np.float64]
DROP = 1.920729410347062  # half of the 95 % quantile of χ² with one degree of freedom
LONGEST_SECONDS = 1800.0  # who writes at night and is answered in the morning is another matter
SHORTEST_MEAN = 1.0
FEWEST = 200  # chats below which nothing is said
STEPS = 40
ALMOST = 1 - 1e-9


def patience_of_writing_on(chats: Iterable[tuple[float, bool]]) -> MeanSeconds | None:
    """Return the mean patience of answered chats (seconds to the answer, whether the buyer wrote on), with 95 %
    interval; None where longer waits do not visibly leave fewer writing on. `ends` counts those who did not write on.
    """
    seen = Counter((round(wait), wrote) for wait, wrote in chats if 0 <= wait <= LONGEST_SECONDS)
    silent = sum(count for (_, wrote), count in seen.items() if not wrote)
    if seen.total() < FEWEST or not 0 < silent < seen.total():
        return None
    waits = np.array(sorted({wait for wait, _ in seen}), dtype=float)
    wrote = np.array([seen[int(wait), True] for wait in waits], dtype=float)
    stayed_silent = np.array([seen[int(wait), False] for wait in waits], dtype=float)

    def likelihood(rate: float) -> float:
        return _profile(rate, waits, wrote, stayed_silent)

    best = _highest(likelihood, 0.0, 1 / SHORTEST_MEAN)
    floor = likelihood(best) - DROP
    if likelihood(0.0) >= floor:
        return None
    low = _crossing(likelihood, floor, inside=best, outside=0.0)
    high = _crossing(likelihood, floor, inside=best, outside=1 / SHORTEST_MEAN)
    return MeanSeconds(1 / best, 1 / high, 1 / low, silent)


def _profile(rate: float, waits: Floats, wrote: Floats, silent: Floats) -> float:
    """Return the highest log-likelihood with this rate, over the share of those still there who write on."""
    there = np.exp(-rate * waits)
    total = float(wrote.sum())

    def slope(share: float) -> float:
        return total / share - float((silent * there / (1 - share * there)).sum())

    low, high = 1e-9, ALMOST
    if slope(high) >= 0:
        share = high
    else:
        for _ in range(STEPS):
            share = (low + high) / 2
            low, high = (share, high) if slope(share) > 0 else (low, share)
    return float((wrote * (math.log(share) - rate * waits)).sum() + (silent * np.log1p(-share * there)).sum())


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one summit is highest, by golden section."""
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(STEPS):
        one, other = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, other) if function(one) >= function(other) else (one, high)
    return (low + high) / 2


def _crossing(function: Callable[[float], float], floor: float, *, inside: float, outside: float) -> float:
    """Return where a function falls below a floor between a place inside and one outside; that one if it does not."""
    if function(outside) >= floor:
        return outside
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if function(middle) >= floor else (inside, middle)
    return inside
