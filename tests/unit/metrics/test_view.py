"""Views: what is declared holds together, and what does not is named with its file, key and line."""

from pathlib import Path

import pytest

from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import Dimension, load_metrics, load_views, view_named
from xiaoer.metrics.view import ChartKind

METRICS = load_metrics(Catalog())
VIEWS = load_views(Catalog(), METRICS)

GOOD = """label: {zh: "周会", en: "Weekly"}
by: [day]
columns:
  - received_buyers
  - sales_yuan
charts:
  - {kind: line, metrics: [sales_yuan]}
"""


def wrong_in(tmp_path: Path, text: str) -> list[tuple[str, str | None, int | None]]:
    """Lay one more view over ours; return code, key and line of each thing that is wrong with it."""
    path = tmp_path / "reports" / "weekly.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        load_views(Catalog((OUR_CATALOG, tmp_path)), METRICS)
    except ReportableError as error:
        assert all(issue.place.file == str(path) for issue in error.issues)
        return [(issue.code, issue.place.column, issue.place.line) for issue in error.issues]
    return []


def test_the_views_that_shops_read_are_there_in_their_order() -> None:
    names = "team day hour reception speed inquiry sales shop_sales satisfaction attendance after_sale shop_after_sale"
    names += " calls calls_hour"
    assert list(VIEWS) == names.split()


def test_labels_tell_views_apart_and_each_says_why() -> None:
    for labels in ([view.label.zh for view in VIEWS.values()], [view.label.en for view in VIEWS.values()]):
        assert len(set(labels)) == len(labels)
    assert [name for name, view in VIEWS.items() if view.why is None] == []
    assert [name for name, view in VIEWS.items() if not view.charts] == ["shop_after_sale"], "one row is no chart"


def test_rows_of_hours_hold_only_figures_that_know_hours() -> None:
    for view in VIEWS.values():
        if Dimension.HOUR in view.dimensions:
            assert "max_concurrent" not in view.columns
            assert not any(METRICS[name].group == "attendance" for name in view.columns)


def test_stages_of_a_funnel_stand_side_by_side_so_that_a_workbook_draws_them_as_one_range() -> None:
    funnels = [(view, chart) for view in VIEWS.values() for chart in view.charts if chart.kind is ChartKind.FUNNEL]
    assert funnels
    for view, chart in funnels:
        first = view.columns.index(chart.metrics[0])
        assert view.columns[first : first + len(chart.metrics)] == chart.metrics


def test_a_view_is_found_by_its_label_in_either_language() -> None:
    assert view_named("询单漏斗", VIEWS).name == view_named("Inquiry funnel", VIEWS).name == "inquiry"
    with pytest.raises(ReportableError) as refused:
        view_named("inquery", VIEWS)
    assert "inquiry" in str(refused.value.issues[0].values["near"])
    with pytest.raises(ReportableError) as refused:
        view_named("漏斗", VIEWS)
    assert refused.value.issues[0].values["near"] == "询单漏斗"


def test_a_view_without_the_tables_it_needs_says_nothing() -> None:
    assert VIEWS["satisfaction"].known_columns(METRICS, {"messages", "orders"}) == []
    assert VIEWS["satisfaction"].known_columns(METRICS, {"ratings"}) == [
        name for name in VIEWS["satisfaction"].columns if METRICS[name].needs == ("ratings",)
    ]
    assert VIEWS["team"].known_columns(METRICS, {"calls"}) == []


def test_a_good_view_joins_ours_last(tmp_path: Path) -> None:
    assert wrong_in(tmp_path, GOOD) == []
    assert list(load_views(Catalog((OUR_CATALOG, tmp_path)), METRICS))[-1] == "weekly"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "- sales_yuan",
            "- sales_yuen",
            [("metrics.unknown_metric", "columns.1", 5), ("view.chart_of_no_column", "charts.0.metrics", 7)],
        ),
        ("[day]", "[days]", [("metrics.unknown_dimension", "by.0", 2)]),
        ("by: [day]", "needs: [order]", [("metrics.unknown_table", "needs.0", 2)]),
        ("metrics: [sales_yuan]", "metrics: [paid_orders]", [("view.chart_of_no_column", "charts.0.metrics", 7)]),
        ("kind: line", "kind: pie", [("catalog.bad_value", "charts.0.kind", 7)]),
        ("kind: line", "kind: funnel", [("catalog.bad_value", "charts.0", 7)]),
        ("by: [day]", "rows: [day]", [("catalog.unknown_key", "rows", 2)]),
        ("by: [day]", "label: {zh: 一, en: one}", [("catalog.key_twice", None, 2)]),
        ("by: [day]", "by: [day", [("catalog.not_yaml", None, 3)]),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_file_key_and_line(
    tmp_path: Path, old: str, new: str, wrong: list[tuple[str, str | None, int | None]]
) -> None:
    assert wrong_in(tmp_path, GOOD.replace(old, new, 1)) == wrong
