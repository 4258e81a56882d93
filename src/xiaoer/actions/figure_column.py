"""A metric as a column of a page."""

from xiaoer.actions.render.page import Column, Kind
from xiaoer.metrics import UNIT_WORDS, Metric, Unit

KINDS = {
    Unit.SHARE: Kind.SHARE,
    Unit.SECONDS: Kind.SECONDS,
    Unit.YUAN: Kind.YUAN,
    Unit.HOURS: Kind.NUMBER,
    Unit.RATIO: Kind.NUMBER,
    Unit.INSTANT: Kind.INSTANT,
}


def kind_of(metric: Metric) -> Kind:
    """Return what the metric's cells hold; counts divided by counts, and quantiles of them, need not be whole."""
    whole = metric.ratio is None and (metric.value is None or metric.value.quantile is None)
    return KINDS.get(metric.unit, Kind.COUNT if whole else Kind.NUMBER)


def figure_column(metric: Metric, language: str) -> Column:
    """Return the metric's column; shares, durations and money carry their unit in each cell."""
    kind = kind_of(metric)
    spelled = kind in (Kind.SHARE, Kind.SECONDS, Kind.YUAN)
    unit = UNIT_WORDS[metric.unit].in_language(language)
    said = [metric.why.in_language(language), metric.formula.in_language(language)]
    label, told = metric.label.in_language(language), "\n".join(said)
    if not spelled:
        return Column(metric.name, label, kind, unit, told)
    return Column(metric.name, label, kind, help=told, bare_unit="" if kind is Kind.SHARE else unit)
