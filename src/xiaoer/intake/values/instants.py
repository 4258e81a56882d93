"""Instants: every way exports write a time; local ones are read with the shop's clock, stored as UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import Clock
from xiaoer.base.local_time import by_quarters
from xiaoer.base.mask import shown_number
from xiaoer.intake.values.column import Problem, ValuesRead, by_distinct, fast_then_slow

DateOrder = Literal["auto", "MM-DD-YY"]
INSTANT = pa.timestamp("us")
NOISE = timedelta(milliseconds=1)  # spreadsheets and scripts leave 07.999996 where 08 was meant
# Local texts have no offset until the clock gives them one.
EARLIEST, LATEST = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01")
EXCEL_EPOCH = datetime.fromisoformat("1899-12-30")

_PLAIN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?$"
_PLAIN_LENGTHS = (16, 19, *range(21, 27))
_SECOND = r"(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?"
_TIME = rf"(?:[T\s]*(?P<hour>\d{{1,2}})[:：时](?P<minute>\d{{1,2}})(?:[:：分]{_SECOND}秒?|分)?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_LONG = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + _TIME + _ZONE)
_COMPACT_DATE = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
_COMPACT = re.compile(_COMPACT_DATE + r"(?:[T\s]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?" + _ZONE)
_COMPACT_DAY = re.compile(_COMPACT_DATE + _TIME + _ZONE)
_AMERICAN = re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{2}|\d{4})" + _TIME)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_HALF_DAY = re.compile(r"\s*(上午|下午|[AaPp][Mm](?![A-Za-z]))\s*")
_MILLIS = re.compile(r"\d{13}")


def read_instants(texts: pa.Array, *, clock: Clock, order: DateOrder = "auto") -> ValuesRead:
    """Return the instants as UTC; unreadable texts and times outside 1990–2099 are problems."""
    if pa.types.is_timestamp(texts.type):
        return _in_range(_typed(texts, clock), texts)
    local = _all_alike(texts)
    if local is not None:
        return _in_range(ValuesRead(_to_utc(_without_noise(local), clock)), texts)
    usual = pc.replace_substring(texts, pattern="/", replacement="-") if _any_has(texts, "/") else texts
    read = fast_then_slow(
        usual,
        is_plain=pc.match_substring_regex(usual, pattern=_PLAIN),
        fast=lambda plain: _to_utc(_without_noise(pc.cast(plain, INSTANT)), clock),
        slow=lambda text: read_instant(text, clock=clock, order=order),
        type_=INSTANT,
    )
    return _in_range(read, texts)


def _all_alike(texts: pa.Array) -> pa.Array | None:
    """Return the local times of texts that all have one length of _PLAIN's; None where one may be of another form.

    Of these lengths nothing else is a time without an offset to the cast, which is much quicker than the pattern.
    """
    ends = pc.min_max(pc.binary_length(texts)).as_py()
    if ends["min"] != ends["max"] or ends["min"] not in _PLAIN_LENGTHS:
        return None
    try:
        return pc.cast(texts, INSTANT)
    except pa.ArrowInvalid:
        return None


def read_days(texts: pa.Array, *, order: DateOrder = "auto") -> ValuesRead:
    """Return calendar days; a time of day in the text is left off."""
    if pa.types.is_timestamp(texts.type):
        return ValuesRead(pc.cast(pc.floor_temporal(texts, unit="day"), pa.date32()))
    return by_distinct(texts, lambda text: _read_day(text, order), type_=pa.date32())


def read_instant(text: str, *, clock: Clock, order: DateOrder = "auto") -> datetime | Problem:
    """Return one instant as UTC without an offset, or the problem that it is none."""
    try:
        found = _parse(text.strip(), order)
        if found is None:
            return Problem("intake.not_a_time", {"found": shown_number(text)})
        if found.tzinfo is None and not EARLIEST <= found < LATEST:
            return Problem("intake.time_out_of_range", {"found": shown_number(text)})
        snapped = _snapped(found)
        aware = snapped if snapped.tzinfo else snapped.replace(tzinfo=clock.zone)  # fold 0: the same on every run
        return aware.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return Problem("intake.not_a_time", {"found": shown_number(text)})


def _parse(text: str, order: DateOrder) -> datetime | None:
    if half := _HALF_DAY.search(text):
        found = _parse(f"{text[: half.start()]} {text[half.end() :]}".strip(), order)
        return found and _in_half(found, is_afternoon=half[1].lower() in ("下午", "pm"))
    if _SERIAL.fullmatch(text):
        return EXCEL_EPOCH + timedelta(microseconds=round(float(text) * 86_400_000_000))
    if _MILLIS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC)
    patterns = [_AMERICAN] if order == "MM-DD-YY" else []
    for pattern in [*patterns, _LONG, _COMPACT, _COMPACT_DAY, _AMERICAN]:
        if match := pattern.fullmatch(text):
            return _from_parts(match.groupdict())
    return None


def _in_half(moment: datetime, *, is_afternoon: bool) -> datetime | None:
    """Return the moment with its hour counted from midnight; None when it was not one of twelve."""
    if not 0 < moment.hour <= 12:
        return None
    return moment.replace(hour=moment.hour % 12 + (12 if is_afternoon else 0))


def _from_parts(parts: dict[str, str | None]) -> datetime:
    year = int(parts["year"] or 0)
    fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
    moment = datetime(  # noqa: DTZ001 -- a text without an offset is local; the clock places it
        year + 2000 if year < 100 else year,
        int(parts["month"] or 0),
        int(parts["day"] or 0),
        int(parts.get("hour") or 0),
        int(parts.get("minute") or 0),
        int(parts.get("second") or 0),
        int(fraction),
    )
    zone = parts.get("zone")
    return moment.replace(tzinfo=_offset(zone)) if zone else moment


def _offset(zone: str) -> timezone:
    if zone == "Z":
        return UTC
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if zone[0] == "-" else offset)


def _read_day(text: str, order: DateOrder) -> date | Problem:
    try:
        found = _parse(text.strip(), order)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        return Problem("intake.not_a_time", {"found": shown_number(text)})
    if not EARLIEST <= found.replace(tzinfo=None) < LATEST:
        return Problem("intake.time_out_of_range", {"found": shown_number(text)})
    return found.date()


def _snapped(moment: datetime) -> datetime:
    beyond = timedelta(microseconds=moment.microsecond)
    if beyond < NOISE:
        return moment - beyond
    short = timedelta(seconds=1) - beyond
    return moment + short if short < NOISE else moment


def _without_noise(naive: pa.Array) -> pa.Array:
    micros = pc.cast(naive, pa.int64())
    nearest = pc.multiply(pc.divide(pc.add(micros, 500_000), 1_000_000), 1_000_000)
    distance = pc.abs(pc.subtract(micros, nearest))
    noisy = pc.and_(pc.less(distance, 1000), pc.greater(distance, 0))
    if not pc.any(noisy, min_count=0).as_py():
        return naive
    return pc.cast(pc.if_else(noisy, nearest, micros), INSTANT)


def _to_utc(naive: pa.Array, clock: Clock) -> pa.Array:
    try:
        return by_quarters(naive, lambda some: _as_utc(some, clock))
    except pa.ArrowInvalid:  # a time skipped by summer time: read with the offset before the gap, as fold 0 does
        moments = [
            moment and moment.replace(tzinfo=clock.zone).astimezone(UTC).replace(tzinfo=None)
            for moment in naive.to_pylist()
        ]
        return pa.array(moments, INSTANT)


def _as_utc(naive: pa.Array, clock: Clock) -> pa.Array:
    aware = pc.assume_timezone(naive, clock.zone.key, ambiguous="earliest", nonexistent="raise")
    return pc.cast(pc.cast(aware, pa.timestamp("us", "UTC")), INSTANT)


def _typed(times: pa.Array, clock: Clock) -> ValuesRead:
    micros = pc.cast(times, pa.timestamp("us", times.type.tz), safe=False)
    if times.type.tz is None:
        return ValuesRead(_to_utc(_without_noise(micros), clock))
    return ValuesRead(_without_noise(pc.cast(pc.cast(micros, pa.timestamp("us", "UTC")), INSTANT)))


def _in_range(read: ValuesRead, texts: pa.Array) -> ValuesRead:
    day = timedelta(days=1)  # an offset may push a good local time over the edge
    low, high = pa.scalar(EARLIEST - day, INSTANT), pa.scalar(LATEST + day, INSTANT)
    outside = pc.or_(pc.less(read.values, low), pc.greater(read.values, high))
    if not pc.any(outside, min_count=0).as_py():
        return read
    rows = pc.indices_nonzero(pc.fill_null(outside, False)).to_pylist()
    found = {row: Problem("intake.time_out_of_range", {"found": shown_number(str(texts[row]))}) for row in rows}
    return ValuesRead(pc.if_else(pc.fill_null(outside, False), None, read.values), {**read.problems, **found})


def _any_has(texts: pa.Array, sign: str) -> bool:
    return bool(pc.any(pc.match_substring(texts, pattern=sign), min_count=0).as_py())
