"""Figures as people read them in a cell."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from xiaoer.actions.render.cell_text import cell_text
from xiaoer.actions.render.page import Kind, Value


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        (Kind.SHARE, 0.4166, "41.7%", "41.7%"),
        (Kind.SHARE, 1.0, "100.0%", "100.0%"),
        (Kind.YUAN, Decimal("1234.5000"), "¥1,234.50", "¥1,234.50"),
        (Kind.YUAN, Decimal("-0.5"), "-¥0.50", "-¥0.50"),
        (Kind.SECONDS, 27.4, "27 秒", "27 s"),
        (Kind.SHARE, 0.0625, "6.3%", "6.3%"),
        (Kind.YUAN, Decimal("0.125"), "¥0.13", "¥0.13"),
        (Kind.YUAN, 460.8333333333333, "¥460.83", "¥460.83"),
        (Kind.SECONDS, 4.25, "4.3 秒", "4.3 s"),
        (Kind.SECONDS, 3.0, "3 秒", "3 s"),
        (Kind.SECONDS, 59.5, "1 分 00 秒", "1 min 00 s"),
        (Kind.SECONDS, 125, "2 分 05 秒", "2 min 05 s"),
        (Kind.SECONDS, 27712, "7 小时 41 分 52 秒", "7 h 41 min 52 s"),
        (Kind.COUNT, 41208, "41,208", "41,208"),
        (Kind.NUMBER, 1.306, "1.31", "1.31"),
        (Kind.NUMBER, 3, "3.00", "3.00"),
        (Kind.DAY, date(2024, 9, 1), "2024-09-01", "2024-09-01"),
        (Kind.INSTANT, datetime(2024, 9, 1, 8, 30), "2024-09-01 08:30:00", "2024-09-01 08:30:00"),  # noqa: DTZ001
        (Kind.SHARE, None, "–", "–"),
    ],
)
def test_each_kind(kind: Kind, value: Value, zh: str, en: str) -> None:
    assert cell_text(kind, value, "zh") == zh
    assert cell_text(kind, value, "en") == en
