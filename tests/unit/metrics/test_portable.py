"""SQL that reads alike everywhere passes; every other construct is named with its place."""

import pytest

from xiaoer.base.issues import Place
from xiaoer.base.steps import Step
from xiaoer.metrics.portable import expression_issues, step_issues

COLUMNS = ("hour", "wait_micros", "agent", "outcome")
HERE = Place("three_minute_share.yaml", column="ratio.numerator.where")


def issues(sql: str) -> list[tuple[str, str]]:
    found = expression_issues(sql, columns=COLUMNS, place=HERE)
    assert all(issue.place == HERE for issue in found)
    return [(issue.code, str(next(iter(issue.values.values())))) for issue in found]


@pytest.mark.parametrize(
    "sql",
    [
        "hour >= 8 AND wait_micros <= 180000000",
        "NOT agent IS NULL OR outcome IN ('assist', 'converted')",
        "CASE WHEN hour BETWEEN 8 AND 23 THEN wait_micros ELSE 0 END",
        "COALESCE(CAST(wait_micros AS DECIMAL(18, 4)), 0) * 2 - hour",
    ],
)
def test_comparisons_cases_and_casts_are_portable(sql: str) -> None:
    assert issues(sql) == []


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("date_trunc('hour', wait_micros) > 1", "DATE_TRUNC"),
        ("list_contains(agent, 'x')", "list_contains"),
        ("wait_micros / 60 > 3", "/"),
        ("MAX(hour) > 3", "Max"),
        ("hour = (SELECT 1)", "subquery"),
        ("SELECT hour FROM round", "SELECT"),
        ("made_up(hour)", "made_up"),
    ],
)
def test_what_engines_read_differently_is_refused(sql: str, part: str) -> None:
    assert ("metrics.not_portable", part) in issues(sql)


def test_an_unknown_column_comes_with_near_names() -> None:
    (issue,) = expression_issues("wait_micro > 1", columns=COLUMNS, place=HERE)
    assert (issue.code, issue.values) == ("metrics.unknown_column", {"column": "wait_micro", "near": "wait_micros"})


def test_every_problem_is_found_at_once() -> None:
    assert [code for code, _ in issues("made_up(hour) AND wait > agnt")] == [
        "metrics.not_portable", "metrics.unknown_column", "metrics.unknown_column",
    ]  # fmt: skip


def test_what_can_not_be_parsed_says_so() -> None:
    assert [code for code, _ in issues("hour >= (8")] == ["metrics.unreadable_sql"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM round",
        "SELECT ROW_NUMBER() OVER (ORDER BY wait_micros) AS n FROM round",
        "SELECT ROW_NUMBER() OVER (PARTITION BY agent) AS n FROM round",
        "SELECT COUNT(*) FILTER (WHERE hour > 8) AS n FROM round",
        "SELECT agent FROM round QUALIFY COUNT(*) OVER (PARTITION BY agent) > 1",
        "SELECT {{quantile(wait_micros, 0.5)}} AS n FROM round",
        "SELECT agent FROM rounds",
        "SELECT agent FROM later",
    ],
)
def test_a_step_that_is_not_portable_is_seen(sql: str) -> None:
    assert step_issues([Step("first", sql), Step("later", "SELECT agent FROM round")], relations=["round"]) != []


def test_a_step_may_read_relations_and_earlier_steps() -> None:
    steps = [
        Step("by_week", "SELECT {{week_of(day)}} AS week, COUNT(*) AS n FROM round GROUP BY {{week_of(day)}}"),
        Step("numbered", "SELECT ROW_NUMBER() OVER (ORDER BY week ASC NULLS LAST) AS place FROM by_week"),
    ]
    assert step_issues(steps, relations=["round"]) == []
