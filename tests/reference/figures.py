"""What the figures are made of: the facts of one row of a report, and the few ways of counting them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference.facts import Facts
from tests.reference.shop import Shop

Value = int | Decimal | Fraction | Any | None


@dataclass(frozen=True)
class Slice:
    """The facts of one row of a report: of its days and agents, of everybody (`of_shop`), of all days (`ever`)."""

    shop: Shop
    by: tuple[str, ...]
    last_day: date
    facts: Facts
    of_shop: Facts
    ever: Facts
    ever_of_shop: Facts

    def all(self, kind: str) -> list[Any]:
        """Return the things of one kind in this row."""
        return [one.what for one in self.facts[kind]]

    def buyers(self, kind: str, holds: Callable[[Any], bool], buyer: Callable[[Any], str]) -> int:
        """Return the distinct buyers of each day for whom something holds, summed over the days."""
        return len({(one.day, buyer(one.what)) for one in self.facts[kind] if holds(one.what)})


Figure = Callable[[Slice], Value]


def ratio(over: int | Fraction | Decimal | None, under: int | Fraction | Decimal | None) -> Fraction | None:
    """Return over ÷ under exactly; None where one is unknown or there is nothing to divide by."""
    return None if over is None or under is None or under == 0 else Fraction(over) / Fraction(under)


def seconds(length: timedelta) -> Fraction:
    """Return a length in seconds, exactly."""
    return Fraction(length // timedelta(microseconds=1), 1_000_000)


def mean_seconds(lengths: list[timedelta]) -> Fraction | None:
    """Return Σ lengths ÷ their number in seconds."""
    return ratio(sum((seconds(one) for one in lengths), Fraction(0)), len(lengths))
