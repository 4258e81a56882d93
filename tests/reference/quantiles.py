"""Exact quantiles by linear interpolation between the two nearest ranks (R's type 7)."""

from fractions import Fraction


def quantile(values: list[Fraction], share: Fraction) -> Fraction | None:
    """Return the quantile of the values; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
