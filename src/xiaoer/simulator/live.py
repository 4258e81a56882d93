"""A simulated day told as it happens: each row at its second, for feeding a live wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from xiaoer.simulator.simulate import Simulated, simulate

FIRST_DAY = date(2024, 9, 2)
STARTS_AT = timedelta(hours=10)  # when chats are in full swing
UTC_OFFSET = timedelta(hours=8)


@dataclass(frozen=True)
class Told:
    """A row of a canonical table and how many seconds after the beginning it is told."""

    after: float
    table: str
    row: dict[str, Any]


class Moment(NamedTuple):
    """When something is told, and what."""

    at: datetime
    table: str
    row: dict[str, Any]


def live_day(*, seed: int, messages: int, agents: int) -> list[Told]:
    """Return a day's rows from ten o'clock on, in the order in which they are told; their own times are simulated.

    An order is told when it is created and again when it is paid, each time with what was known then.
    """
    made = simulate(seed=seed, first_day=FIRST_DAY, days=1, messages=messages, agents=agents)
    starts = datetime.combine(FIRST_DAY, datetime.min.time()) + STARTS_AT - UTC_OFFSET
    moments = sorted((one for one in _moments(made) if one.at >= starts), key=lambda one: one.at)
    return [Told((one.at - starts).total_seconds(), one.table, one.row) for one in moments]


def shifted(told: Told, began: datetime, speed: float) -> tuple[str, dict[str, Any]]:
    """Return the row as it is posted: every instant of it moved to when the feed tells it."""
    starts = (datetime.combine(FIRST_DAY, datetime.min.time()) + STARTS_AT - UTC_OFFSET).replace(tzinfo=UTC)
    row = {
        name: (began + (value.replace(tzinfo=UTC) - starts) / speed).isoformat(timespec="microseconds")
        if isinstance(value, datetime) else value
        for name, value in told.row.items()
    }  # fmt: skip
    return told.table, row


def _moments(made: Simulated) -> Iterator[Moment]:
    for row in _rows(made.tables["messages"], "buyer agent sent_at sender text kind auto transfer_to"):
        yield Moment(row["sent_at"], "messages", row)
    for row in _rows(made.tables["orders"], "order_id buyer created_at paid_at amount_payable amount_paid item_count"):
        yield Moment(row["created_at"], "orders", row | {"paid_at": None, "amount_paid": row["amount_paid"] * 0})
        if row["paid_at"] is not None:
            yield Moment(row["paid_at"], "orders", row)
    for row in _rows(made.tables["presence"], "agent status start_at"):
        yield Moment(row["start_at"], "presence", row)


def _rows(table: pa.Table, names: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select(names.split()).to_pylist()
    return rows
