"""Money from text: decimal yuan, four places, nothing rounded in silence."""

from decimal import Decimal

import pytest

from xiaoer.base.money import parse_yuan, plain


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("58.68", "58.68"),
        ("¥1,234.50", "1234.50"),
        ("￥1，234.5元", "1234.5"),
        ("-12.00", "-12"),
        ("58.680000000000001", "58.68"),
        ("0.0001", "0.0001"),
        ("CNY 7", "7"),
    ],
)
def test_an_amount_is_read(text: str, yuan: str) -> None:
    assert parse_yuan(text) == Decimal(yuan)


@pytest.mark.parametrize("text", ["", "十元", "1.00005", "NaN", "Infinity", "1e20", "1.2.3", "12元3"])
def test_what_is_no_amount_or_has_a_fifth_place_is_refused(text: str) -> None:
    assert parse_yuan(text) is None


@pytest.mark.parametrize(
    ("amount", "text"), [("5", "5.00"), ("5.5000", "5.50"), ("5.1234", "5.1234"), ("-0.1", "-0.10")]
)
def test_two_places_are_shown_unless_more_are_needed(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text
