"""Sessions of one shop's calendar months, each with a name made from all that goes into it."""

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.days import DAY, Period
from xiaoer.facts.corrections import corrected_credits, without_test_orders
from xiaoer.facts.relations import (
    CANONICAL_USED,
    Scope,
    add_credit,
    add_receptions,
    code_name,
    day_settings,
    days_of,
    days_of_interest,
    load_chats,
    orders_of_interest,
)
from xiaoer.facts.tables import table_facts
from xiaoer.store.engine import Engine
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

_OF_ORDERS = ("orders", "order_lines")


@dataclass(frozen=True)
class MonthSession:
    """A session that holds what a month is made from, under the name of it; `complete` makes the relations."""

    month: Period
    name: str
    engine: Engine
    complete: Callable[[], None]


class ShopMonths:
    """What the months of a shop are made from; tables are read once for all of them."""

    def __init__(self, store: Store, snapshot: Snapshot, *, shop: str, policy: str) -> None:
        self._store, self._snapshot, self._shop, self._policy = store, snapshot, shop, policy
        self._shops = {shop: snapshot.settings_of(shop)}

    @cached_property
    def span(self) -> Period | None:
        """Return the local days from the first to the last on which anything is known of the shop; None without any."""
        slices = self._store.slices(self._snapshot, self._shop, first=date.min, last=date.max)
        days = {one.day for one in slices}
        for rows in self._dated.values():
            days |= set(pc.min_max(rows["day"]).as_py().values())
        clock = self._shops[self._shop].clock
        for name in ("created_at", "paid_at"):
            ends = pc.min_max(self._canonical["orders"][name]).as_py().values()
            days |= {clock.local_day(at.replace(tzinfo=UTC)) for at in ends if at is not None}
        known = days - {None}
        return Period(min(known), max(known)) if known else None

    def session(self, month: Period) -> MonthSession:
        """Return an open session of a month: named, and not yet computed; its engine is the caller's to close."""
        scope = Scope((self._shop,), month, self._policy)
        orders = orders_of_interest(self._canonical["orders"], self._shops, scope)
        with ExitStack() as undone:
            engine = undone.enter_context(Engine(spill_folder=self._store.home.spill))
            engine.remember_footers()
            load_chats(
                engine, self._store, self._snapshot, orders, shops=self._shops,
                days=days_of_interest(orders, self._shops, scope),
            )  # fmt: skip
            tables = self._tables(orders, month)
            for name, table in tables.items():
                engine.add_table(name, table)
            add_receptions(engine)
            corrections = self._snapshot.corrections_of(self._shop)
            inputs = {
                **tables,
                "corrected_credit": _of_orders(corrected_credits(corrections), tables["orders"]),
                "day_setting": day_settings(self._shops, days=days_of(engine)),
            }
            made_from = (code_name(), self._policy, month, _files(engine.views()), _contents(inputs))

            def complete() -> None:
                add_credit(
                    engine, tables["orders"], shops=self._shops, policy=self._policy, corrections=corrections
                )  # fmt: skip

            undone.pop_all()
            return MonthSession(month, hashlib.sha256(repr(made_from).encode()).hexdigest()[:32], engine, complete)

    @cached_property
    def _canonical(self) -> Mapping[str, pa.Table]:
        return {name: self._store.current(self._snapshot, name, shops=[self._shop]) for name in CANONICAL_USED}

    @cached_property
    def _dated(self) -> Mapping[str, pa.Table]:
        """Return the facts that have a day of their own, those of test orders left out."""
        others = {name: rows for name, rows in self._canonical.items() if name not in _OF_ORDERS}
        made = table_facts(without_test_orders(others, self._snapshot.corrections), self._shops)
        return {name: rows for name, rows in made.items() if name not in ("orders", "agents")}

    def _tables(self, orders: pa.Table, month: Period) -> dict[str, pa.Table]:
        """Return the facts of tables that a month's relations are made from: of other months nothing is among them."""
        lines = _of_orders(self._canonical["order_lines"], orders)
        told = without_test_orders({"orders": orders, "order_lines": lines}, self._snapshot.corrections)
        own = table_facts(told, self._shops)
        dated = {name: rows.filter(_is_within(rows, month)) for name, rows in self._dated.items()}
        refunds = self._dated["refund"]
        refund = refunds.filter(pc.or_(_is_within(refunds, month), _is_of(refunds, own["orders"])))
        return {**dated, "refund": refund, "orders": own["orders"], "agents": own["agents"]}


def months_of(days: Period) -> list[Period]:
    """Return the calendar months that some of these days are in."""
    first, found = days.first.replace(day=1), []
    while first <= days.last:
        following = (first + 31 * DAY).replace(day=1)
        found.append(Period(first, following - DAY))
        first = following
    return found


def _is_within(rows: pa.Table, days: Period) -> pa.ChunkedArray:
    first, last = (pa.scalar(day, pa.date32()) for day in (days.first, days.last))
    return pc.fill_null(pc.and_(pc.greater_equal(rows["day"], first), pc.less_equal(rows["day"], last)), False)


def _is_of(rows: pa.Table, orders: pa.Table) -> pa.ChunkedArray:
    return pc.is_in(rows["order_id"], orders["order_id"].combine_chunks())


def _of_orders(rows: pa.Table, orders: pa.Table) -> pa.Table:
    return rows.filter(_is_of(rows, orders))


def _files(views: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the views with their files' names alone: the folder may be moved."""
    return sorted((name, re.sub(r"'[^']*/([^/']+)'", r"'\1'", sql)) for name, sql in views.items())


def _contents(tables: Mapping[str, pa.Table]) -> list[tuple[str, str]]:
    return [(name, _content(tables[name])) for name in sorted(tables)]


class _Hashed:
    """A file that keeps no more of what is written than its hash."""

    closed = False

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        return len(data)

    def flush(self) -> None: ...

    def name(self) -> str:
        return self._hash.hexdigest()


def _content(table: pa.Table) -> str:
    hashed = _Hashed()
    with pa.ipc.new_stream(hashed, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return hashed.name()
