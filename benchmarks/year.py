"""A shop's year in a home of its own: 100 agents, messages, orders and what comes after, imported month by month."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoer.actions.plain_issue import plain_issue
from xiaoer.base.days import Clock
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.tables import canonical_tables
from xiaoer.simulator.large import write_large
from xiaoer.store.store import Store

SHOP = "云上大店"
FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2023, 12, 31)
DAYS = 365
AGENTS = 100
GROUPS = 4
UTC_OFFSET = timedelta(hours=8)
REFUND_SHARE, REVIEW_SHARE, INVITED_SHARE, RATED_SHARE = 0.08, 0.1, 0.1, 0.6
CALLS_PER_DAY = 500

AS_MADE = plain_issue(Issue("intake.recognised", Severity.NOTE, values={
    "platform": "canonical", "form": "canonical", "matched": 0, "headers": 0, "tables": "messages",
}))  # fmt: skip
Table = dict[str, Any]


def year_home(home: Path, *, messages: int, seed: int = 11) -> None:
    """Make a home that holds the year, one import a month, as a shop that exports monthly has it."""
    exports = home / "exports"
    write_large(exports, messages=messages, seed=seed, first_day=FIRST_DAY, days=DAYS, agents=AGENTS, shop=SHOP)
    random = np.random.default_rng(seed)
    with Store(home) as store:
        for month in range(1, 13):
            days = [day for day in _days() if day.month == month]
            with store.importing(Clock()) as under_way:
                for table, rows in _month(random, exports, days):
                    for batch in _canonical(table, rows).to_batches(max_chunksize=200_000):
                        under_way.writer.add(table, batch)
                under_way.commit(
                    file={"file_name": f"{month:02}", "file_hash": f"{month:02}", "file_bytes": 0, "shop": SHOP,
                          "platform": "canonical", "exported_at": None},
                    report={"recognised": AS_MADE, "issues": [], "totals": {}},
                )  # fmt: skip


def _days() -> list[date]:
    return [FIRST_DAY + timedelta(days=place) for place in range(DAYS)]


def _month(random: np.random.Generator, exports: Path, days: list[date]) -> Iterator[tuple[str, pa.Table | Table]]:
    """Yield each table's rows of a month; what comes after an order may fall into the next one."""
    for day in days:
        messages = pq.read_table(exports / f"messages_{day}.parquet")
        orders = pq.read_table(exports / f"orders_{day}.parquet")
        yield "messages", messages
        yield "orders", orders
        paid = orders.filter(pc.is_valid(orders["paid_at"]))
        yield "refunds", _refunds(random, paid)
        yield "reviews", _reviews(random, paid)
        yield "ratings", _ratings(random, messages)
        yield "presence", _presence(random, day)
        yield "calls", _calls(random, day)
    if days[0] == FIRST_DAY:
        yield "agents", _agents()


def _accounts() -> list[str]:
    return [f"{SHOP}:客服{number:03d}" for number in range(AGENTS)]


def _agents() -> Table:
    groups = [f"第{1 + place % GROUPS}组" for place in range(AGENTS)]
    return {"agent": _accounts(), "group": groups, "role": ["pre_sale"] * AGENTS}


def _some(random: np.random.Generator, table: pa.Table, share: float) -> pa.Table:
    return table.take(pa.array(np.flatnonzero(random.random(len(table)) < share)))


def _later(random: np.random.Generator, instants: pa.ChunkedArray, *, hours: float) -> pa.Array:
    after = (random.standard_exponential(len(instants)) * hours * 3600).astype("int64").astype("timedelta64[s]")
    return pa.array(instants.cast(pa.timestamp("us")).to_numpy() + after, pa.timestamp("us"))


def _refunds(random: np.random.Generator, paid: pa.Table) -> Table:
    rows = _some(random, paid, REFUND_SHARE)
    count = len(rows)
    requested = _later(random, rows["paid_at"], hours=60)
    return {
        "refund_id": pc.binary_join_element_wise(rows["order_id"], "r", ""), "order_id": rows["order_id"],
        "buyer": rows["buyer"], "requested_at": requested, "finished_at": _later(random, requested, hours=30),
        "amount": rows["amount_paid"], "kind": _drawn(random, count, ["refund_only", "return"]),
        "status": _drawn(random, count, ["success", "success", "success", "closed"]),
        "disputed": random.random(count) < 0.05, "finished_by": _drawn(random, count, ["merchant", "platform"]),
        "agent": _drawn(random, count, _accounts()),
    }  # fmt: skip


def _reviews(random: np.random.Generator, paid: pa.Table) -> Table:
    rows = _some(random, paid, REVIEW_SHARE)
    count = len(rows)
    return {
        "review_id": pc.binary_join_element_wise(rows["order_id"], "v", ""), "order_id": rows["order_id"],
        "buyer": rows["buyer"], "created_at": _later(random, rows["paid_at"], hours=150),
        "rating": _drawn(random, count, ["good"] * 8 + ["neutral", "bad"]),
        "service_score": random.integers(1, 6, count).astype(float),
    }  # fmt: skip


def _ratings(random: np.random.Generator, messages: pa.Table) -> Table:
    chats = messages.group_by(["buyer", "agent"], use_threads=False).aggregate([("sent_at", "max")])
    rows = _some(random, chats, INVITED_SHARE)
    rated = random.random(len(rows)) < RATED_SHARE
    at = _later(random, rows["sent_at_max"], hours=0.2).to_numpy()
    return {
        "buyer": rows["buyer"], "agent": rows["agent"], "invited_at": rows["sent_at_max"],
        "rated_at": pa.array(at, mask=~rated), "source": _drawn(random, len(rows), ["agent", "agent", "buyer"]),
        "score": pa.array(random.integers(1, 6, len(rows)).astype(float), mask=~rated),
    }  # fmt: skip


def _presence(random: np.random.Generator, day: date) -> Table:
    """Return two stretches online with one away between them, for every agent."""
    start = np.datetime64(datetime.combine(day, datetime.min.time()) - UTC_OFFSET, "us")
    came = start + (8 * 3600 + random.integers(0, 3600, AGENTS)).astype("timedelta64[s]")
    marks = [came + np.timedelta64(hours, "h") for hours in (0, 4, 5, 9)]
    return {
        "agent": _accounts() * 3, "status": ["online"] * AGENTS + ["away"] * AGENTS + ["online"] * AGENTS,
        "start_at": np.concatenate(marks[:3]), "end_at": np.concatenate(marks[1:]),
    }  # fmt: skip


def _calls(random: np.random.Generator, day: date) -> Table:
    start = np.datetime64(datetime.combine(day, datetime.min.time()) - UTC_OFFSET, "us")
    offered = start + random.integers(8 * 3600, 22 * 3600, CALLS_PER_DAY).astype("timedelta64[s]")
    answered = offered + random.integers(1, 60, CALLS_PER_DAY).astype("timedelta64[s]")
    ended = answered + random.integers(20, 400, CALLS_PER_DAY).astype("timedelta64[s]")
    lost = random.random(CALLS_PER_DAY) < 0.06
    return {
        "call_id": [f"{day:%y%m%d}{place:04}" for place in range(CALLS_PER_DAY)], "queue": ["q"] * CALLS_PER_DAY,
        "agent": _drawn(random, CALLS_PER_DAY, _accounts()), "offered_at": offered,
        "answered_at": pa.array(answered, mask=lost), "ended_at": pa.array(ended, mask=lost),
        "abandoned_at": pa.array(answered, mask=~lost),
        "wrap_up_seconds": random.integers(5, 40, CALLS_PER_DAY).astype(float),
    }  # fmt: skip


def _drawn(random: np.random.Generator, count: int, values: list[str]) -> pa.Array:
    return pa.array(values).take(pa.array(random.integers(0, len(values), count)))


def _canonical(table: str, rows: pa.Table | Table) -> pa.Table:
    """Return the rows with every column of their canonical table, unknown ones empty."""
    schema = canonical_tables()[table].schema
    columns = {name: rows[name] for name in rows.column_names} if isinstance(rows, pa.Table) else rows
    count = len(next(iter(columns.values())))
    whole = {"shop": pa.repeat(SHOP, count), "source_row": pa.array(np.arange(1, count + 1)), **columns}
    made = []
    for field in schema:
        column = whole.get(field.name)
        if column is None:
            made.append(pa.nulls(count, field.type))
        else:
            array = column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column)
            made.append(array.cast(field.type))
    return pa.table(made, schema=schema)
