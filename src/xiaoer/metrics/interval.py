"""How far chance alone may have moved a share: the 95 % interval of the cases behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Metric, Unit
from xiaoer.metrics.relations import Holds

# The two-sided 95 % point of the normal distribution.
Z = 1.959963984540054
# An inquiry is a reception seen by what came of it: row for row the same things.
_SAME_THINGS = {"inquiry": "reception"}

Parts = Mapping[Part, Fraction | None]


@dataclass(frozen=True)
class Interval:
    """Shares between which the true one lies in 95 of 100 such samples, and how many cases there were."""

    low: float
    high: float
    cases: int


def wilson(hits: int, cases: int) -> Interval:
    """Return the Wilson score interval of `hits` among `cases` (at least one) at 95 %, shares from 0 to 1.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the
    American Statistical Association 22 (1927), 209-212: shares p with |share - p| <= z * sqrt(p * (1 - p) / cases).
    """
    square = Z * Z
    middle = (hits + square / 2) / (cases + square)
    half = Z * sqrt(hits * (cases - hits) / cases + square / 4) / (cases + square)
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == cases else middle + half
    return Interval(low, high, cases)


def counts_a_part(metric: Metric, metrics: Mapping[str, Metric]) -> bool:
    """Return whether the metric is a share whose numerator counts some of the things its denominator counts."""
    if metric.unit is not Unit.SHARE or metric.ratio is None:
        return False
    measures = measures_of(metric, metrics)
    over, under = measures[Part.NUMERATOR].aggregate, measures[Part.DENOMINATOR].aggregate
    same_things = over.from_ == under.from_ or _SAME_THINGS.get(over.from_) == under.from_
    counted = over.kind == under.kind and over.kind in ("count", "distinct")
    return same_things and counted and (over.distinct, over.agent) == (under.distinct, under.agent)


def interval_of(parts: Parts) -> Interval | None:
    """Return the interval of a share with these parts; None with nothing to divide by or an unknown part."""
    hits, cases = parts[Part.NUMERATOR], parts[Part.DENOMINATOR]
    if hits is None or not cases or not 0 <= hits <= cases:
        return None
    return wilson(int(hits), int(cases))


def cases_behind(measures: Mapping[Part, Measure], parts: Parts) -> int | None:
    """Return how many things a share or a mean is over; None where it is over money or time, or not a quotient."""
    under = measures.get(Part.DENOMINATOR)
    if under is None or under.holds is not Holds.COUNT:
        return None
    cases = parts[Part.DENOMINATOR]
    return None if cases is None else int(cases)
