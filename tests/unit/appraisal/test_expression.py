"""The language of schemes: what it computes, what it refuses, and that nothing of it is run as Python."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.appraisal.exact import Rounding, exactly, plain_number, settled
from xiaoer.appraisal.expression import Expression, read_expression
from xiaoer.base.errors import ReportableError

VALUES = {"a": Decimal(3), "b": Decimal("0.5"), "nothing": Decimal(0), "unknown": None}


def computed(text: str) -> object:
    return read_expression(text).compute(VALUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("a - b - 1", "1.5"),
        ("-a * -b", "1.5"),
        ("35%", "0.35"),
        ("min(a, 2, 5) + max(a, b)", "5"),
        ("abs(b - a)", "2.5"),
        ("1 if a >= 3 else 2", "1"),
        ("1 if a < 3 else 2 if b == 0.5 else 3", "2"),
        ("（a＋1）×2÷4", "2"),
        ("1 if a ≥ 3 and not b > 1 else 0", "1"),
        ("a / 3 * 0.1", "0.1"),
    ],
)
def test_sums(text: str, expected: str) -> None:
    assert computed(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["a + unknown", "a / nothing", "min(a, unknown)", "1 if unknown > 2 else 3", "-unknown"]
)
def test_what_is_unknown_stays_unknown(text: str) -> None:
    assert computed(text) is None


def test_a_condition_that_is_decided_needs_no_more() -> None:
    assert computed("1 if a == 3 or unknown > 1 else 0") == 1
    assert computed("1 if a == 4 and unknown > 1 else 0") == 0
    assert computed("1 if a == 3 and unknown > 1 else 0") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "appraisal.expression_ends"),
        ("1 +", "appraisal.expression_ends"),
        ("(1", "appraisal.expression_ends"),
        ("a b", "appraisal.expression_sign"),
        ("1 < 2 < 3", "appraisal.expression_sign"),
        ("__import__('os')", "appraisal.expression_sign"),
        ("a.b", "appraisal.expression_sign"),
        ("a ** 99", "appraisal.expression_sign"),
        ("open(a)", "appraisal.expression_sign"),
        ("max(a)", "appraisal.expression_sign"),
        ("[a]", "appraisal.expression_sign"),
        ("a; b", "appraisal.expression_sign"),
        ("if", "appraisal.expression_sign"),
        ("(a > 1) + 2", "appraisal.expression_number"),
        ("a and b", "appraisal.expression_condition"),
        ("1 if a else 2", "appraisal.expression_condition"),
        ("(" * 40 + "1" + ")" * 40, "appraisal.expression_long"),
        ("1+" * 200 + "1", "appraisal.expression_long"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(ReportableError) as error:
        read_expression(text)
    assert [issue.code for issue in error.value.issues] == [code]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_plainly(text: str) -> None:
    try:
        made = read_expression(text)
    except ReportableError:
        return
    assert isinstance(made, Expression)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_dividing_and_multiplying_back_reaches_the_edge(above: int, below: int) -> None:
    with exactly():
        back = read_expression("a / b * b").compute({"a": Decimal(above), "b": Decimal(below)})
    assert settled(back) == above


@pytest.mark.parametrize(
    ("how", "value", "expected"),
    [
        ("half_up", "2.345", "2.35"), ("half_up", "-2.345", "-2.35"), ("half_even", "2.345", "2.34"),
        ("down", "2.349", "2.34"), ("down", "-2.341", "-2.35"), ("up", "2.341", "2.35"), ("up", "2.34", "2.34"),
    ],
)  # fmt: skip
def test_rounding(how: str, value: str, expected: str) -> None:
    assert str(Rounding.model_validate({"to": "0.01", "how": how}).apply(Decimal(value))) == expected


def test_rounding_down_is_not_cheated_by_repeating_decimals() -> None:
    with exactly():
        whole = Decimal(1) / 3 * 3
    assert whole != 1
    assert Rounding.model_validate({"to": "0.01", "how": "down"}).apply(whole) == 1


def test_numbers_are_read_as_people_write_them() -> None:
    assert plain_number(Decimal("1200")) == "1200"
    assert plain_number(Decimal("0.35000")) == "0.35"
    assert plain_number(Decimal(1) / 3) == "0.3333"
    assert plain_number(Decimal("-0.00001")) == "0"
    assert Fraction(Decimal(plain_number(Decimal("1e3")))) == 1000
