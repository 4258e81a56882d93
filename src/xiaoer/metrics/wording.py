"""Figures as people read them: "2 分 05 秒", "¥1,234.50", "41.7 %"."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from xiaoer.base.catalog import Words
from xiaoer.metrics.figure import Figure
from xiaoer.metrics.metric import Metric, Unit

NOTHING = "–"

UNIT_WORDS: dict[Unit, Words] = {
    Unit.BUYERS: Words(zh="人", en="buyers"),
    Unit.SESSIONS: Words(zh="次", en="sessions"),
    Unit.MESSAGES: Words(zh="条", en="messages"),
    Unit.ROUNDS: Words(zh="回合", en="rounds"),
    Unit.CHARACTERS: Words(zh="字", en="characters"),
    Unit.SECONDS: Words(zh="秒", en="s"),
    Unit.SHARE: Words(zh="%", en="%"),
    Unit.YUAN: Words(zh="元", en="yuan"),
    Unit.ORDERS: Words(zh="单", en="orders"),
    Unit.ITEMS: Words(zh="件", en="items"),
    Unit.HOURS: Words(zh="小时", en="h"),
    Unit.CALLS: Words(zh="通", en="calls"),
    Unit.RATIO: Words(zh="", en=""),
    Unit.COUNT: Words(zh="笔", en=""),
    Unit.INSTANT: Words(zh="", en=""),
    Unit.CHATS: Words(zh="个", en="chats"),
}


def say_figure(metric: Metric, value: Figure | None, language: str) -> str:
    """Return a metric's figure in the reader's words, rounded for reading only; a dash for none."""
    return say_value(metric.unit, value, language)


def say_value(unit: Unit, value: Figure | None, language: str) -> str:
    """Return a value of a unit in the reader's words; a dash for none."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if unit is Unit.YUAN:
        return f"{'-' if value < 0 else ''}¥{abs(rounded(value, 2)):,}"
    if unit is Unit.SHARE:
        return f"{rounded(Decimal(str(value)) * 100, 1)} %"
    if unit is Unit.SECONDS:
        return say_seconds(float(value), language)
    number = f"{value:,}" if isinstance(value, int) else f"{rounded(value, 2):,}"
    return f"{number} {UNIT_WORDS[unit].in_language(language)}".rstrip()


def rounded(value: float | Decimal, places: int) -> Decimal:
    """Return the number with these decimals, halves away from zero as spreadsheets show them."""
    # By the digits that a reader of the number sees: 0.0625 is a half, however the machine holds it.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def say_seconds(seconds: float, language: str) -> str:
    """Return a duration as hours, minutes and seconds; below a minute with one decimal where it needs one."""
    zh = language != "en"
    if abs(seconds) < 59.95:
        return f"{seconds:.1f}".removesuffix(".0") + (" 秒" if zh else " s")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes:02} 分 {rest:02} 秒" if zh else f"{hours} h {minutes:02} min {rest:02} s"
    return f"{minutes} 分 {rest:02} 秒" if zh else f"{minutes} min {rest:02} s"
