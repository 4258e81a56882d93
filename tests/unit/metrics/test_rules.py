"""A platform's rule holds from its day on: in the figure, and in words."""

from datetime import date
from pathlib import Path

import pytest

from tests.spec.engine_answers import answers
from xiaoer.base.catalog import Catalog, load_file
from xiaoer.metrics import load_metrics, rule_lines
from xiaoer.metrics.example import example_differences, example_request, example_tables
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.rules import by_day, rule_on, with_rules

FILE = """
group: speed
label: {zh: "及时率", en: "In time"}
why: {zh: "平台的规则。", en: "A platform's rule."}
formula: {zh: "及时答复的回合 ÷ 回合", en: "rounds in time ÷ rounds"}
unit: share
direction: up
needs: [messages]
ratio:
  numerator:
    {from: round, count: rows, where: "hour BETWEEN {first_hour} AND {last_hour} AND wait_micros <= {within_micros}"}
  denominator: {from: round, count: rows, where: "hour BETWEEN {first_hour} AND {last_hour}"}
rules:
  - {from: 2023-01-01, hours: [8, 24], unit: round, within_seconds: 180, at_least: 0.70, grade: C,
     source: {zh: "旧文", en: "an old page"}}
  - {from: 2024-09-03, hours: [9, 23], unit: round, within_seconds: 60, at_least: 0.8, grade: A,
     source: {zh: "公告", en: "a notice"}}
examples:
  - title: {zh: "规则在第二天变了", en: "The rule changes on the second day"}
    tables:
      messages: |
        buyer | agent | sent_at | sender
        阿青 | 小夏 | 2024-09-02 10:00:00 | buyer
        阿青 | 小夏 | 2024-09-02 10:02:00 | agent
        小白 | 小夏 | 2024-09-02 08:10:00 | buyer
        小白 | 小夏 | 2024-09-02 08:20:00 | agent
        阿青 | 小夏 | 2024-09-03 10:00:00 | buyer
        阿青 | 小夏 | 2024-09-03 10:02:00 | agent
        小白 | 小夏 | 2024-09-03 08:10:00 | buyer
        小白 | 小夏 | 2024-09-03 08:20:00 | agent
    report: {from: 2024-09-02, to: 2024-09-03, by: "day"}
    rows: |
      day | in_time
      2024-09-02 | 1/2
      2024-09-03 | 0
  - title: {zh: "最早的规则之前，也按最早的算", en: "Before the first rule, the first one holds"}
    tables:
      messages: |
        buyer | agent | sent_at | sender
        阿青 | 小夏 | 2022-09-02 08:00:00 | buyer
        阿青 | 小夏 | 2022-09-02 08:03:00 | agent
    report: {from: 2022-09-02, to: 2022-09-02, by: "day"}
    rows: |
      day | in_time
      2022-09-02 | 1
"""


@pytest.fixture
def metric(tmp_path: Path) -> Metric:
    """Give a metric whose rule changes once."""
    file = tmp_path / "in_time.yaml"
    file.write_text(FILE, encoding="utf-8")
    loaded, issues = load_file(file, Metric)
    assert loaded is not None, issues
    return loaded.model_copy(update={"name": "in_time"})


@pytest.mark.parametrize("number", [0, 1])
def test_each_day_is_judged_by_the_rule_of_that_day(metric: Metric, number: int) -> None:
    metrics = {"in_time": with_rules(metric)}
    example = metric.examples[number]
    asked = example_request(example, metrics)
    with answers(example_tables(example), asked.settings, policy=asked.policy, metrics=metrics) as session:
        assert example_differences(example, session.report(asked)) == []


def test_a_value_that_never_changed_is_plain(metric: Metric) -> None:
    assert by_day(metric.rules, "cap_micros") == "NULL"
    assert by_day(metric.rules[:1], "within_micros") == "180000000"
    assert by_day(metric.rules, "last_hour") == "(CASE WHEN day >= DATE '2024-09-03' THEN 22 ELSE 23 END)"


def test_the_rule_on_a_day(metric: Metric) -> None:
    found = [
        rule_on(metric.rules, day).within_seconds for day in (date(2000, 1, 1), date(2024, 9, 2), date(2024, 9, 3))
    ]
    assert found == [180, 180, 60]


def test_rules_are_said_newest_first(metric: Metric) -> None:
    assert rule_lines(metric, "en") == [
        "from 2024-09-03; hours 9:00–23:00; counted by round; within 60 s; at least 80 %; source A: a notice",
        "from 2023-01-01; hours 8:00–24:00; counted by round; within 180 s; at least 70 %; source C: an old page",
    ]
    assert rule_lines(metric, "zh")[0].startswith("2024-09-03 起；时段 9:00–23:00；按回合计；60 秒内；要求不低于 80 %")


def test_two_rules_of_one_day_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "in_time.yaml"
    file.write_text(FILE.replace("2024-09-03, hours", "2023-01-01, hours"), encoding="utf-8")
    loaded, issues = load_file(file, Metric)
    assert loaded is None
    assert issues


def test_every_figure_of_a_platform_says_its_rule() -> None:
    platforms = ("taobao_", "jd_", "pdd_", "douyin_", "kuaishou_", "xiaohongshu_")
    metrics = load_metrics(Catalog())
    silent = [name for name, one in metrics.items() if name.startswith(platforms) and not one.rules]
    assert silent == []
    assert not any("{" in str(one.value or one.ratio) for one in metrics.values() if one.rules)
