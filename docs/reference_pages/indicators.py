"""The page of indicators: what others call a figure, and the metrics that measure it."""

from reference_pages.markdown import code, opening, page, table
from xiaoer.base.catalog import Catalog, Words
from xiaoer.metrics import load_metrics
from xiaoer.metrics.indicators import Indicator, load_indicators

TITLE = Words(zh="指标对照", en="Indicators")
LEAD = Words(
    zh="平台、绩效软件和考核表里的叫法，对应这里的哪些指标。",
    en="What platforms, performance tools and assessment sheets call a figure, and which metrics it is here.",
)
HEAD = {"zh": ("叫法", "指标", "名称", "说明"), "en": ("Called", "Metrics", "Labels", "Remarks")}


def indicators_page(language: str) -> str:
    """Return every indicator by section with its metrics."""
    metrics = load_metrics(Catalog())
    labels = {name: metric.label.in_language(language) for name, metric in metrics.items()}
    lines = opening(TITLE, LEAD, language)
    for section in load_indicators(Catalog()):
        rows = [_row(indicator, labels, language) for indicator in section.indicators]
        lines += [f"## {section.label.in_language(language)}", "", *table(HEAD[language], rows)]
    return page(lines)


def _row(indicator: Indicator, labels: dict[str, str], language: str) -> tuple[str, ...]:
    separator = "；" if language != "en" else "; "
    return (
        indicator.name.in_language(language),
        " ".join(map(code, indicator.metrics)),
        separator.join(labels[name] for name in indicator.metrics),
        indicator.note.in_language(language) if indicator.note else "",
    )
