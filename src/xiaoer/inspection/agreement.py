"""How far judges agree beyond chance: Krippendorff's alpha for values without an order."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction


def alpha(units: Iterable[Sequence[Hashable]]) -> Fraction | None:
    """Return Krippendorff's alpha of nominal values, exactly: 1 agreement, 0 chance, below 0 worse than chance.

    Each unit has the values that its judges gave; those of fewer than two do not count. None where nothing is left, or
    all values are the same, so that chance could not have differed. K. Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), C: alpha = 1 - (n - 1) x sum over units of (pairs that differ / (judges - 1)) / (pairs of
    all values that differ).
    """
    of_all: Counter[Hashable] = Counter()
    seen = Fraction(0)
    for values in units:
        if len(values) > 1:
            counted = Counter(values)
            of_all.update(counted)
            seen += Fraction(_differing(counted), len(values) - 1)
    expected = _differing(of_all)
    return None if not expected else 1 - (of_all.total() - 1) * seen / expected


def _differing(counted: Counter[Hashable]) -> int:
    """Return how many ordered pairs of different places have different values."""
    return counted.total() ** 2 - sum(number**2 for number in counted.values())
