"""Rounds: in one buyer's day with the shop, from the first unanswered question to the first human answer."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.reference.messages import BUYER, HUMAN, Line
from tests.reference.shop import Shop


@dataclass
class Round:
    """One round; `account` answered it or, unanswered, was addressed last; `wait` is None when unanswered."""

    buyer: str
    day: date
    opened_at: datetime
    last_asked_at: datetime
    account: str
    answered_at: datetime | None = None
    wait: timedelta | None = None
    asked: list[Line] = field(default_factory=list)
    answer: Line | None = None

    @property
    def message_waits(self) -> list[timedelta]:
        """Return how long each buyer message waited for the answer; empty when none came."""
        return [] if self.answer is None else [self.answer.at - line.at for line in self.asked]


def rounds_of(shop: Shop, lines: list[Line]) -> list[Round]:
    """Return every round of every buyer's day, filtered contacts included."""
    found: list[Round] = []
    for buyer, day in sorted({(line.buyer, line.day) for line in lines}):
        said = [line for line in lines if line.buyer == buyer and line.day == day]
        found += _rounds_of_a_day(said, wait_from=shop.settings_on(day).text("wait_from"))
    return found


def _rounds_of_a_day(said: list[Line], *, wait_from: str) -> list[Round]:
    found: list[Round] = []
    is_open = False
    for line in said:
        if line.who == BUYER and not is_open:
            found.append(Round(line.buyer, line.day, line.at, line.at, line.account))
            found[-1].asked.append(line)
            is_open = True
        elif line.who == BUYER:
            found[-1].asked.append(line)
            found[-1].last_asked_at = line.at
            found[-1].account = line.account
        elif line.who == HUMAN and is_open:
            current = found[-1]
            current.account = line.account
            current.answered_at = line.at
            current.answer = line
            current.wait = line.at - (current.opened_at if wait_from == "first" else current.last_asked_at)
            is_open = False
    return found


def counted_wait(wait: timedelta | None, *, cap: timedelta, over: str) -> timedelta | None:
    """Return the wait as an average counts it: capped, kept, or None when unanswered or left out."""
    if wait is None or wait <= cap or over == "keep":
        return wait
    return cap if over == "cap" else None
