"""What a figure can be held against, and what comes of it: the other value, the difference, better or worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.near_names import near_names
from xiaoer.metrics.metric import Direction, Metric


class Comparison(StrEnum):
    """What figures are compared with."""

    PREVIOUS_DAY = "previous_day"
    PREVIOUS_WEEK = "previous_week"
    PREVIOUS_PERIOD = "previous_period"
    PREVIOUS_MONTH = "previous_month"
    SAME_PERIOD_LAST_YEAR = "same_period_last_year"
    TEAM = "team"
    TARGET = "target"
    LOAD_ADJUSTED = "load_adjusted"


class Verdict(StrEnum):
    """What a difference means by the metric's direction."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Unknown(StrEnum):
    """Why there is nothing to compare with."""

    IMMATURE = "immature"
    NO_DATA = "no_data"
    NO_ROW = "no_row"
    NO_FIGURE = "no_figure"
    NO_TARGET = "no_target"
    NOT_COMPARABLE = "not_comparable"
    WHOLE_SHOP = "whole_shop"
    ALONE = "alone"
    NOT_A_RATE = "not_a_rate"
    NO_HOURS = "no_hours"
    TWO_SOURCES = "two_sources"
    SPANS_HOURS = "spans_hours"
    NOTHING_EXPECTED = "nothing_expected"
    NO_COLLEAGUE = "no_colleague"


# Reasons that lie in the metric, not in a row.
OF_THE_METRIC = frozenset({
    Unknown.NO_TARGET, Unknown.NOT_COMPARABLE, Unknown.WHOLE_SHOP, Unknown.NOT_A_RATE, Unknown.NO_HOURS,
    Unknown.TWO_SOURCES, Unknown.SPANS_HOURS,
})  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One figure held against another, exact and in the figure's unit; `unknown` says why there is no other.

    `few`: few cases stand behind one of the two, so the difference may be chance.
    """

    other: Fraction | None = None
    difference: Fraction | None = None
    verdict: Verdict | None = None
    unknown: Unknown | None = None
    few: bool = False


def compared(metric: Metric, own: Fraction | None, other: Fraction | None) -> Compared:
    """Return what comes of two exact figures of a metric: own less other; no verdict where no way is better."""
    if own is None or other is None:
        return Compared(other=other, unknown=Unknown.NO_FIGURE)
    difference = own - other
    if metric.direction is Direction.NONE:
        return Compared(other, difference)
    if difference == 0:
        return Compared(other, difference, Verdict.SAME)
    better = (difference > 0) == (metric.direction is Direction.UP)
    return Compared(other, difference, Verdict.BETTER if better else Verdict.WORSE)


def comparisons_of(names: Sequence[str]) -> tuple[Comparison, ...]:
    """Return the comparisons of these names, each once; a ReportableError names the unknown ones with near names."""
    known = [one.value for one in Comparison]
    issues = [
        Issue(
            "metrics.unknown_comparison", Severity.ERROR,
            values={"name": name[:40], "near": ", ".join(near_names(name, known)) or "–", "known": ", ".join(known)},
        )
        for name in names
        if name not in known
    ]  # fmt: skip
    if issues:
        raise ReportableError(issues)
    return tuple(dict.fromkeys(Comparison(name) for name in names))
