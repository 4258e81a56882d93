"""Calls: how each offered call ended and how long its parts were."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.shop import Row, Shop


@dataclass(frozen=True)
class Call:
    """One call on the day it was offered; a part is None where a time is unknown."""

    agent: str | None
    day: date
    hour: int
    answered: bool
    abandoned: bool
    wait: timedelta | None
    talk: timedelta | None
    handle: timedelta | None
    within_service_level: bool
    patience: timedelta | None = None
    abandoned_early: bool = False
    minute: int = 0
    queue: str | None = None


def calls_of(shop: Shop) -> list[Call]:
    """Return every offered call."""
    return [_call(shop, row) for row in shop.rows("calls")]


def _call(shop: Shop, row: Row) -> Call:
    offered_at, answered_at, ended_at = row["offered_at"], row.get("answered_at"), row.get("ended_at")
    abandoned_at = row.get("abandoned_at")
    patience = abandoned_at - offered_at if answered_at is None and abandoned_at is not None else None
    day = shop.day(offered_at)
    wait = answered_at - offered_at if answered_at is not None else None
    talk = ended_at - answered_at if answered_at is not None and ended_at is not None else None
    level = timedelta(seconds=shop.settings_on(day).count("service_level_seconds"))
    return Call(
        agent=row.get("agent"),
        day=day,
        hour=shop.hour(offered_at),
        answered=answered_at is not None,
        abandoned=answered_at is None and row.get("abandoned_at") is not None,
        wait=wait,
        talk=talk,
        handle=talk + timedelta(seconds=row.get("wrap_up_seconds") or 0) if talk is not None else None,
        within_service_level=wait is not None and wait <= level,
        patience=patience,
        abandoned_early=patience is not None and patience <= level,
        minute=shop.local(offered_at).hour * 60 + shop.local(offered_at).minute,
        queue=row.get("queue"),
    )
