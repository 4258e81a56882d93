"""Metrics that count distinct buyers in the other way: once in the whole period, or once a day."""

from collections.abc import Mapping

from xiaoer.metrics import Metric
from xiaoer.metrics.metric import Aggregate, Ratio
from xiaoer.reconcile.cause import Buyers

PER_DAY = " per day"


def counted(metrics: Mapping[str, Metric], buyers: Buyers | None) -> Mapping[str, Metric]:
    """Return the metrics with buyers counted so; as they are for None."""
    if buyers is None:
        return metrics
    return {name: _metric(metric, buyers) for name, metric in metrics.items()}


def _metric(metric: Metric, buyers: Buyers) -> Metric:
    value = _part(metric.value, buyers) if metric.value is not None else None
    ratio = metric.ratio
    if ratio is not None:
        ratio = Ratio(numerator=_part(ratio.numerator, buyers), denominator=_part(ratio.denominator, buyers))
    return metric.model_copy(update={"value": value, "ratio": ratio})


def _part(part: Aggregate | str, buyers: Buyers) -> Aggregate | str:
    if isinstance(part, str) or part.distinct_column != "buyer":
        return part
    distinct = "buyer" if buyers is Buyers.ONCE else f"buyer{PER_DAY}"
    return part.model_copy(update={"distinct": distinct})
