"""Examples of a shop's own metrics: read, run, and every difference named."""

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.metrics import Metric, load_metrics
from xiaoer.metrics.example_check import example_issues
from xiaoer.metrics.metric import Example

METRICS = load_metrics(Catalog())


def issues(**changes: object) -> list[tuple[str, str]]:
    """Change the first example of the three-minute share; what is said about it."""
    example: Example = METRICS["three_minute_share"].examples[0].model_copy(update=changes)
    metric: Metric = METRICS["three_minute_share"].model_copy(update={"examples": (example,)})
    found = example_issues(["three_minute_share"], {**METRICS, metric.name: metric}, files={metric.name: "own.yaml"})
    assert all((issue.place.file, issue.place.column) == ("own.yaml", "examples.0") for issue in found)
    return [(issue.code, " ".join(map(str, issue.values.values()))) for issue in found]


def test_an_example_that_holds_has_no_issue() -> None:
    assert issues() == []


@pytest.mark.parametrize(
    ("rows", "difference"),
    [
        ("agent | three_minute_share\n小夏 | 1/2", "小夏 three_minute_share: 1/2 ≠ 0.0"),
        ("agent | three_minute_share\n小夏 | -", "小夏 three_minute_share: - ≠ 0.0"),
        ("agent | three_minute_share\n小夏 | much", "小夏 three_minute_share: much ≠ 0.0"),
        ("agent | three_minute_share", "0 ≠ 1 rows"),
    ],
)
def test_a_difference_is_named_with_both_values(rows: str, difference: str) -> None:
    assert issues(rows=rows) == [("metrics.example_differs", difference)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": "agent | three_minutes\n小夏 | 0"}, "metrics.unknown_metric"),
        ({"rows": "agent | three_minute_share\n小夏"}, "metrics.unreadable_example"),
        ({"tables": {"message": "buyer"}}, "metrics.unknown_table"),
        ({"tables": {"messages": "buyer | nick\n阿青 | 阿青"}}, "metrics.unreadable_example"),
        ({"tables": {"messages": "buyer | sent_at\n阿青 | noon"}}, "metrics.unreadable_example"),
        ({"settings": {"wait_cap": "600"}}, "settings.unknown"),
        ({"settings": {"wait_cap_seconds": "long"}}, "settings.bad_count"),
    ],
)
def test_an_example_that_can_not_be_read_says_why(changes: dict[str, object], code: str) -> None:
    assert [found for found, _ in issues(**changes)] == [code]
