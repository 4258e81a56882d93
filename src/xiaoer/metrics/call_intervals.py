"""Calls by interval: how many were offered, answered in time, given up, in each stretch of the wall clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from xiaoer.base.days import DAY_MINUTES, MICROS_PER_SECOND, Period
from xiaoer.base.steps import Step
from xiaoer.metrics.literal import sql_literal
from xiaoer.metrics.scan import within


@dataclass(frozen=True)
class CallCounts:
    """Calls of one stretch of time; waits are of the answered calls, handle times of those whose end is known."""

    offered: int = 0
    answered: int = 0
    in_time: int = 0
    abandoned: int = 0
    abandoned_early: int = 0
    wait_micros: int = 0
    handled: int = 0
    handle_micros: int = 0

    def __add__(self, other: "CallCounts") -> "CallCounts":
        return CallCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def service_level(self) -> Fraction | None:
        """Return answered in time ÷ offered."""
        return _ratio(self.in_time, self.offered)

    @property
    def abandonment(self) -> Fraction | None:
        """Return abandoned ÷ offered."""
        return _ratio(self.abandoned, self.offered)

    @property
    def answer_seconds(self) -> Fraction | None:
        """Return the average speed of answer."""
        return _ratio(self.wait_micros, self.answered * MICROS_PER_SECOND)

    @property
    def handle_seconds(self) -> Fraction | None:
        """Return the mean handle time."""
        return _ratio(self.handle_micros, self.handled * MICROS_PER_SECOND)


@dataclass(frozen=True)
class CallInterval:
    """The calls of one local day that came in from this minute of the wall clock (0–1439) to the next interval."""

    day: date
    minute: int
    counts: CallCounts


def intervals_step(period: Period, *, minutes: int, queue: str | None) -> Step:
    """Return the step that counts the calls of each interval of so many minutes; intervals without a call are none."""
    start = f"minute - minute % {minutes}"
    of_queue = "" if queue is None else f" AND queue = {sql_literal(queue)}"
    return Step(
        "call_interval",
        f"SELECT day, {start} AS from_minute, COUNT(*) AS offered, COUNT(CASE WHEN answered THEN 1 END) AS answered, "
        "COUNT(CASE WHEN within_service_level THEN 1 END) AS in_time, "
        "COUNT(CASE WHEN abandoned THEN 1 END) AS abandoned, "
        "COUNT(CASE WHEN abandoned_within_service_level THEN 1 END) AS abandoned_early, "
        "SUM(CASE WHEN answered THEN wait_micros END) AS wait_micros, COUNT(handle_micros) AS handled, "
        "SUM(handle_micros) AS handle_micros "
        f"FROM call WHERE {within(period)}{of_queue} GROUP BY day, {start}",
    )


def call_intervals(rows: Iterable[Mapping[str, Any]], *, day_starts_at: int) -> list[CallInterval]:
    """Return the step's rows in the order of time, where local days start at this minute of the wall clock."""
    made = [
        CallInterval(
            row["day"], int(row["from_minute"]), CallCounts(*(_whole(row[one.name]) for one in fields(CallCounts)))
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: (one.day, (one.minute - day_starts_at) % DAY_MINUTES))


def added_up(intervals: Iterable[CallInterval]) -> CallCounts:
    """Return the counts of these intervals together."""
    return reduce(CallCounts.__add__, (one.counts for one in intervals), CallCounts())


def _whole(value: int | Decimal | None) -> int:
    return int(value or 0)


def _ratio(over: int, under: int) -> Fraction | None:
    return Fraction(over, under) if under else None
