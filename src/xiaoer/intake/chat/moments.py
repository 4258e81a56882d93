"""Times as chats write them, made comparable; what is no time stays as it is, to be refused with its place."""

import re
from datetime import UTC, datetime

TIME = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[ \u3000T]+\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?"
_PARTS = re.compile(r"\d+")
MICROS_FROM, MILLIS_FROM, SECONDS_FROM = 10**15, 10**12, 10**9


def normal_time(text: str) -> tuple[str, str]:
    """Return the time as 2024-09-01 09:05:03 and again as the key that sorts.

    A time that no calendar has comes back as it was, with an empty key.
    """
    found = _PARTS.findall(text)
    if len(found) < 5:  # a day without a time of day
        return text, ""
    try:
        parts = [int(part) for part in found[:6]]
        moment = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 -- local text; the shop's clock reads it later
    except (ValueError, OverflowError, TypeError):
        return text, ""
    if moment.year < 1000:
        return text, ""
    normal = moment.isoformat(" ")
    return normal, normal


def any_time(text: str) -> str:
    """Return an instant as text that says its zone when it is a count of seconds, milli- or microseconds since 1970.

    Other texts come back as they are.
    """
    if not text.isascii() or not text.isdigit() or not 10 <= len(text) <= 16:
        return text
    number = int(text)
    scale = 10**6 if number >= MICROS_FROM else 1000 if number >= MILLIS_FROM else 1
    try:
        moment = datetime.fromtimestamp(number // scale, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return text
    micros = number % scale * (10**6 // scale)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{micros:06d}Z"
