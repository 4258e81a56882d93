"""Orders of the day so far; what was told last of an order holds."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

NOTHING = Decimal(0)


class Told(NamedTuple):
    """What one telling says of an order; instants are whole microseconds since 1970 UTC."""

    order_id: str
    created_at: int
    paid_at: int | None
    amount_paid: Decimal


@dataclass(frozen=True)
class Sales:
    """Orders created, orders paid and yuan paid on the day."""

    created: int = 0
    paid: int = 0
    yuan: Decimal = NOTHING


class LiveOrders:
    """The orders of one shop's day, without those that are only tests."""

    def __init__(self, span: tuple[int, int], tests: Collection[str] = ()) -> None:
        self._first, self._next = span
        self._tests = tests
        self._told: dict[str, Told] = {}
        self._created = self._paid = 0
        self._yuan = NOTHING

    def take(self, told: Told) -> None:
        """Take what is told of an order now."""
        if told.order_id in self._tests:
            return
        before = self._told.pop(told.order_id, None)
        if before is not None:
            self._count(before, -1)
        if self._today(told.created_at) or self._today(told.paid_at):
            self._told[told.order_id] = told
            self._count(told, 1)

    def sales(self) -> Sales:
        """Return the sums."""
        return Sales(self._created, self._paid, self._yuan)

    def _today(self, at: int | None) -> bool:
        return at is not None and self._first <= at < self._next

    def _count(self, told: Told, times: int) -> None:
        self._created += times * self._today(told.created_at)
        if self._today(told.paid_at):
            self._paid += times
            self._yuan += times * told.amount_paid
