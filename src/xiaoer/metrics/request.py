"""What a report is asked for: days, dimensions, metrics, policy; and what is wrong with the asking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.metrics.measure import Measure, measures_of
from xiaoer.metrics.metric import Metric


class Dimension(StrEnum):
    """What rows of a report stand for. A week is named by its Monday, a month by its first day, a weekday 1 to 7.

    A kind of day is workday or weekend; traffic is who opened the chat, or before or after a sale.
    """

    SHOP = "shop"
    GROUP = "group"
    ROLE = "role"
    AGENT = "agent"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    WEEKDAY = "weekday"
    HOUR = "hour"
    DAY_KIND = "day_kind"
    TRAFFIC = "traffic"


AGENT_DIMENSIONS = frozenset({Dimension.AGENT, Dimension.GROUP, Dimension.ROLE})
TIME_DIMENSIONS = frozenset({
    Dimension.MONTH, Dimension.WEEK, Dimension.DAY, Dimension.WEEKDAY, Dimension.HOUR, Dimension.DAY_KIND,
})  # fmt: skip
# What load is adjusted for; a reader asks for the others.
NOT_ASKED_FOR = frozenset({Dimension.DAY_KIND, Dimension.TRAFFIC})


@dataclass(frozen=True)
class Request:
    """A report asked for; the relations given to it hold the shops asked for and nothing else."""

    period: Period
    metrics: tuple[str, ...]
    by: tuple[Dimension, ...] = (Dimension.AGENT,)
    shop: str | None = None
    policy: str = "order_first"
    settings: ShopSettings = field(default_factory=ShopSettings)

    @property
    def last_settings(self) -> DaySettings:
        """Return the settings that hold on the last day asked for."""
        return self.settings.on(self.period.last)

    def window(self, measure: Measure) -> Period:
        """Return the local days that a measure looks at."""
        setting = measure.aggregate.by_day_window
        if setting is None:
            return self.period
        days = max(1, self.last_settings.count(setting))
        return Period(self.period.last, self.period.last).widened(before=days - 1)


def dimensions_of(names: Sequence[str]) -> tuple[Dimension, ...]:
    """Return the dimensions of these names, each once; a ReportableError names the unknown ones with near names."""
    known = [dimension.value for dimension in Dimension if dimension not in NOT_ASKED_FOR]
    _refuse_unknown(names, known, code="metrics.unknown_dimension")
    return tuple(dict.fromkeys(Dimension(name) for name in names))


def check_metric_names(names: Sequence[str], metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """Return these names, each once; a ReportableError names every unknown one with near names."""
    _refuse_unknown(names, metrics, code="metrics.unknown_metric")
    return tuple(dict.fromkeys(names))


def days_needed(request: Request, metrics: Mapping[str, Metric]) -> Period:
    """Return the local days that relations must hold for this report: after-sale metrics look further back."""
    first: date = request.period.first
    for name in request.metrics:
        for measure in measures_of(metrics[name], metrics).values():
            first = min(first, request.window(measure).first)
    return Period(first, request.period.last)


def _refuse_unknown(names: Sequence[str], known: Collection[str], *, code: str) -> None:
    issues = [
        Issue(code, Severity.ERROR, values={"name": name, "near": ", ".join(near_names(name, known)) or "–"})
        for name in names
        if name not in known
    ]
    if issues:
        raise ReportableError(issues)
