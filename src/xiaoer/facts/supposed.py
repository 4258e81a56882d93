"""The relations as they would be under other settings, less data or no corrections: in memory, nothing is kept."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction
from xiaoer.base.days import Clock, Period
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.base.steps import Step
from xiaoer.facts.build import SCHEMAS, message_facts
from xiaoer.facts.corrections import without_test_orders
from xiaoer.facts.known_until import known_until
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.other_days import with_days_of
from xiaoer.facts.relations import (
    CANONICAL_USED,
    Scope,
    add_credit,
    add_receptions,
    days_of_interest,
    load_chats,
    orders_of_interest,
)
from xiaoer.facts.tables import table_facts
from xiaoer.facts.up_to_date import own_accounts, used_settings
from xiaoer.store.engine import Engine
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

Facts = Mapping[str, pa.Table]
WALKS_KEPT = 3
_REACHING = ("after_sale_days", "inquiry_order_days", "credit_days", "final_payment_days")


@dataclass(frozen=True)
class Supposition:
    """What is taken to be otherwise than a snapshot says; without anything it is as it is.

    `known_until` is the last local day of which anything about orders was known; with `automatic_replies`, replies
    flagged as automatic count as a person's.
    """

    settings: tuple[tuple[str, str], ...] = ()
    policy: str | None = None
    known_until: date | None = None
    uncorrected: bool = False
    automatic_replies: bool = False

    def settings_of(self, snapshot: Snapshot, shops: Sequence[str]) -> dict[str, ShopSettings]:
        """Return the settings of shops as supposed."""
        return {shop: snapshot.settings_of(shop).supposing(dict(self.settings)) for shop in shops}


class SupposedRelations:
    """Sessions of one scope under suppositions; what suppositions share is read and walked once.

    There are two sessions: one as it is, and a bench on which one supposition after another is laid.
    """

    def __init__(
        self, store: Store, snapshot: Snapshot, scope: Scope, *, settings: Sequence[Mapping[str, str]]
    ) -> None:
        """`settings` are all that may be supposed: orders and days of chats reach as far as each of them needs."""
        self._store, self._snapshot, self._scope = store, snapshot, scope
        self._canonical = {name: store.current(snapshot, name, shops=scope.shops) for name in CANONICAL_USED}
        days = self._widest([{}, *settings])
        self._walked: dict[object, Facts] = {}
        self._as_is, self._bench = _Laid(), _Laid()
        self._days, self._kept = self._kept_facts(days)

    def close(self) -> None:
        """Close both sessions."""
        self._as_is.close()
        self._bench.close()

    def session(self, supposed: Supposition, *, orders: bool = True) -> Engine:
        """Return a session as supposed, valid until the next supposition; without `orders`, credit is left out."""
        laid = self._as_is if supposed == Supposition() else self._bench
        if laid.supposed == supposed and (laid.has_credit or not orders):
            return laid.engine
        shops = supposed.settings_of(self._snapshot, self._scope.shops)
        laid.lay(self._facts_key(supposed, shops), lambda: self._message_facts(supposed, shops))
        laid.lay(self._tables_key(supposed, shops), lambda: self._table_facts(supposed, shops))
        add_receptions(laid.engine)
        if orders:
            policy = supposed.policy or self._scope.policy
            corrections = self._corrections(supposed)
            add_credit(laid.engine, laid.tables["orders"], shops=shops, policy=policy, corrections=corrections)
        laid.supposed, laid.has_credit = supposed, orders
        return laid.engine

    def _corrections(self, supposed: Supposition) -> tuple[Correction, ...]:
        return () if supposed.uncorrected else self._snapshot.corrections

    def _widest(self, settings: Sequence[Mapping[str, str]]) -> Period:
        """Return the days of chats that may be credited under any of the settings; keep the orders of interest then."""
        snapshot, days = self._snapshot, list(self._scope.period.widened(before=1, after=1).days())
        as_is = [snapshot.settings_of(shop).on(day).values for shop in self._scope.shops for day in days]
        longest = {
            name: str(max(int(values[name]) for values in [*as_is, *settings] if name in values)) for name in _REACHING
        }
        shops = Supposition(tuple(longest.items())).settings_of(snapshot, self._scope.shops)
        self._canonical["orders"] = orders_of_interest(self._canonical["orders"], shops, self._scope)
        return days_of_interest(self._canonical["orders"], shops, self._scope)

    def _facts_key(self, supposed: Supposition, shops: Mapping[str, ShopSettings]) -> object:
        used = self._used(shops)
        other = used if used != self._used_as_is else None
        corrected = bool(self._snapshot.corrections) and supposed.uncorrected
        return ("messages", other, corrected, supposed.automatic_replies)

    def _tables_key(self, supposed: Supposition, shops: Mapping[str, ShopSettings]) -> object:
        robots = tuple(settings.on(self._scope.period.last).text("robot_accounts") for settings in shops.values())
        clocks = tuple(settings.clock for settings in shops.values())
        service = tuple(dict(supposed.settings).get(name) for name in ("service_level_seconds",))
        return ("tables", supposed.known_until, supposed.uncorrected, robots, clocks, service)

    @cached_property
    def _used_as_is(self) -> tuple[tuple[str, ...], ...]:
        return self._used(Supposition().settings_of(self._snapshot, self._scope.shops))

    def _used(self, shops: Mapping[str, ShopSettings]) -> tuple[tuple[str, ...], ...]:
        return tuple(
            tuple(used_settings(settings.on(day))) for settings in shops.values() for day in self._days.days()
        )  # fmt: skip

    def _table_facts(self, supposed: Supposition, shops: Mapping[str, ShopSettings]) -> Facts:
        canonical = dict(self._canonical)
        if supposed.known_until is not None:
            canonical = known_until(canonical, supposed.known_until, shops)
        return table_facts(without_test_orders(canonical, self._corrections(supposed)), shops)

    def _message_facts(self, supposed: Supposition, shops: Mapping[str, ShopSettings]) -> Facts:
        """Return contact, session, round and agent_day, walked again only where the supposition changes them."""
        key = self._facts_key(supposed, shops)
        if key == ("messages", None, False, False):
            return self._kept
        if key not in self._walked:
            if len(self._walked) >= WALKS_KEPT:
                self._walked.pop(next(iter(self._walked)))
            self._walked[key] = self._walk(supposed, shops)
        return self._walked[key]

    def _kept_facts(self, days: Period) -> tuple[Period, Facts]:
        """Return the facts that the home keeps, brought up to date, and the days that they are of."""
        shops = Supposition().settings_of(self._snapshot, self._scope.shops)
        with Engine() as engine:
            loaded = load_chats(
                engine, self._store, self._snapshot, self._canonical["orders"], shops=shops, days=days
            )  # fmt: skip
            names = (*SCHEMAS, "named_number")
            return loaded, {name: engine.query([Step(name, f"SELECT * FROM {name}")]) for name in names}

    def _walk(self, supposed: Supposition, shops: Mapping[str, ShopSettings]) -> Facts:
        corrections = self._corrections(supposed)
        parts: dict[str, list[pa.Table]] = {name: [schema.empty_table()] for name, schema in SCHEMAS.items()}
        for shop, settings in shops.items():
            for day_settings, messages in self._days_of(shop, settings):
                made = message_facts(
                    _by_people(messages) if supposed.automatic_replies else messages,
                    shop=shop, settings=day_settings, own_accounts=self._own[shop],
                    corrections=[one for one in corrections if one.shop == shop],
                )  # fmt: skip
                for name, table in made.items():
                    parts[name].append(table)
        walked = {name: pa.concat_tables(tables) for name, tables in parts.items()}
        return {**walked, "named_number": self._kept["named_number"]}

    def _days_of(self, shop: str, settings: ShopSettings) -> Iterator[tuple[DaySettings, pa.Table]]:
        """Yield the chats of whole local days by the supposed clock, those of equal settings together."""
        clock = self._snapshot.settings_of(shop).clock
        for messages in self._messages(shop, settings.clock if settings.clock != clock else None):
            days = pc.unique(messages["local_date"]).to_pylist()
            together: dict[tuple[str, ...], list[date]] = {}
            for day in days:
                together.setdefault(tuple(used_settings(settings.on(day))), []).append(day)
            for group in together.values():
                whole = len(together) == 1
                yield settings.on(group[0]), messages if whole else _of_days(messages, group)

    def _messages(self, shop: str, clock: Clock | None) -> Sequence[pa.Table]:
        """Return the chats of a shop's days, read once; with a clock, its days."""
        key = ("read", shop, clock is not None)
        if key not in self._read:
            days = self._days.widened(before=1, after=1) if clock is not None else self._days
            slices = self._store.slices(self._snapshot, shop, first=days.first, last=days.last)
            columns = columns_needed(DaySettings(self._looking_inside(shop)))
            self._read[key] = list(self._store.messages(self._snapshot, slices, columns=columns))
        tables = self._read[key]
        return tables if clock is None or not tables else [with_days_of(clock, tables)]

    def _looking_inside(self, shop: str) -> Mapping[str, str]:
        """Return settings that need every column that those of any day do."""
        settings = self._snapshot.settings_of(shop)
        names = ("auto_reply_prefix", "advertising_code_word", "recommendation_prefix")
        days = [settings.on(day).values for day in self._days.days()]
        return {name: max(values[name] for values in days) for name in names}

    @cached_property
    def _own(self) -> Mapping[str, Collection[str]]:
        return {shop: own_accounts(self._store, self._snapshot, shop) for shop in self._scope.shops}

    @cached_property
    def _read(self) -> dict[object, Sequence[pa.Table]]:
        return {}


class _Laid:
    """A session and what is laid on it."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.supposed: Supposition | None = None
        self.has_credit = False
        self.tables: dict[str, pa.Table] = {}
        self._keys: dict[str, object] = {}

    def lay(self, key: object, tables: Callable[[], Facts]) -> None:
        """Make tables relations, unless those of this key are."""
        assert isinstance(key, tuple)
        kind = str(key[0])
        self.supposed = None
        if self._keys.get(kind) != key:
            for name, table in tables().items():
                self.engine.add_table(name, table)
                self.tables[name] = table
            self._keys[kind] = key

    def close(self) -> None:
        """Close the session."""
        self.engine.__exit__(None, None, None)


def _of_days(messages: pa.Table, days: Sequence[date]) -> pa.Table:
    return messages.filter(pc.is_in(messages["local_date"], pa.array(days, pa.date32())))


def _by_people(messages: pa.Table) -> pa.Table:
    """Return the messages with none flagged as automatic."""
    place = messages.column_names.index("auto")
    return messages.set_column(place, "auto", pa.chunked_array([pa.nulls(len(messages), pa.bool_())]))
