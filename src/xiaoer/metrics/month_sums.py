"""Sums by day of whole months, made where they are missing, for reports of many days."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pyarrow as pa

from xiaoer.base.ahead import with_work_ahead
from xiaoer.base.days import DAY, Period
from xiaoer.facts.months import MonthSession, ShopMonths, months_of
from xiaoer.facts.relations import Scope, session_key
from xiaoer.metrics.day_sums import every_measure
from xiaoer.metrics.kept_tables import KeptTable, kept_tables, made_from
from xiaoer.metrics.metric import Metric
from xiaoer.metrics.request import Dimension
from xiaoer.metrics.scan import named
from xiaoer.store.engine import Engine
from xiaoer.store.kept_sums import Listed
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

LONG_DAYS = 62  # of fewer days, what is asked is computed sooner than the sums of every metric
FEWEST_MESSAGES = 50_000  # a month; with fewer, all its rows are read sooner than sums of every metric are planned
VERSION = 2  # raised whenever the same steps would be kept in another form
_ANY_DAY = Period(date(2000, 1, 1), date(2000, 1, 1))


@dataclass(frozen=True)
class _Wanted:
    """What is wanted: sums of these metrics for these days; `make` what is missing, or do without."""

    scope: Scope
    days: Period
    metrics: Mapping[str, Metric]
    make: bool


def sums_of_months(
    store: Store, snapshot: Snapshot, scope: Scope, metrics: Mapping[str, Metric], *, make: bool = False
) -> Engine | None:
    """Return a session with the sums of all months of a scope's days; None where rows are better asked.

    Sums are made for many days, or for any with `make`, and taken for fewer where they are there already. Of shops that
    talk little none are made: what it takes does not depend on how much there is to add up.
    """
    last = scope.period.last
    days = Period(min(scope.period.first, last - scope.look_back_days * DAY), last)
    long = (make or (last - scope.period.first).days >= LONG_DAYS) and _talk_much(store, snapshot, scope.shops, days)
    if not long and not store.sums.any():
        return None
    wanted = _Wanted(scope, days, metrics, make=long)
    for _ in range(2):
        engine = Engine(spill_folder=store.home.spill)
        engine.remember_footers()
        names = _names_of_shops(store, snapshot, wanted)
        if not names:
            return None
        if store.sums.open(names, engine):
            return engine
    return None


def _talk_much(store: Store, snapshot: Snapshot, shops: Sequence[str], days: Period) -> bool:
    """Return whether shops have so many messages in a month that its sums pay, one month and shop with another."""
    slices = [part for shop in shops for part in store.slices(snapshot, shop, first=days.first, last=days.last)]
    months = {(part.shop, part.day.replace(day=1)) for part in slices}
    return sum(part.rows for part in slices) >= FEWEST_MESSAGES * len(months)


def _names_of_shops(store: Store, snapshot: Snapshot, wanted: _Wanted) -> list[str] | None:
    names: list[str] = []
    for shop in wanted.scope.shops:
        found = _names(store, snapshot, replace(wanted, scope=replace(wanted.scope, shops=(shop,))))
        if found is None:
            return None
        names += found
    return names


def _names(store: Store, snapshot: Snapshot, wanted: _Wanted) -> list[str] | None:
    """Return the names of the kept months of one shop; None when one is missing and can not or shall not be made."""
    key = _key(snapshot, wanted)
    listed = store.sums.listed(key)
    if listed is None and not wanted.make:
        return None
    (shop,) = wanted.scope.shops
    months = ShopMonths(store, snapshot, shop=shop, policy=wanted.scope.policy)
    if listed is None:
        if months.span is None:
            return []
        listed = Listed(months.span, {})
    asked = [each for each in months_of(wanted.days) if _meet(each, listed.span)]
    missing = [month for month in asked if str(month.first) not in listed.months]
    if missing and not wanted.make:
        return None
    keep = partial(_kept_as, store, shop=shop, metrics=wanted.metrics)
    for session, name in with_work_ahead(map(months.session, missing), keep):
        if name is None:
            return None
        listed = replace(listed, months={**listed.months, str(session.month.first): name})
    if missing:
        store.sums.remember(key, listed)
    return [listed.months[str(month.first)] for month in asked]


def _meet(month: Period, span: Period) -> bool:
    return month.first <= span.last and month.last >= span.first


def _kept_as(store: Store, session: MonthSession, *, shop: str, metrics: Mapping[str, Metric]) -> str | None:
    """Return under which name a month is kept, made where nothing is kept of all that it is made from; close it."""
    with session.engine as engine:
        steps = kept_tables(every_measure(metrics), session.month)
        name = _named(session.name, made_from(steps))
        if store.sums.has(name):
            return name
        session.complete()
        tables = {}
        for table, each in steps.items():
            made = _as_kept(_made(engine, each), shop)
            engine.add_table(table, made)
            tables[table] = made.select([column for column in made.column_names if column not in each.on_the_way])
        return name if store.sums.keep(name, tables) else None


def _made(engine: Engine, table: KeptTable) -> pa.Table:
    for step in table.steps[:-1]:
        engine.add_step(step, keep=step.name in table.held)
    return engine.query(table.steps[-1:])


def _as_kept(table: pa.Table, shop: str) -> pa.Table:
    """Return a table as it is kept: dimensions by their names, the shop beside them, whole numbers in 64 bits."""
    names = {named(Dimension.AGENT): "agent", named(Dimension.DAY): "day"}
    columns = {names.get(name, name): _whole(table[name]) for name in table.column_names}
    return pa.table(columns if "shop" in columns else {"shop": pa.repeat(shop, len(table)), **columns})


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    return column.cast(pa.int64()) if pa.types.is_decimal(kind) and kind.scale == 0 else column


def _key(snapshot: Snapshot, wanted: _Wanted) -> str:
    """Return all that any month of the shop depends on, as one name: files, settings, corrections, policy, metrics."""
    anytime = replace(wanted.scope, period=_ANY_DAY, look_back_days=0)
    return _named(session_key(snapshot, anytime), _name_of(wanted.metrics))


_last_named: tuple[Mapping[str, Metric], str] | None = None


def _name_of(metrics: Mapping[str, Metric]) -> str:
    """Return a name for what is kept of these metrics; the last ones' is remembered, for they seldom change."""
    global _last_named
    known = _last_named
    if known is None or known[0] is not metrics:
        known = _last_named = metrics, _named(made_from(kept_tables(every_measure(metrics), _ANY_DAY)))
    return known[1]


def _named(*made_from: object) -> str:
    return hashlib.sha256(repr((VERSION, *made_from)).encode()).hexdigest()[:32]
