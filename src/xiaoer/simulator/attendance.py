"""The presence log: shifts, the meal break, and staying until the last buyer is served."""

from collections.abc import Iterator, Mapping
from typing import Any

from xiaoer.simulator.chat import AGENT
from xiaoer.simulator.chat_log import ChatLog
from xiaoer.simulator.people import Person
from xiaoer.simulator.wall_time import DAY_SECONDS, HOUR_SECONDS, day_of, utc_datetime

LATE_SHIFT_REACHES = 4 * HOUR_SECONDS  # messages before four in the morning belong to the evening's shift


def presence_rows(log: ChatLog, people: tuple[Person, ...], *, first: int, end: int) -> Iterator[Mapping[str, Any]]:
    """Yield online and away stretches by agent and day."""
    last_word: dict[tuple[int, int], int] = {}
    for account, at, sender, auto in zip(log.account, log.at, log.sender, log.auto, strict=True):
        if sender == AGENT and not auto and at < end:
            key = account, (at - LATE_SHIFT_REACHES) // DAY_SECONDS
            last_word[key] = max(at, last_word.get(key, 0))
    for person in people:
        for start_of_day in range(first, end, DAY_SECONDS):
            duty = person.duty(day_of(start_of_day))
            if duty is not None:
                stays = last_word.get((person.number, start_of_day // DAY_SECONDS), 0) + 60
                yield from _shift_rows(person, duty[0], min(end - 1, max(duty[1], stays)))


def _shift_rows(person: Person, start: int, stop: int) -> Iterator[Mapping[str, Any]]:
    away = start + 4 * HOUR_SECONDS + person.number % 5 * 900
    stretches = (("online", start, away), ("away", away, away + 1800), ("online", away + 1800, stop))
    for status, begins, ends in stretches:
        if begins < ends:
            yield {
                "agent": person.account,
                "status": status,
                "start_at": utc_datetime(begins),
                "end_at": utc_datetime(ends),
            }
