"""Shapes tell how a value looks and nothing of what it says."""

import pytest

from xiaoer.base.mask import LONGEST_SHAPE, shape_of


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("2024年13月1日", "9999汉99汉9汉"),
        ("Zhang-138 0013", "xxxxx-999 9999"),
        ("张三，你好", "汉汉·汉汉"),
        ("a\tb\x00", "x·x·"),
        ("١٢", "99"),
        ("", ""),
    ],
)
def test_a_shape_keeps_the_form_only(value: str, shape: str) -> None:
    assert shape_of(value) == shape


def test_a_long_value_is_cut() -> None:
    assert shape_of("1" * LONGEST_SHAPE) == "9" * LONGEST_SHAPE
    assert shape_of("1" * 10_000) == "9" * LONGEST_SHAPE + "…"
