"""Figures: exact fractions until the very end, then the kind of number that the unit asks for."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from xiaoer.base.money import PLACES
from xiaoer.metrics.measure import Part
from xiaoer.metrics.metric import Metric, Unit
from xiaoer.metrics.relations import Holds

Figure = int | float | Decimal | datetime
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROS_IN = {Unit.SECONDS: 1_000_000, Unit.HOURS: 3_600_000_000}


def figure_of(metric: Metric, parts: Mapping[Part, Fraction | None], holds: Holds, zone: ZoneInfo) -> Figure | None:
    """Return the metric's figure from its parts; None where a part is unknown or a denominator is 0."""
    value = exact_figure(metric, parts, holds)
    if value is None:
        return None
    if holds is Holds.INSTANT:
        return (EPOCH + timedelta(microseconds=int(value))).astimezone(zone)
    return in_unit(metric, value)


def exact_figure(metric: Metric, parts: Mapping[Part, Fraction | None], holds: Holds) -> Fraction | None:
    """Return the metric's exact value in its unit (an instant: its microseconds since 1970); None where unknown."""
    value = _exact_figure(parts)
    return None if value is None else value / scale_of(metric, holds)


def scale_of(metric: Metric, holds: Holds) -> int:
    """Return by what a stored value is divided to be in the metric's unit: durations are stored in microseconds."""
    return _MICROS_IN.get(metric.unit, 1) if holds is Holds.MICROS else 1


def in_unit(metric: Metric, value: Fraction) -> Figure:
    """Return the exact value as the unit's kind of number: money with four places, counts whole, quotients a float."""
    if metric.unit is Unit.YUAN and metric.ratio is None:
        return rounded_yuan(value)
    if metric.ratio is None and metric.unit is not Unit.SECONDS and value.denominator == 1:
        return int(value)
    return value.numerator / value.denominator


def rounded_yuan(value: Fraction) -> Decimal:
    """Return yuan with four places, halves away from zero."""
    whole = abs(value) / Fraction(PLACES)
    rounded = int(whole + Fraction(1, 2))
    return (Decimal(rounded if value >= 0 else -rounded) * PLACES).quantize(PLACES, ROUND_HALF_UP)


def _exact_figure(parts: Mapping[Part, Fraction | None]) -> Fraction | None:
    if Part.NUMERATOR in parts:
        numerator, denominator = parts[Part.NUMERATOR], parts[Part.DENOMINATOR]
        return numerator / denominator if numerator is not None and denominator else None
    value, minus = parts[Part.VALUE], parts.get(Part.MINUS, Fraction(0))
    return value - minus if value is not None and minus is not None else None
