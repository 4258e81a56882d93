"""What is compared with what: shifts of days, rows that stand beside one another, verdicts, teams, states, rankings."""

from datetime import date
from fractions import Fraction

import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.metrics import (
    Comparison,
    Immature,
    Report,
    Request,
    Row,
    Unknown,
    Verdict,
    compared,
    days_of_row,
    dimensions_of,
    earlier_of,
    load_metrics,
    place_of,
    ranked,
    standings_of,
    team_figure,
)
from xiaoer.metrics.measure import Part
from xiaoer.metrics.report_rows import DimensionValue

METRICS = load_metrics(Catalog())


def september(first: int, last: int) -> Period:
    return Period(date(2024, 9, first), date(2024, 9, last))


def asked(period: Period, *by: str) -> Request:
    return Request(period, ("reply_share",), by=dimensions_of(by))


def row(over: int | None, under: int, **place: DimensionValue) -> Row:
    parts = {Part.NUMERATOR: None if over is None else Fraction(over), Part.DENOMINATOR: Fraction(under)}
    figure = None if over is None or not under else over / under
    return Row(place, {"reply_share": figure}, {"reply_share": parts})


def report(*rows: Row, total: Row | None = None, immature: tuple[Immature, ...] = ()) -> Report:
    return Report(rows, total or row(0, 0), immature, {})


@pytest.mark.parametrize(
    ("metric", "own", "other", "verdict"),
    [
        ("reply_share", 3, 2, Verdict.BETTER), ("reply_share", 2, 3, Verdict.WORSE),
        ("reply_share", 2, 2, Verdict.SAME),
        ("average_response_seconds", 3, 2, Verdict.WORSE), ("average_response_seconds", 2, 3, Verdict.BETTER),
        ("session_seconds_mean", 2, 3, None),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_metric_s_direction(metric: str, own: int, other: int, verdict: Verdict | None) -> None:
    found = compared(METRICS[metric], Fraction(own), Fraction(other))
    assert found.other == other
    assert found.difference == own - other
    assert found.verdict is verdict


def test_an_unknown_side_is_said() -> None:
    found = compared(METRICS["reply_share"], None, Fraction(1, 3))
    assert (found.difference, found.verdict, found.unknown) == (None, None, Unknown.NO_FIGURE)


@pytest.mark.parametrize(
    ("comparison", "period", "wanted"),
    [
        (Comparison.PREVIOUS_DAY, september(5, 5), september(4, 4)),
        (Comparison.PREVIOUS_WEEK, september(8, 14), september(1, 7)),
        (Comparison.PREVIOUS_PERIOD, september(11, 20), september(1, 10)),
        (Comparison.PREVIOUS_MONTH, september(1, 26), Period(date(2024, 8, 1), date(2024, 8, 26))),
        (Comparison.PREVIOUS_MONTH, september(1, 30), Period(date(2024, 8, 1), date(2024, 8, 31))),
        (
            Comparison.PREVIOUS_MONTH,
            Period(date(2024, 3, 30), date(2024, 3, 31)),
            Period(date(2024, 2, 29), date(2024, 2, 29)),
        ),
        (
            Comparison.SAME_PERIOD_LAST_YEAR,
            Period(date(2024, 2, 29), date(2024, 3, 3)),
            Period(date(2023, 2, 28), date(2023, 3, 3)),
        ),
    ],
)
def test_earlier_days(comparison: Comparison, period: Period, wanted: Period) -> None:
    assert earlier_of(comparison, asked(period, "agent")).period(period) == wanted


def test_rows_stand_beside_like_ones() -> None:
    shift = earlier_of(Comparison.PREVIOUS_DAY, asked(september(1, 30), "agent", "month", "week", "day"))
    place: dict[str, DimensionValue] = {
        "agent": "甲",
        "month": date(2024, 9, 1),
        "week": date(2024, 8, 26),
        "day": date(2024, 9, 1),
    }
    assert shift.place(place) == ("甲", date(2024, 8, 1), date(2024, 8, 26), date(2024, 8, 31))
    weeks = earlier_of(Comparison.PREVIOUS_WEEK, asked(september(2, 29), "week"))
    assert weeks.place({"week": date(2024, 9, 9)}) == (date(2024, 9, 2),)
    years = earlier_of(Comparison.SAME_PERIOD_LAST_YEAR, asked(september(1, 30), "month"))
    assert years.place({"month": date(2024, 9, 1)}) == (date(2023, 9, 1),)


@pytest.mark.parametrize(
    ("comparison", "period", "by"),
    [
        (Comparison.PREVIOUS_DAY, september(1, 2), ("agent",)), (Comparison.PREVIOUS_WEEK, september(1, 8), ("agent",)),
        (Comparison.PREVIOUS_PERIOD, september(1, 30), ("month",)),
        (Comparison.PREVIOUS_PERIOD, september(1, 9), ("week",)),
        (Comparison.PREVIOUS_WEEK, september(2, 8), ("month",)),
        (Comparison.SAME_PERIOD_LAST_YEAR, september(1, 30), ("week",)),
        (Comparison.PREVIOUS_MONTH, september(1, 30), ("week",)),
        (Comparison.PREVIOUS_MONTH, Period(date(2024, 8, 20), date(2024, 9, 25)), ("agent",)),
    ],
)  # fmt: skip
def test_what_would_not_stand_beside_like_ones_is_refused(
    comparison: Comparison, period: Period, by: tuple[str, ...]
) -> None:
    with pytest.raises(ReportableError) as refused:
        earlier_of(comparison, asked(period, *by))
    assert refused.value.issues[0].code == "metrics.rows_do_not_match"


def test_days_of_a_row() -> None:
    month = september(5, 30)
    assert days_of_row({"agent": "甲"}, month) == month
    assert days_of_row({"day": date(2024, 9, 9)}, month) == september(9, 9)
    assert days_of_row({"week": date(2024, 9, 2)}, month) == september(5, 8)
    assert days_of_row({"month": date(2024, 9, 1)}, month) == month


def test_a_team_is_sums_over_sums_and_of_what_is_added_up_the_mean() -> None:
    rows = [row(1, 2, agent="甲"), row(8, 8, agent="乙"), row(None, 5, agent="丙")]
    assert team_figure(METRICS["reply_share"], METRICS, rows) == Fraction(9, 10)
    counts = [
        Row({"agent": name}, {"rounds": n}, {"rounds": {Part.VALUE: Fraction(n)}}) for name, n in (("甲", 3), ("乙", 4))
    ]
    assert team_figure(METRICS["rounds"], METRICS, counts) == Fraction(7, 2)
    assert team_figure(METRICS["reply_share"], METRICS, []) is None


def test_states_of_figures() -> None:
    days = tuple(Immature("reply_share", date(2024, 9, day), date(2024, 10, 4)) for day in (1, 29, 30))
    late, early = row(40, 50, day=date(2024, 9, 30)), row(2, 3, day=date(2024, 9, 2))
    found = standings_of(report(late, early, immature=days), METRICS, few_below=30)
    assert [one.day.day for one in found.of(late, "reply_share").immature] == [30]
    assert found.of(late, "reply_share").few_cases is None
    assert (found.of(early, "reply_share").immature, found.of(early, "reply_share").few_cases) == ((), 3)
    month = row(5, 30, month=date(2024, 9, 1))
    found = standings_of(report(month, immature=days), METRICS, few_below=30)
    assert [one.day.day for one in found.of(month, "reply_share").immature] == [1, 29, 30]


def test_a_figure_is_corrected_where_it_differs_without_the_corrections() -> None:
    now = report(row(1, 2, agent="甲"), row(3, 4, agent="乙"), row(None, 0, agent="丙"), total=row(4, 6))
    before = report(row(1, 2, agent="甲"), row(4, 4, agent="乙"), row(1, 1, agent="丙"), total=row(6, 7))
    found = standings_of(now, METRICS, uncorrected=before)
    marked = [place_of(one) for one in (*now.rows, now.total) if found.of(one, "reply_share").corrected]
    assert marked == [("乙",), ("丙",), ()]


def test_rows_are_ranked_by_what_they_surely_reach() -> None:
    rows = report(row(1, 1, agent="甲"), row(90, 100, agent="乙"), row(10, 100, agent="丙"), row(None, 0, agent="丁"))
    found = ranked(rows, METRICS["reply_share"], METRICS, few_below=30)
    assert [one.dimensions["agent"] for one in found.rows] == ["乙", "甲", "丙", "丁"]
    assert [one.dimensions["agent"] for one in found.like_first] == ["甲"]
