"""One cell of a report → an exact value in our unit, and how many decimals of it were shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from xiaoer.base.mask import shown_number
from xiaoer.base.money import LARGEST
from xiaoer.intake.report.words import ReportWords, Unit
from xiaoer.intake.values import Problem

MOST_PLACES = 8
NOISE_PLACES = 10  # a spreadsheet's 58.680000000000001 was 58.68
SECONDS: Mapping[str, Decimal] = {"seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600)}
_DECORATION = re.compile(r"^[¥￥]|CNY|RMB|,|，|\s")
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?P<unit>%|％|万|亿|元|万元|人次|人|次|个|件|条|分钟|分|笔|单|天|字|秒钟|秒|小时|[hs]|min)?"
)
_CHINESE = re.compile(r"(?:(\d+)天)?(?:(\d+)(?:个?小时|时))?(?:(\d+)(?:分钟|分))?(?:(\d+(?:\.\d+)?)(?:秒钟|秒))?")
_ENGLISH = re.compile(
    r"(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?)?\s*(?:(\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T])?(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?")
_IN_SECONDS = (86_400, 3600, 60, 1)
_SAID: Mapping[str, str] = {"分": "minutes", "分钟": "minutes", "min": "minutes", "小时": "hours", "h": "hours"}
_TIMES = {"万": Decimal(10_000), "万元": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True)
class Figure:
    """A cell's value in our unit (None: empty), the decimals shown, whether it is still to come."""

    value: Decimal | None = None
    places: int | None = None
    pending: bool = False


NOTHING = Figure()


def read_figure(text: str | None, unit: Unit | None, words: ReportWords, *, percent: bool) -> Figure | Problem:
    """Return the figure of a cell; plain numbers are in `unit` (None: as they stand), shares 0–100 where `percent`."""
    cell = (text or "").strip()
    if not cell or cell in words.empty:
        return NOTHING
    if cell in words.pending:
        return Figure(pending=True)
    found = _clock(cell) if unit == "clock" else (_duration(cell) if _may_be_duration(unit) else None)
    found = found or _plain(cell, unit, percent=percent)
    if found is None or abs(found[0]) >= LARGEST:
        return Problem("intake.not_a_number", {"found": shown_number(cell)})
    value, step = found
    return Figure(value.quantize(Decimal(1).scaleb(-MOST_PLACES), ROUND_HALF_EVEN), min(places_of(step), MOST_PLACES))


def plain_share(text: str | None) -> Decimal | None:
    """Return the number of a cell without a percent sign; None where there is none."""
    match = _NUMBER.fullmatch(_DECORATION.sub("", (text or "").strip()))
    return Decimal(match["number"]) if match and match["unit"] is None else None


def places_of(step: Decimal) -> int:
    """Return the decimals whose last place is not finer than the step: 0.01 → 2, 0.6 → 0, 60 → −2."""
    exponent = step.adjusted()
    return -exponent if step == Decimal(1).scaleb(exponent) else -(exponent + 1)


def _may_be_duration(unit: Unit | None) -> bool:
    return unit is None or unit in SECONDS


def _plain(cell: str, unit: Unit | None, *, percent: bool) -> tuple[Decimal, Decimal] | None:
    match = _NUMBER.fullmatch(_DECORATION.sub("", cell))
    if match is None:
        return None
    number = Decimal(match["number"])
    if not number.is_finite() or number.adjusted() > 30:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -NOISE_PLACES:
        number = number.quantize(Decimal(1).scaleb(-NOISE_PLACES)).normalize()
    said = match["unit"]
    times = _times(said, unit, percent=percent)
    shown = number.as_tuple().exponent
    step = Decimal(1).scaleb(shown if isinstance(shown, int) and shown < 0 else 0)
    return number * times, step * times


def _times(said: str | None, unit: Unit | None, *, percent: bool) -> Decimal:
    if said in ("%", "％") or (said is None and unit == "share" and percent):
        return Decimal("0.01")
    if said in _TIMES:
        return _TIMES[said]
    if unit is not None and unit in SECONDS:
        return SECONDS[_SAID.get(said, "seconds")] if said in ("秒", "秒钟", "s", *_SAID) else SECONDS[unit]
    return Decimal(1)


def _duration(cell: str) -> tuple[Decimal, Decimal] | None:
    """Return the seconds of 8分48秒, 00:08:48 or 2 hours 5 minutes, to the smallest unit that is written."""
    if (match := _CLOCK.fullmatch(cell)) and "-" not in cell and "/" not in cell:
        hours, minutes, seconds = match.groups()
        if seconds is None:
            return None  # 8:48 may be hours or minutes
        return Decimal(hours) * 3600 + Decimal(minutes) * 60 + Decimal(seconds), Decimal(1)
    for pattern in (_CHINESE, _ENGLISH):
        match = pattern.fullmatch(cell)
        if match and any(match.groups()):
            parts = [(Decimal(part), unit) for part, unit in zip(match.groups(), _IN_SECONDS, strict=True) if part]
            step = Decimal(parts[-1][1])
            exponent = parts[-1][0].as_tuple().exponent
            return sum((part * unit for part, unit in parts), Decimal(0)), step.scaleb(min(int(exponent), 0))
    return None


def _clock(cell: str) -> tuple[Decimal, Decimal] | None:
    """Return the hours since midnight of 09:05:00."""
    match = _CLOCK.fullmatch(cell)
    if match is None:
        return None
    hours, minutes, seconds = match.groups(default="0")
    whole = Decimal(hours) * 3600 + Decimal(minutes) * 60 + Decimal(seconds)
    return whole / 3600, Decimal(1 if match[3] else 60) / 3600
