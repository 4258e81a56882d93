"""Rows ranked by a metric so that few lucky cases do not come first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xiaoer.metrics.interval import cases_behind, counts_a_part, interval_of
from xiaoer.metrics.measure import measures_of
from xiaoer.metrics.metric import Direction, Metric
from xiaoer.metrics.report import Report, exact_of
from xiaoer.metrics.report_rows import Row


class RankedBy(StrEnum):
    """What decided the order of rows."""

    INTERVAL_LOW = "interval_low"
    INTERVAL_HIGH = "interval_high"
    VALUE = "value"


@dataclass(frozen=True)
class Ranking:
    """Rows from the best; `like_first` are those whose intervals overlap with the first one's: not told from it."""

    metric: str
    rows: tuple[Row, ...]
    by: RankedBy
    like_first: tuple[Row, ...] = ()


def ranked(report: Report, metric: Metric, metrics: Mapping[str, Metric], *, few_below: int) -> Ranking:
    """Return the rows by what they surely reach: a share by the worse end of its interval, best first.

    Other figures go by their value, means over few cases after those over enough. Without a better way the largest
    come first; rows without a figure come last; equal ones stay in the order of their dimensions.
    """
    down, given = metric.direction is Direction.DOWN, tuple(report.rows)
    if not counts_a_part(metric, metrics):
        rows = tuple(sorted(given, key=_by_value(metric, metrics, few_below, down=down)))
        return Ranking(metric.name, rows, RankedBy.VALUE)
    intervals = {id(row): interval_of(row.parts[metric.name]) for row in given}

    def surely(row: Row) -> tuple[bool, float]:
        interval = intervals[id(row)]
        return (True, 0.0) if interval is None else (False, interval.high if down else -interval.low)

    rows = tuple(sorted(given, key=surely))
    first = intervals[id(rows[0])] if rows else None
    like = (
        row
        for row in rows[1:]
        if first is not None and (own := intervals[id(row)]) is not None
        if own.low <= first.high and first.low <= own.high
    )
    return Ranking(metric.name, rows, RankedBy.INTERVAL_HIGH if down else RankedBy.INTERVAL_LOW, tuple(like))


def _by_value(
    metric: Metric, metrics: Mapping[str, Metric], few_below: int, *, down: bool
) -> Callable[[Row], tuple[bool, bool, Fraction]]:
    """Return the key of a figure: known ones first, those over enough cases before those over few, then the value."""
    measures = measures_of(metric, metrics)

    def key(row: Row) -> tuple[bool, bool, Fraction]:
        value = exact_of(metric, row, metrics)
        if value is None:
            return (True, True, Fraction(0))
        cases = cases_behind(measures, row.parts[metric.name])
        return (False, cases is not None and cases < few_below, value if down else -value)

    return key
