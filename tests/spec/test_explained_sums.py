"""The sums that the pages docs/explain/*.md work through are what the engine gives."""

from pathlib import Path

import pytest

from tests.spec.engine_answers import answers
from xiaoer.base.catalog import Catalog, load_file
from xiaoer.metrics import load_metrics
from xiaoer.metrics.example import example_differences, example_request, example_tables
from xiaoer.metrics.metric import Example, Metric

METRICS = load_metrics(Catalog())
DOCS = Path(__file__).resolve().parents[2] / "docs"

A_MORNING = """
buyer | agent | sent_at             | sender | auto  | text
小满  | 李晓  | 2024-09-01 10:00:00 | buyer  | false | 这件有 XL 吗
小满  | 李晓  | 2024-09-01 10:00:05 | agent  | true  | 您好，稍等
小满  | 李晓  | 2024-09-01 10:00:30 | agent  | false | 有的
小满  | 李晓  | 2024-09-01 10:02:00 | buyer  | false | 几天到
小满  | 李晓  | 2024-09-01 10:02:10 | buyer  | false | 急用
小满  | 李晓  | 2024-09-01 10:03:00 | agent  | false | 后天
"""
AN_ORDER = """
order_id | buyer | created_at          | paid_at             | amount_paid
A1       | 小满  | 2024-09-01 10:20:00 | 2024-09-01 10:40:00 | 120.00
"""
TWO_AGENTS = """
buyer | agent | sent_at             | sender
小满  | 李晓  | 2024-09-01 10:00:00 | buyer
小满  | 李晓  | 2024-09-01 10:08:00 | agent
小满  | 王敏  | 2024-09-01 10:30:00 | buyer
小满  | 王敏  | 2024-09-01 10:35:00 | agent
"""
FIVE_INQUIRIES = """
buyer | agent | sent_at             | sender
甲    | 王敏  | 2024-09-01 09:00:00 | buyer
甲    | 王敏  | 2024-09-01 09:01:00 | agent
乙    | 王敏  | 2024-09-01 09:10:00 | buyer
乙    | 王敏  | 2024-09-01 09:11:00 | agent
乙    | 李晓  | 2024-09-01 10:00:00 | buyer
乙    | 李晓  | 2024-09-01 10:01:00 | agent
丙    | 王敏  | 2024-09-01 11:00:00 | buyer
丙    | 王敏  | 2024-09-01 11:01:00 | agent
丁    | 王敏  | 2024-09-01 12:00:00 | buyer
丁    | 王敏  | 2024-09-01 12:01:00 | agent
戊    | 王敏  | 2024-09-01 13:00:00 | buyer
戊    | 王敏  | 2024-09-01 13:01:00 | agent
己    | 王敏  | 2024-09-02 09:00:00 | buyer
己    | 王敏  | 2024-09-02 09:01:00 | agent
"""
FIVE_ORDERS = """
order_id | buyer | created_at          | paid_at             | amount_paid
1        | 甲    | 2024-09-01 09:30:00 | 2024-09-01 09:31:00 | 10
2        | 乙    | 2024-09-01 10:30:00 | 2024-09-01 10:31:00 | 10
3        | 丙    | 2024-09-01 11:30:00 | 2024-09-06 11:30:00 | 10
5        | 戊    | 2024-09-02 12:00:00 | 2024-09-03 12:00:00 | 10
6        | 己    | 2024-09-02 09:30:00 | 2024-09-02 09:31:00 | 10
"""

A_CHAT = """
buyer | agent | sent_at             | sender
小满  | 李晓  | 2024-09-01 10:00:00 | buyer
小满  | 李晓  | 2024-09-01 10:05:00 | agent
"""
ONE_ORDER = """
order_id | buyer | created_at | paid_at | amount_paid
A1 | 小满 | {created_at} | {paid_at} | 120.00
"""
EDGES = {
    "an order 48 hours after t0": ("2024-09-03 10:00:00", "", "1 | 0 | 1"),
    "an order a second earlier": ("2024-09-03 09:59:59", "", "1 | 1 | 0"),
    "an order 48 hours after the session's end": ("2024-09-03 10:05:00", "", "1 | 0 | 1"),
    "an order a second later": ("2024-09-03 10:05:01", "", "0 | 0 | 1"),
    "a payment after 96 hours": ("2024-09-01 11:00:00", "2024-09-05 11:00:00", "1 | 0 | 0"),
    "a payment a second later": ("2024-09-01 11:00:00", "2024-09-05 11:00:01", "1 | 1 | 0"),
    "an order in the second of the first human message": ("2024-09-01 10:05:00", "", "1 | 1 | 0"),
    "an order a second before it": ("2024-09-01 10:04:59", "", "0 | 1 | 0"),
}

SUMS = {
    "how-numbers-flow: one morning": (
        {"messages": A_MORNING, "orders": AN_ORDER},
        {"from": "2024-09-01", "to": "2024-09-01"},
        "agent | rounds | sessions | first_response_seconds | average_response_seconds | sales_yuan\n"
        "李晓  | 2      | 1        | 30                     | 45                       | 120",
    ),
    "how-a-conversion-is-credited: policy order": (
        {"messages": TWO_AGENTS, "orders": AN_ORDER},
        {"from": "2024-09-01", "to": "2024-09-01", "policy": "order"},
        "agent | sales_yuan | assisted_order_buyers | assisted_follow_up_buyers\n李晓 | 120 | 0 | 0\n王敏 | 0 | 0 | 1",
    ),
    "how-a-conversion-is-credited: policy payment": (
        {"messages": TWO_AGENTS, "orders": AN_ORDER},
        {"from": "2024-09-01", "to": "2024-09-01", "policy": "payment"},
        "agent | sales_yuan | assisted_order_buyers | assisted_follow_up_buyers\n李晓 | 0 | 1 | 0\n王敏 | 120 | 0 | 0",
    ),
    "how-a-conversion-is-credited: policy order_first": (
        {"messages": TWO_AGENTS, "orders": AN_ORDER},
        {"from": "2024-09-01", "to": "2024-09-01", "policy": "order_first"},
        "agent | sales_yuan | assisted_order_buyers | assisted_follow_up_buyers\n李晓 | 120 | 0 | 0\n王敏 | 0 | 0 | 1",
    ),
    "how-a-conversion-is-credited: five inquiries": (
        {"messages": FIVE_INQUIRIES, "orders": FIVE_ORDERS},
        {"from": "2024-09-01", "to": "2024-09-01"},
        "agent | inquiry_buyers_all | inquiry_buyers | converted_buyers_final | conversion_share_final | "
        "conversion_share_next_day | lost_unpaid_buyers | lost_not_ordered_buyers\n"
        "李晓 | 1 | 1 | 1 | 1 | 1 | 0 | 0\n王敏 | 5 | 4 | 2 | 1/2 | 1/4 | 1 | 1",
    ),
    "how-a-conversion-is-credited: two days": (
        {"messages": FIVE_INQUIRIES, "orders": FIVE_ORDERS},
        {"from": "2024-09-01", "to": "2024-09-02"},
        "agent | conversion_share_final\n李晓 | 1\n王敏 | 3/5",
    ),
}


def differences(name: str, tables: dict[str, str], report: dict[str, str], rows: str) -> list[str]:
    """Return how the engine's report differs from the rows."""
    title = {"zh": name, "en": name}
    example = Example.model_validate({"title": title, "tables": tables, "report": report, "rows": rows})
    asked = example_request(example, METRICS)
    with answers(example_tables(example), asked.settings, policy=asked.policy, metrics=METRICS) as session:
        return example_differences(example, session.report(asked))


@pytest.mark.parametrize("name", SUMS)
def test_the_page_tells_what_the_engine_gives(name: str) -> None:
    tables, report, rows = SUMS[name]
    assert differences(name, tables, report, rows) == []


@pytest.mark.parametrize("name", EDGES)
def test_the_edges_are_where_the_page_says(name: str) -> None:
    created_at, paid_at, figures = EDGES[name]
    tables = {"messages": A_CHAT, "orders": ONE_ORDER.format(created_at=created_at, paid_at=paid_at)}
    rows = f"agent | credited_orders | lost_unpaid_buyers | lost_not_ordered_buyers\n李晓 | {figures}"
    report = {"from": "2024-09-01", "to": "2024-09-05"}
    assert differences(name, tables, report, rows) == []


def test_the_metric_that_add_a_metric_shows(tmp_path: Path) -> None:
    page = (DOCS / "howto/add-a-metric.zh.md").read_text(encoding="utf-8")
    shown = tmp_path / "auto_replies_per_buyer.yaml"
    shown.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    metric, issues = load_file(shown, Metric)
    assert metric is not None, issues
    metrics = METRICS | {shown.stem: metric.model_copy(update={"name": shown.stem})}
    for example in metric.examples:
        asked = example_request(example, metrics)
        with answers(example_tables(example), asked.settings, policy=asked.policy, metrics=metrics) as session:
            assert example_differences(example, session.report(asked)) == []
