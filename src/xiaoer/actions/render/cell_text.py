"""A value as people read it in a cell: "41.7%", "2 分 05 秒", "¥1,234.50"; plain numbers have their unit above."""

from datetime import date, datetime
from decimal import Decimal

from xiaoer.actions.render.page import Kind, Value

NOTHING = "–"


def cell_text(kind: Kind, value: Value, language: str) -> str:
    """Return the value's text, rounded for reading only; a dash for none."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, str | date):
        return str(value)
    if kind is Kind.SHARE:
        return f"{value * 100:.1f}%"
    if kind is Kind.YUAN:
        return f"{'-' if value < 0 else ''}¥{abs(Decimal(value)):,.2f}"
    if kind is Kind.SECONDS:
        return seconds_text(float(value), language)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def seconds_text(seconds: float, language: str) -> str:
    """Return a duration in hours, minutes and seconds; below a minute whole seconds, below ten one decimal."""
    zh = language != "en"
    if abs(seconds) < 59.5:
        number = f"{seconds:.1f}".removesuffix(".0") if abs(seconds) < 9.95 else f"{seconds:.0f}"
        return f"{number} 秒" if zh else f"{number} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} 小时 {minutes:02} 分" if zh else f"{hours:,} h {minutes:02} min"
    return f"{minutes} 分 {rest:02} 秒" if zh else f"{minutes} min {rest:02} s"
