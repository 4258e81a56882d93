"""Figures: exact until the end, rounded once, said in words."""

from decimal import Decimal
from fractions import Fraction

import pytest

from xiaoer.metrics import Unit, say_seconds
from xiaoer.metrics.figure import rounded_yuan
from xiaoer.metrics.quantile import exact_quantile
from xiaoer.metrics.wording import say_value


@pytest.mark.parametrize(
    ("value", "yuan"),
    [
        (Fraction(1, 3), "0.3333"), (Fraction(2, 3), "0.6667"), (Fraction(100005, 1000000), "0.1000"),
        (Fraction(10005, 100000), "0.1001"), (Fraction(-10005, 100000), "-0.1001"), (Fraction(12), "12.0000"),
    ],
)  # fmt: skip
def test_yuan_have_four_places_and_halves_go_away_from_zero(value: Fraction, yuan: str) -> None:
    assert rounded_yuan(value) == Decimal(yuan)


@pytest.mark.parametrize(
    ("values", "q", "found"),
    [([7], "0.9", 7), ([1, 2], "0.5", 1.5), ([10, 20, 30, 40], "0.9", 37), ([3, 1, 2], "0.5", 2)],
)
def test_quantiles_lie_between_their_neighbours_by_proportion(values: list[int], q: str, found: float) -> None:
    assert exact_quantile(map(Fraction, values), Decimal(q)) == Fraction(str(found))


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (27.5, "27.5 秒", "27.5 s"), (31, "31 秒", "31 s"), (59.96, "1 分 00 秒", "1 min 00 s"),
        (125, "2 分 05 秒", "2 min 05 s"), (27712, "7 小时 41 分 52 秒", "7 h 41 min 52 s"),
    ],
)  # fmt: skip
def test_seconds_are_said_as_minutes_and_hours(seconds: float, zh: str, en: str) -> None:
    assert (say_seconds(seconds, "zh"), say_seconds(seconds, "en")) == (zh, en)


def test_money_shares_counts_and_nothing_are_said_plainly() -> None:
    assert say_value(Unit.YUAN, Decimal("1234.5"), "zh") == "¥1,234.50"
    assert say_value(Unit.YUAN, Decimal("-3"), "zh") == "-¥3.00"
    assert say_value(Unit.SHARE, 0.41666, "zh") == "41.7 %"
    assert say_value(Unit.BUYERS, 2101, "zh") == "2,101 人"
    assert say_value(Unit.SHARE, None, "zh") == "–"
