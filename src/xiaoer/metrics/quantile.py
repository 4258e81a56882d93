"""The quantile in exact fractions: linear between the two nearest values."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def exact_quantile(values: Iterable[Fraction], q: Decimal) -> Fraction:
    """Return the value (n - 1) * q places above the lowest, in between by proportion; there must be a value."""
    ranked = sorted(values)
    place = (len(ranked) - 1) * Fraction(q)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)
