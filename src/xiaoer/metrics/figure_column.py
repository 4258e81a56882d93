"""A metric's figures in all rows at once: the same sums as `figure_of`, on whole numbers, one division each."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from xiaoer.metrics.exact_column import ExactColumn
from xiaoer.metrics.figure import EPOCH, Figure, figure_of, scale_of
from xiaoer.metrics.measure import Part
from xiaoer.metrics.metric import Metric, Unit
from xiaoer.metrics.relations import Holds

FOUR_PLACES = 10_000


def figure_column(
    metric: Metric, parts: Mapping[Part, ExactColumn], holds: Holds, zone: ZoneInfo
) -> Sequence[Figure | None]:
    """Return the metric's figure in each row; None where a part is unknown or a denominator is 0.

    Python divides whole numbers to the nearest float, whatever their size, so these are the figures of `figure_of`.
    """
    if not all(column.whole for column in parts.values()):
        return _one_by_one(metric, parts, holds, zone)
    scale = scale_of(metric, holds)
    if Part.NUMERATOR in parts:
        return _quotients(parts[Part.NUMERATOR], parts[Part.DENOMINATOR], scale=scale)
    column = _less(parts[Part.VALUE], parts[Part.MINUS]) if Part.MINUS in parts else parts[Part.VALUE]
    numbers, over = column.numbers, column.scale * scale
    if holds is Holds.INSTANT:
        return _instants(column, zone)
    if metric.unit is Unit.YUAN:
        if FOUR_PLACES % over:
            return _one_by_one(metric, parts, holds, zone)
        times = FOUR_PLACES // over
        return [None if number is None else Decimal(number * times).scaleb(-4) for number in numbers]
    if metric.unit is Unit.SECONDS:
        return [None if number is None else number / over for number in numbers]
    if over == 1:
        return numbers
    return [None if number is None else number / over if number % over else number // over for number in numbers]


def _one_by_one(metric: Metric, parts: Mapping[Part, ExactColumn], holds: Holds, zone: ZoneInfo) -> list[Figure | None]:
    rows = len(next(iter(parts.values())).numbers)
    each = ({part: column.value(row) for part, column in parts.items()} for row in range(rows))
    return [figure_of(metric, values, holds, zone) for values in each]


def _quotients(numerator: ExactColumn, denominator: ExactColumn, *, scale: int) -> list[Figure | None]:
    up, down = denominator.scale, numerator.scale * scale
    pairs = zip(numerator.numbers, denominator.numbers, strict=True)
    return [None if above is None or not below else (above * up) / (below * down) for above, below in pairs]


def _less(column: ExactColumn, minus: ExactColumn) -> ExactColumn:
    pairs = list(zip(column.numbers, minus.numbers, strict=True))
    if column.scale == minus.scale:
        numbers = [None if value is None or less is None else value - less for value, less in pairs]
        return ExactColumn(numbers, column.scale)
    left, right = minus.scale, column.scale
    numbers = [None if value is None or less is None else value * left - less * right for value, less in pairs]
    return ExactColumn(numbers, left * right)


def _instants(column: ExactColumn, zone: ZoneInfo) -> list[Figure | None]:
    return [
        None
        if number is None
        else (EPOCH + timedelta(microseconds=int(Fraction(number, column.scale)))).astimezone(zone)
        for number in column.numbers
    ]
