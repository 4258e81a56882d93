"""Which numbers a text names: whole ones, as long as an order's id, and no part of a longer one."""

import pytest

from tests.reference.order_buyers import names
from xiaoer.facts.named_numbers import digest, number_of, numbers_in


def named(text: str, order_id: str) -> bool:
    return number_of(order_id) in set(map(digest, numbers_in(text)))


@pytest.mark.parametrize(
    ("text", "order_id", "holds"),
    [
        ("订单240301-000000000000001发货了吗", "240301-000000000000001", True),
        ("https://a.cn/o?biz_order_id=4021700000000123456&spm=a1", "4021700000000123456", True),
        ("sn240301-000000000000001", "240301-000000000000001", True),
        ("单号４０２１７００００００００１２３４５６", "4021700000000123456", True),
        ("P7012345678，谢谢", "P7012345678", True),
        ("1240301-000000000000001", "240301-000000000000001", False),
        ("240301-0000000000000012", "240301-000000000000001", False),
        ("240301-000000000000001", "000000000000001", False),
        ("40217000000001234567", "4021700000000123456", False),
        ("XP7012345678", "P7012345678", False),
        ("4021700000000123456.5 元", "4021700000000123456", True),
        ("共 1234567 元", "1234567", False),
        ("", "4021700000000123456", False),
    ],
)
def test_a_whole_id_is_named_and_a_part_of_a_longer_number_is_not(text: str, order_id: str, holds: bool) -> None:
    assert named(text, order_id) == holds
    assert names(text, order_id) == holds, "the reference reads it alike"


@pytest.mark.parametrize("order_id", ["1234567", "订单4021700000000123456", "", "4021 7000 0000"])
def test_ids_that_no_text_can_be_held_against(order_id: str) -> None:
    assert number_of(order_id) is None


def test_what_is_kept_is_no_number() -> None:
    kept = digest("4021700000000123456")
    assert len(kept) == 32
    assert "40217" not in kept
