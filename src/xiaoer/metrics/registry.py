"""Every metric by name, in the order of lists."""

from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names
from xiaoer.base.yaml_lines import with_line
from xiaoer.metrics.metric import Group, Metric
from xiaoer.metrics.rules import with_rules


def load_metrics(catalog: Catalog) -> dict[str, Metric]:
    """Return every metric by name, by group and place in it; a ReportableError lists every issue of every file.

    Our own metrics are checked by the tests; reading their SQL again for every question would take longer than answers.
    """
    loaded = catalog.load("metrics", Metric)
    metrics = {name: with_rules(metric.model_copy(update={"name": name})) for name, metric in loaded.items()}
    files = catalog.files("metrics")
    if any(not file.is_relative_to(OUR_CATALOG) for file in files.values()):
        from xiaoer.metrics.check import metric_issues

        issues = [issue for name in metrics for issue in metric_issues(metrics[name], metrics, file=str(files[name]))]
        if issues:
            raise ReportableError([with_line(issue) for issue in issues])
    order = list(Group)
    return dict(sorted(metrics.items(), key=lambda item: (order.index(item[1].group), item[1].place, item[0])))


def metric_named(name: str, metrics: dict[str, Metric]) -> Metric:
    """Return one metric; a ReportableError with near names when there is none of this name."""
    if name not in metrics:
        near = ", ".join(near_names(name, metrics)) or "–"
        raise ReportableError.of("metrics.unknown_metric", values={"name": name, "near": near})
    return metrics[name]
