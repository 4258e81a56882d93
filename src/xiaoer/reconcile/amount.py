"""A figure as what it is made of, exactly: so that figures of people or days can be put together as a tool would."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Amount:
    """`over` alone, or over ÷ under; in the metric's unit. An unknown or undivided figure is None."""

    over: Fraction | None
    under: Fraction | None = None
    is_ratio: bool = False

    @property
    def figure(self) -> Fraction | None:
        """Return the exact figure; None where a part is unknown or there is nothing to divide by."""
        if not self.is_ratio:
            return self.over
        return self.over / self.under if self.over is not None and self.under else None


def added_up(amounts: Iterable[Amount]) -> Amount | None:
    """Return Σ over ÷ Σ under (or Σ); None without any."""
    each = list(amounts)
    if not each:
        return None
    return Amount(_sum(one.over for one in each), _sum(one.under for one in each), each[0].is_ratio)


def mean_of(figures: Iterable[Fraction | None], *, of: int | None = None) -> Amount | None:
    """Return the mean of the known figures, or their sum over a number of rows; None without any."""
    known = [figure for figure in figures if figure is not None]
    count = len(known) if of is None else of
    return Amount(sum(known, NOTHING) / count) if known and count else None


def _sum(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, NOTHING) if known else None
