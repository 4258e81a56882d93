"""Spearman's ρ and its p-value the slow way: ranks by counting, every order tried, the t density added up."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

Values = Sequence[Fraction | int]
STEPS = 20_000


def mid_ranks(values: Values) -> list[Fraction]:
    """Return each value's rank from 1, values that are the same sharing the mean of their ranks."""
    return [
        Fraction(sum(other < value for other in values)) + Fraction(1 + sum(other == value for other in values), 2)
        for value in values
    ]


def spearman(left: Values, right: Values) -> float | None:
    """Return Pearson's correlation of the mid-ranks; None where one side never changes."""
    ranks, others = mid_ranks(left), mid_ranks(right)
    middle = Fraction(len(left) + 1, 2)
    spread = sum((one - middle) ** 2 for one in ranks) * sum((one - middle) ** 2 for one in others)
    if not spread:
        return None
    together = sum((one - middle) * (other - middle) for one, other in zip(ranks, others, strict=True))
    return float(together) / math.sqrt(spread)


def p_value_of_all_orders(left: Values, right: Values) -> float:
    """Return in how many of all orders of `right` the ranks go together or apart at least as much, as a share."""
    ranks, others = mid_ranks(left), mid_ranks(right)
    middle = Fraction(len(left) + 1, 2)

    def strength(order: Sequence[Fraction]) -> Fraction:
        return abs(
            sum(((one - middle) * (other - middle) for one, other in zip(ranks, order, strict=True)), Fraction())
        )

    observed = strength(others)
    orders = list(permutations(others))
    return sum(strength(order) >= observed for order in orders) / len(orders)


def p_value_of_t(rho: float, pairs: int) -> float:
    """Return the two-sided tail of Student's t at ρ·√((n − 2) ÷ (1 − ρ²)), by Simpson's rule over its angle.

    With t = √ν · tan θ the density is proportional to cos^(ν − 1) θ, which is smooth up to the end.
    """
    degrees = pairs - 2
    angle = math.atan(abs(rho) / math.sqrt(1 - rho * rho))

    def area(start: float, end: float) -> float:
        width = (end - start) / STEPS
        heights = [math.cos(start + width * step) ** (degrees - 1) for step in range(STEPS + 1)]
        return width / 3 * (heights[0] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2]) + heights[-1])

    return area(angle, math.pi / 2) / area(0, math.pi / 2)
