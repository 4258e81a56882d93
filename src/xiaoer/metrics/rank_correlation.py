"""Spearman's rank correlation with its p-value: do two figures rise and fall together?

Own code because a statistics library costs a cold start more than the whole report does; the tests hold it to
an enumeration of all orders and to a numerical integral of the distribution.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

EXACT_UP_TO = 9  # pairs for which every order is tried; beyond, Student's t comes close enough
_TINY = 1e-300
_PRECISE = 1e-15
_MOST_TERMS = 10_000


@dataclass(frozen=True)
class RankCorrelation:
    """ρ from −1 to 1 and its two-sided p-value; both None where one side never changes, or below two pairs."""

    pairs: int
    rho: float | None
    p_value: float | None


def rank_correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> RankCorrelation:
    """Return Spearman's ρ (Pearson's of mid-ranks) and the two-sided p-value of no relation at all.

    Exact over all orders up to nine pairs; else Student's t with n − 2 degrees of freedom (Kendall & Stuart, 31.19).
    """
    count = len(pairs)
    left, right = (centred_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    spread = sum(one * one for one in left) * sum(one * one for one in right)
    if spread == 0:
        return RankCorrelation(count, None, None)
    together = sum(one * other for one, other in zip(left, right, strict=True))
    if count <= EXACT_UP_TO:
        return RankCorrelation(count, together / math.sqrt(spread), _exact_p_value(left, right, abs(together)))
    apart = Fraction(spread - together * together, spread)  # 1 − ρ², exactly
    p_value = incomplete_beta(float(apart), (count - 2) / 2, 0.5)
    return RankCorrelation(count, together / math.sqrt(spread), p_value)


def centred_ranks(values: Sequence[Fraction]) -> list[int]:
    """Return twice each value's mid-rank less the mean rank: whole numbers that add up to 0, ties alike."""
    times = sorted(Counter(values).items())
    below, ranks = 0, {}
    for value, number in times:
        ranks[value] = 2 * below + number - len(values)
        below += number
    return [ranks[value] for value in values]


def _exact_p_value(left: Sequence[int], right: Sequence[int], observed: int) -> float:
    """Return the share of all orders of one side whose ranks agree or disagree at least as much as observed."""
    reached: dict[int, Counter[int]] = {0: Counter({0: 1})}  # which of `right` are taken → sum so far → ways
    for rank in left:
        following: dict[int, Counter[int]] = {}
        for taken, sums in reached.items():
            for place, other in enumerate(right):
                if not taken >> place & 1:
                    ways = following.setdefault(taken | 1 << place, Counter())
                    for total, number in sums.items():
                        ways[total + rank * other] += number
        reached = following
    (sums,) = reached.values()
    return sum(number for total, number in sums.items() if abs(total) >= observed) / sums.total()


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) (DLMF 8.17.22, by Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on this side only
        return 1 - incomplete_beta(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """Return 1 + d₁/(1 + d₂/(1 + …)) of the incomplete beta function."""
    value, c, d = 1.0, 1.0, 0.0
    for number in range(1, _MOST_TERMS):
        m = number // 2
        if number % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + term * d or _TINY)
        c = 1 + term / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _PRECISE:
            break
    return value
