"""Shapes tell how a value looks and nothing of what it says."""

import pytest

from xiaoer.base.mask import LONGEST_SHAPE, masked_words, shape_of, shown_number, shown_word


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


@pytest.mark.parametrize(
    "value",
    [
        "-100", "¥-3.50", "1,234.567891", "1900-01-01", "9999-12-31 23:59:59", "2024/13/01 10:00", "7小时-1分",
        "2024-02-30T10:00:00Z", "2024/9/1 下午 15:05", "20240230", "20240230101010", "1.23457E+18", "-1e99",
        "120%", "6分", "2024年2月30日",
    ],
)  # fmt: skip
def test_numbers_and_times_are_shown(value: str) -> None:
    assert shown_number(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "张三", "张三1", "tb12", "Emma", "免费", "13800138000", "-13800138000", "138-0013-8000", "+86 138 0013 8000",
        "--", "件1", "010-87654321", "87654321", "1.38001E+10", "8.61380E+12", "110101199003071234", "1" * 40, "",
    ],
)  # fmt: skip
def test_words_and_what_may_be_someone_s_number_are_not_shown_for_numbers(value: str) -> None:
    assert shown_number(value) == shape_of(value)


@pytest.mark.parametrize("value", ["客户", "buyer ", "Maybe", "2", "货到付款(COD)"])
def test_a_short_word_is_shown(value: str) -> None:
    assert shown_word(value) == value


@pytest.mark.parametrize("value", ["请问这个什么时候可以发货呀", "tb12345", "138 00138000", "a@b.cn", "一\n二"])
def test_a_longer_text_and_a_number_are_not_shown_for_a_word(value: str) -> None:
    assert shown_word(value) == shape_of(value)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("电话13800138000", "电话***"),
        ("010-87654321 找我", "*** 找我"),
        ("订单 1790000000000000001 呢", "订单 *** 呢"),
        ("寄到浙江省杭州市西湖区文三路 123 号 5 幢 302 室，谢谢", "***，谢谢"),
        ("人民路88号 302", "***"),
        ("地址：阳光花园3栋2单元501", "地址：***"),
        ("收货人：张三丰，快点", "收货人：张***，快点"),
        ("收件人 李四", "收件人 李***"),
        ("我的名字叫王小五", "我的名字叫王***"),
        ("发到 a.b@c.cn 吧", "发到 *** 吧"),
    ],
)
def test_what_may_tell_who_somebody_is_goes_from_what_was_written(text: str, plain: str) -> None:
    assert masked_words(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "有货吗", "这两款有什么区别", "几号发货", "3号能到吗", "买2件减10", "到北京要几天", "上海市能到吗",
        "尺码 M 还是 L", "6楼没有电梯能送上来吗", "在路上了吗", "什么时候到", "小区门口有快递柜", "我叫你改一下备注",
    ],
)  # fmt: skip
def test_questions_stay_as_they_are(text: str) -> None:
    assert masked_words(text) == text


def test_the_customer_s_own_name_goes() -> None:
    assert masked_words("我是小白兔_88", name="小白兔_88") == "我是小***"
