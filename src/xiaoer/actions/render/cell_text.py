"""A value as people read it in a cell: "41.7%", "2 分 05 秒", "¥1,234.50"; plain numbers have their unit above."""

from datetime import date, datetime
from decimal import Decimal

from xiaoer.actions.render.page import Cell, Kind, Value
from xiaoer.metrics import rounded, say_seconds

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
        return share_text(value)
    if kind is Kind.YUAN:
        return f"{'-' if value < 0 else ''}¥{abs(rounded(value, 2)):,}"
    if kind is Kind.SECONDS:
        return seconds_text(float(value), language)
    return f"{value:,}" if isinstance(value, int) and kind is not Kind.NUMBER else f"{rounded(value, 2):,}"


def cell_of(kind: Kind, value: Value, language: str) -> Cell:
    """Return a value with its text."""
    return Cell(value, cell_text(kind, value, language))


def share_text(share: float | Decimal | None) -> str:
    """Return a share as a percentage with one decimal; a dash for none."""
    return NOTHING if share is None else f"{rounded(share, 3) * 100:.1f}%"


def seconds_text(seconds: float, language: str) -> str:
    """Return a duration as in formulas, but in whole seconds from ten on."""
    return say_seconds(float(rounded(seconds, 1 if abs(seconds) < 9.95 else 0)), language)
