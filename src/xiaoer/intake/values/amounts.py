"""Money, counts, seconds, scores and shares."""

import re
from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.mask import shown_number
from xiaoer.base.money import LARGEST, parse_yuan
from xiaoer.base.tables import ARROW_TYPES, Kind
from xiaoer.intake.values.column import Problem, ValuesRead, by_distinct

MONEY = ARROW_TYPES[Kind.MONEY]
EIGHT_PLACES = Decimal("1E-8")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CLOCK = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?")
_DURATION = re.compile(
    r"(?:(?P<days>\d+)天)?(?:(?P<hours>\d+)(?:小时|时))?(?:(?P<minutes>\d+)(?:分钟|分))?(?:(?P<seconds>\d+(?:\.\d+)?)秒)?"
)
_UNIT = re.compile(r"[分星件个次秒]$|秒钟$")


def read_money(texts: pa.Array) -> ValuesRead:
    """Return decimal yuan; what is no amount, and amounts below zero, are problems."""
    try:
        values = pc.cast(texts, MONEY)
        lowest = pc.min(values).as_py()
        if lowest is None or lowest >= 0:
            return ValuesRead(values)
    except pa.ArrowInvalid:
        pass
    return by_distinct(texts, _read_yuan, type_=MONEY)


def sum_yuan(texts: pa.Array) -> Decimal:
    """Return the exact sum of all amounts that can be read, negative ones too."""
    try:
        total = pc.sum(pc.cast(texts, MONEY)).as_py()
    except pa.ArrowInvalid:
        total = sum((parse_yuan(text) or Decimal(0) for text in texts.to_pylist() if text), Decimal(0))
    return Decimal(total or 0)


def read_counts(texts: pa.Array) -> ValuesRead:
    """Return whole numbers from zero on."""
    return _cast_or(texts, pa.int64(), _read_count)


def read_seconds(texts: pa.Array) -> ValuesRead:
    """Return seconds, from numbers or durations such as 7小时41分52秒."""
    return _cast_or(texts, pa.float64(), _read_seconds)


def read_scores(texts: pa.Array) -> ValuesRead:
    """Return scores from 1 to 5."""
    return by_distinct(texts, _read_score, type_=pa.float64())


def read_numbers(texts: pa.Array) -> ValuesRead:
    """Return numbers; 98.5% is 0.985."""
    return by_distinct(texts, _read_number, type_=pa.float64())


def read_decimals(texts: pa.Array) -> ValuesRead:
    """Return exact numbers of at most eight places, below zero too; 98.5% is 0.985."""
    return by_distinct(texts, _read_decimal, type_=ARROW_TYPES[Kind.DECIMAL])


def read_wholes(texts: pa.Array) -> ValuesRead:
    """Return whole numbers, below zero too."""
    return by_distinct(texts, _read_whole, type_=pa.int64())


def _cast_or(texts: pa.Array, type_: pa.DataType, slow: Callable[[str], object]) -> ValuesRead:
    try:
        values = pc.cast(texts, type_)
        lowest = pc.min(values).as_py()
        if lowest is None or (lowest >= 0 and pc.max(values).as_py() < 10**12):
            return ValuesRead(values)
    except pa.ArrowInvalid:
        pass
    return by_distinct(texts, slow, type_=type_)


def _read_yuan(text: str) -> Decimal | Problem:
    amount = parse_yuan(text)
    if amount is None:
        return Problem("intake.not_money", {"found": shown_number(text)})
    return amount if amount >= 0 else Problem("intake.negative", {"found": shown_number(text)})


def _read_count(text: str) -> int | Problem:
    number = _read_number(_UNIT.sub("", text))
    if isinstance(number, Problem) or number != int(number) or number >= 10**12:
        return Problem("intake.not_a_count", {"found": shown_number(text)})
    return int(number) if number >= 0 else Problem("intake.negative", {"found": shown_number(text)})


def _read_seconds(text: str) -> float | Problem:
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = match.groups(default="0")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    if (match := _DURATION.fullmatch(text)) and any(match.groups()):
        parts = {unit: float(part or 0) for unit, part in match.groupdict().items()}
        return parts["days"] * 86400 + parts["hours"] * 3600 + parts["minutes"] * 60 + parts["seconds"]
    number = _read_number(text)
    if isinstance(number, Problem) or number >= 10**12:
        return Problem("intake.not_a_duration", {"found": shown_number(text)})
    return number if number >= 0 else Problem("intake.negative", {"found": shown_number(text)})


def _read_score(text: str) -> float | Problem:
    number = _read_number(_UNIT.sub("", text))
    if isinstance(number, Problem) or not 1 <= number <= 5:
        return Problem("intake.not_a_score", {"found": shown_number(text)})
    return number


def _read_decimal(text: str) -> Decimal | Problem:
    bare = text.replace(",", "").strip()
    number = bare.rstrip("%％").strip()
    if not _NUMBER.fullmatch(number) or abs(Decimal(number)) >= LARGEST:
        return Problem("intake.not_a_number", {"found": shown_number(text)})
    exact = Decimal(number) / 100 if number != bare else Decimal(number)
    return exact.quantize(EIGHT_PLACES)


def _read_whole(text: str) -> int | Problem:
    number = _read_decimal(text)
    if isinstance(number, Problem) or number != int(number):
        return Problem("intake.not_a_whole", {"found": shown_number(text)})
    return int(number)


def _read_number(text: str) -> float | Problem:
    bare = text.replace(",", "").strip()
    share = bare.endswith(("%", "％"))
    bare = bare.rstrip("%％").strip()
    if not _NUMBER.fullmatch(bare) or abs(Decimal(bare)) > Decimal(10) ** 300:
        return Problem("intake.not_a_number", {"found": shown_number(text)})
    return float(Decimal(bare) / 100 if share else Decimal(bare))
