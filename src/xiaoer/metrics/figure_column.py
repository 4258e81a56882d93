"""A metric's figures in all rows at once: the same sums as `figure_of`, on whole numbers, one division each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np

from xiaoer.base.days import MICROS_PER_SECOND
from xiaoer.metrics.exact_column import ExactColumn, column_of, with_unknown
from xiaoer.metrics.figure import Figure, figure_of, scale_of
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
        if column.words is not None and column.words.are_exact_floats(1):
            return with_unknown(column.words.values / over, column.words.unknown)
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
    above, below = numerator.words, denominator.words
    if above is not None and below is not None and above.are_exact_floats(up) and below.are_exact_floats(down):
        nothing = above.unknown | below.unknown | (below.values == 0)
        return with_unknown((above.values * up) / np.where(nothing, 1, below.values * down), nothing)
    pairs = zip(numerator.numbers, denominator.numbers, strict=True)
    return [None if over is None or not under else (over * up) / (under * down) for over, under in pairs]


def _less(column: ExactColumn, minus: ExactColumn) -> ExactColumn:
    if column.scale == minus.scale and column.words is not None and minus.words is not None:
        difference = column.words.less(minus.words)
        if difference is not None:
            return column_of(difference, column.scale)
    pairs = list(zip(column.numbers, minus.numbers, strict=True))
    if column.scale == minus.scale:
        numbers = [None if value is None or less is None else value - less for value, less in pairs]
        return ExactColumn(numbers, column.scale)
    left, right = minus.scale, column.scale
    numbers = [None if value is None or less is None else value * left - less * right for value, less in pairs]
    return ExactColumn(numbers, left * right)


def _instants(column: ExactColumn, zone: ZoneInfo) -> list[Figure | None]:
    if column.scale == 1:
        return [None if number is None else _instant(number, zone) for number in column.numbers]
    whole = (None if number is None else int(Fraction(number, column.scale)) for number in column.numbers)
    return [None if number is None else _instant(number, zone) for number in whole]


def _instant(micros: int, zone: ZoneInfo) -> datetime:
    seconds, rest = divmod(micros, MICROS_PER_SECOND)
    at = datetime.fromtimestamp(seconds, zone)
    return at.replace(microsecond=rest) if rest else at
