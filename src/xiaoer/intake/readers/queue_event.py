"""One event of a queue log: a line such as 1725156010|call|queue|agent|EVENT|data|…"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINE = re.compile(r"(?P<second>\d{9,10})(?:\.(?P<fraction>\d{1,9}))?\|[^|]*\|[^|]*\|[^|]*\|[A-Z][A-Z_0-9]*(?:\||$)")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log; `at` is in whole microseconds since 1970."""

    line: int
    at: int
    call: str
    queue: str
    agent: str | None
    name: str
    data: tuple[str, ...]

    def seconds(self, position: int) -> int | None:
        """Return the datum as microseconds of so many seconds, None where there is no such number."""
        text = self.data[position] if position < len(self.data) else ""
        return int(text) * 10**6 if text.isascii() and text.isdigit() and len(text) < 10 else None


def event_of(number: int, line: str) -> Event | None:
    """Return the event that a line tells of, or None."""
    found = _LINE.match(line.lstrip("\ufeff"))
    if found is None:
        return None
    _, call, queue, agent, name, *data = line.rstrip().split("|")
    at = int(found["second"]) * 10**6 + int((found["fraction"] or "").ljust(6, "0")[:6])
    return Event(number, at, call.strip(), queue.strip(), _known(agent), name.strip(), tuple(data))


def instant(at: int | None) -> str | None:
    """Return microseconds since 1970 as the text of an instant."""
    if at is None:
        return None
    seconds, micros = divmod(at, 10**6)
    return f"{_second(seconds)}.{micros:06d}Z"


@lru_cache(maxsize=4096)  # events of one second stand together
def _second(seconds: int) -> str:
    return f"{EPOCH + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}"


def _known(text: str) -> str | None:
    return None if text.strip() in ("", "NONE") else text.strip()
