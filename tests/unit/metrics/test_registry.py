"""The registry: every public name is there, every file is checked as a whole, and names that are near are suggested."""

from pathlib import Path

import pytest

from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import check_metric_names, dimensions_of, load_metrics, load_views, metric_named

METRICS = load_metrics(Catalog())

# Scripts depend on these names.
PUBLIC = """
received_buyers replied_buyers unreplied_buyers transferred_out_buyers reply_share sessions buyer_messages
agent_messages agent_characters answer_question_ratio max_concurrent long_sessions session_seconds_mean rounds
answered_rounds first_response_seconds average_response_seconds median_response_seconds p90_response_seconds
three_minute_share slow_buyers inquiry_buyers inquiry_buyers_all after_sale_buyers ordered_buyers
converted_buyers_next_day converted_buyers_final conversion_share_next_day conversion_share_final
lost_not_ordered_buyers lost_unpaid_buyers credited_orders paid_orders payment_share sales_yuan refunded_yuan
net_sales_yuan items_sold paying_buyers spend_per_buyer_yuan items_per_buyer price_per_item_yuan
assisted_order_buyers assisted_follow_up_buyers shop_sales_yuan silent_sales_yuan silent_spend_per_buyer_yuan
agent_sales_share online_seconds away_seconds online_hours_per_account first_online_at last_online_at invited_share
rated_share satisfied_share refund_count refund_share dispute_share self_finished_share refund_finish_hours
complaint_count complaint_share service_dsr offered_calls answered_calls abandoned_calls abandonment_share
service_level_share average_speed_of_answer_seconds talk_seconds_mean handle_seconds_mean occupancy_share
""".split()

GOOD = """
group: speed
label: {zh: "一", en: "One"}
why: {zh: "一", en: "One"}
formula: {zh: "一", en: "One"}
unit: rounds
direction: none
needs: [messages]
value: {from: round, count: rows}
examples:
  - {title: {zh: "一", en: "One"}, tables: {}, report: {from: 2024-09-02, to: 2024-09-02}, rows: "made_up"}
  - {title: {zh: "一", en: "One"}, tables: {}, report: {from: 2024-09-02, to: 2024-09-02}, rows: "made_up"}
"""


def load_with(tmp_path: Path, text: str) -> dict[str, str]:
    """Load our catalog with one more metric over it; what is wrong by the key it is in."""
    path = tmp_path / "metrics" / "speed" / "made_up.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    try:
        load_metrics(Catalog((OUR_CATALOG, tmp_path)))
    except ReportableError as error:
        assert all(issue.place.file == str(path) for issue in error.issues)
        return {issue.place.column or "": issue.code for issue in error.issues}
    return {}


def test_every_public_name_is_a_metric() -> None:
    assert [name for name in PUBLIC if name not in METRICS] == []


def test_metrics_are_listed_by_group_and_place() -> None:
    names = [name for name in METRICS if name in PUBLIC]
    assert names[:3] == ["received_buyers", "replied_buyers", "unreplied_buyers"]
    assert names[-1] == "occupancy_share"
    places = [(metric.group, metric.place) for metric in METRICS.values()]
    assert len(set(places)) == len(places)


def test_labels_tell_metrics_apart_in_both_languages() -> None:
    for labels in ([m.label.zh for m in METRICS.values()], [m.label.en for m in METRICS.values()]):
        assert len(set(labels)) == len(labels)


def test_the_team_table_comes_first_and_its_columns_are_metrics() -> None:
    team = next(iter(load_views(Catalog(), METRICS).values()))
    assert (team.name, team.columns[0]) == ("team", "received_buyers")
    assert set(team.columns) <= set(METRICS)


def test_a_shops_own_metric_joins_ours(tmp_path: Path) -> None:
    assert load_with(tmp_path, GOOD) == {}


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("from: round", "from: rounds", {"value.from": "metrics.unknown_relation"}),
        ("count: rows", "sum: wait_micro", {"value.sum": "metrics.unknown_column"}),
        ("count: rows", 'count: rows, where: "hour / 2 = 4"', {"value.where": "metrics.not_portable"}),
        ("count: rows", "distinct: buyers per day", {"value.distinct": "metrics.unknown_column"}),
        ("count: rows", "count: rows, by_day_window: days", {"value.by_day_window": "metrics.unknown_setting"}),
        ("needs: [messages]", "needs: [message]", {"needs": "metrics.unknown_table"}),
        ("count: rows", "count: rows, sum: hour", {"value": "catalog.bad_value"}),
        ("count: rows", 'count: rows, every: "hour > 8"', {"value": "catalog.bad_value"}),
        ("count: rows", 'distinct: buyer, every: "hours > 8"', {"value.every": "metrics.unknown_column"}),
        ("unit: rounds", "unit: round", {"unit": "catalog.bad_value"}),
        ("unit: rounds", "unit: yuan", {"unit": "metrics.unit_differs"}),
        ("count: rows", "sum: wait_micros", {"unit": "metrics.unit_differs"}),
        ("direction: none", "direction: none\nlevle: shop", {"levle": "catalog.unknown_key"}),
        (
            "value: {from: round, count: rows}",
            "ratio: {numerator: reply_share, denominator: round}",
            {"ratio.numerator": "metrics.not_a_value", "ratio.denominator": "metrics.unknown_metric"},
        ),
    ],
)
def test_a_fault_is_named_by_its_file_and_key(tmp_path: Path, old: str, new: str, wrong: dict[str, str]) -> None:
    assert load_with(tmp_path, GOOD.replace(old, new)) == wrong


def test_an_unknown_metric_or_dimension_comes_with_near_names() -> None:
    with pytest.raises(ReportableError) as refused:
        metric_named("recieved_buyers", METRICS)
    assert "received_buyers" in str(refused.value.issues[0].values["near"])
    with pytest.raises(ReportableError) as refused:
        check_metric_names(["sales", "rounds", "seconds"], METRICS)
    assert [issue.values["name"] for issue in refused.value.issues] == ["sales", "seconds"]
    with pytest.raises(ReportableError) as refused:
        dimensions_of(["agents"])
    assert refused.value.issues[0].values == {"name": "agents", "near": "agent"}
