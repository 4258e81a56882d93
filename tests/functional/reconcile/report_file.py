"""A workbook as the other tool writes it: Chinese headers, shares as percentages, rows of totals and means."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import xlsxwriter

from tests.functional.reconcile.made_shop import PEOPLE
from tests.functional.reconcile.planted import PLACES, Planted, report_of, shown

HEADERS = {
    "received_buyers": "接待人数", "unreplied_buyers": "未回复人数", "reply_share": "回复率",
    "buyer_messages": "买家消息数", "agent_messages": "客服消息数", "average_response_seconds": "平均响应(秒)",
    "inquiry_buyers": "询单人数", "converted_buyers_final": "询单->最终付款人数",
    "conversion_share_final": "询单->最终付款成功率", "sales_yuan": "销售额", "paying_buyers": "销售人数",
    "items_sold": "销售量", "paid_orders": "销售订单数",
}  # fmt: skip
NAME = "自定义报表_月报_2024-09-01至2024-09-14.xlsx"


def write_report(
    folder: Path,
    planted: Planted,
    *,
    changed: Mapping[tuple[str, str], str] | None = None,
    people: tuple[str, ...] = PEOPLE,
) -> Path:
    """Return the workbook of planted causes; `changed` cells hold these texts, `people` are how rows are named."""
    told = report_of(planted, indicators=tuple(HEADERS))
    file = folder / NAME
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("月报")
        sheet.write_row(0, 0, ["客服昵称", *HEADERS.values()])
        for place, (name, person) in enumerate(zip(people, PEOPLE, strict=True), start=1):
            sheet.write(place, 0, name)
            for column, indicator in enumerate(HEADERS, start=1):
                text = (changed or {}).get((person, indicator), _text(indicator, told[person][indicator]))
                sheet.write(place, column, text)
        mean = [_text(name, _mean([told[person][name] for person in PEOPLE]), more=2) for name in HEADERS]
        sheet.write_row(len(PEOPLE) + 1, 0, ["均值", *mean])
    return file


def _mean(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _text(indicator: str, value: Fraction | None, *, more: int = 0) -> str:
    if indicator.endswith("share") or "_share_" in indicator:
        if value is None:
            return "-"
        return f"{_rounded(value * 100, 2)}%"
    if more and value is not None:
        return str(_rounded(value, max(2, PLACES[indicator])))
    exact = shown(indicator, value)
    return "-" if exact is None else str(exact)


def _rounded(value: Fraction, places: int) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
