"""Every indicator that shops know is measured or says why not; every metric is somebody's indicator."""

from xiaoer.base.catalog import Catalog
from xiaoer.metrics import load_metrics
from xiaoer.metrics.indicators import Indicator, load_indicators

METRICS = load_metrics(Catalog())
INDICATORS: list[Indicator] = [one for section in load_indicators(Catalog()) for one in section.indicators]


def test_every_metric_named_is_there() -> None:
    assert [name for one in INDICATORS for name in one.metrics if name not in METRICS] == []


def test_every_metric_is_an_indicator_of_somebody() -> None:
    named = {name for one in INDICATORS for name in one.metrics}
    assert sorted(set(METRICS) - named) == []


def test_what_is_not_measured_says_why() -> None:
    assert [one.name.en for one in INDICATORS if not one.metrics and one.note is None] == []


def test_no_indicator_names_a_metric_twice() -> None:
    assert [one.name.en for one in INDICATORS if len(set(one.metrics)) != len(one.metrics)] == []
