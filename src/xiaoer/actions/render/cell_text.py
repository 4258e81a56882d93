"""A value as people read it in a cell: "41.7%", "2 分 05 秒", "¥1,234.50"; plain numbers have their unit above."""

from datetime import date, datetime

from xiaoer.actions.render.page import Kind, Value
from xiaoer.metrics import Unit, say_seconds, say_value

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
        return say_value(Unit.YUAN, value, language)
    if kind is Kind.SECONDS:
        return seconds_text(float(value), language)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def seconds_text(seconds: float, language: str) -> str:
    """Return a duration as in formulas, but in whole seconds from ten on."""
    return say_seconds(seconds if abs(seconds) < 9.95 else round(seconds), language)
