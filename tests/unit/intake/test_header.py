"""Finding the header: titles above it, one to three rows, merged cells."""

import pytest

from xiaoer.intake.header import find_header, joined, looks_like_names

KNOWN = frozenset(
    {"日期", "接待人数", "总/发出", "总/收到", "邀请/发出", "邀请/收到", "甲/乙/丙", "order_id", "amount_paid"}
)


def test_one_row() -> None:
    found = find_header([["order_id", " amount_paid "], ["1", "2"]], KNOWN)
    assert found is not None
    assert (found.names, found.first_row, found.rows, found.known) == (("order_id", "amount_paid"), 0, 1, 2)


def test_titles_above_are_passed_over() -> None:
    found = find_header([["三月报表", ""], ["order_id", "amount_paid"], ["1", "2"]], KNOWN)
    assert found is not None
    assert (found.first_row, found.rows) == (1, 1)


def test_two_rows_with_merged_cells() -> None:
    rows = [
        ["日期", "接待人数", "总", "", "邀请", ""],
        ["", "", "发出", "收到", "发出", "收到"],
        ["1", "2", "3", "4", "5", "6"],
    ]
    found = find_header(rows, KNOWN)
    assert found is not None
    assert found.names == ("日期", "接待人数", "总/发出", "总/收到", "邀请/发出", "邀请/收到")
    assert (found.first_row, found.rows) == (0, 2)


def test_three_rows() -> None:
    assert joined([["甲", ""], ["乙", ""], ["丙", "丁"]]) == ("甲/乙/丙", "甲/乙/丁")


def test_a_vertical_merge_is_one_name() -> None:
    assert joined([["日期", "总"], ["日期", "发出"]]) == ("日期", "总/发出")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["姓名", "电话"], True),
        (["姓名"], False),
        (["王小明", "13800000000"], False),
        (["a", "2024-01-01"], False),
        (["1", "2"], False),
        (["这一格写了很长很长的话" * 5, "x"], False),
    ],
)
def test_what_looks_like_names(row: list[str], expected: bool) -> None:
    assert looks_like_names(row) is expected


def test_no_header() -> None:
    assert find_header([["1", "2024-01-01"], ["2", "2024-01-02"]], KNOWN) is None
