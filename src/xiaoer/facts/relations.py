"""All relations that metrics are written over, in one engine session."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction
from xiaoer.base.days import DAY, MICROS_PER_SECOND, Period
from xiaoer.base.settings import DaySettings, ShopSettings, declared_settings
from xiaoer.base.steps import Step
from xiaoer.facts.build import SCHEMAS, message_facts
from xiaoer.facts.corrections import corrected_credits, corrected_messages, without_test_orders
from xiaoer.facts.credit import credit_steps
from xiaoer.facts.inquiry import INQUIRY_STEPS
from xiaoer.facts.named_numbers import SCHEMA as NAMED_NUMBER
from xiaoer.facts.named_numbers import named_numbers
from xiaoer.facts.nick_shape import STARS
from xiaoer.facts.order_buyer import NICK_DAYS, add_order_buyers, chats_masked
from xiaoer.facts.tables import Shops, table_facts
from xiaoer.facts.up_to_date import load_message_facts, load_named_numbers
from xiaoer.store.engine import Engine
from xiaoer.store.engine_session import EngineSession
from xiaoer.store.message_columns import SORTED_BY, with_message_columns
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND

RECEPTION = Step(
    "reception",
    """
SELECT shop, day, hour, buyer, agent, start_at, buyer_messages, agent_messages, auto_messages, agent_characters,
  agent_messages > 0 AS replied, transferred_out, agent_messages = 0 AND NOT transferred_out AS unreplied, slow,
  buyer_opened, transferred_in, handed_over, recommendations
FROM contact WHERE filter_reason IS NULL AND NOT is_robot
""",
)

# Everybody who came, the filtered ones too: what platforms count as consulted.
CONSULTATION = Step(
    "consultation",
    """
SELECT shop, day, hour, buyer, agent, start_at, filter_reason, CASE WHEN filter_reason IS NULL THEN FALSE ELSE TRUE END
  AS filtered, agent_messages > 0 AS replied, agent_messages = 0 AND NOT transferred_out AS unreplied
FROM contact WHERE NOT is_robot
""",
)

SPAN = Step(
    "span",
    """
SELECT MIN(day) AS first, MAX(day) AS last FROM (
  SELECT day FROM reception UNION ALL SELECT created_day FROM orders UNION ALL SELECT paid_day FROM orders) days
""",
)


def add_relations(
    engine: EngineSession, *, canonical: Mapping[str, pa.Table], shops: Shops, policy: str,
    corrections: Collection[Correction] = (), every_candidate: bool = False,
) -> None:  # fmt: skip
    """Complete a session that holds what comes from messages alone (named_number too) with all other relations."""
    facts = table_facts(without_test_orders(canonical, corrections), shops)
    for name, table in facts.items():
        engine.add_table(name, table)
    add_receptions(engine)
    add_credit(
        engine, facts["orders"], shops=shops, policy=policy, corrections=corrections, every_candidate=every_candidate
    )


def add_receptions(engine: EngineSession) -> None:
    """Add what follows from contacts alone."""
    engine.add_step(RECEPTION, keep=False)
    engine.add_step(CONSULTATION, keep=False)


def add_credit(
    engine: EngineSession, orders: pa.Table, *, shops: Shops, policy: str, corrections: Collection[Correction] = (),
    every_candidate: bool = False,
) -> None:  # fmt: skip
    """Add what follows from receptions, sessions and orders (as the session has them): credit, assists, inquiries."""
    engine.add_table("corrected_credit", corrected_credits(corrections))
    engine.add_table("day_setting", day_settings(shops, days=days_of(engine)))
    add_order_buyers(engine, orders, every_candidate=every_candidate)
    for step in [*credit_steps(policy), *INQUIRY_STEPS]:
        engine.add_step(step, keep=step.name not in READ_ONCE)


@dataclass(frozen=True)
class Scope:
    """What a session is about: shops, local days, and how far back of the last day its metrics may look."""

    shops: tuple[str, ...]
    period: Period
    policy: str
    look_back_days: int = 0
    every_candidate: bool = False


def relations_for(store: Store, snapshot: Snapshot, scope: Scope) -> Engine:
    """Return a session with all relations of the scope's shops and days at a snapshot, made when they are first asked.

    Message facts, brought up to date, reach as far back and forward as credit for the orders of these days can.
    """

    def begin(engine: Engine) -> None:
        key = session_key(snapshot, scope)
        if not store.kept.open(key, engine):
            make_relations(engine, store, snapshot, scope)
            store.kept.keep(key, engine, leave_out=PASSED_THROUGH)

    engine = Engine(spill_folder=store.home.spill)
    engine.remember_footers()
    engine.begin_when_asked(begin)
    return engine


def make_relations(engine: EngineSession, store: Store, snapshot: Snapshot, scope: Scope) -> None:
    """Complete an empty session with all relations of the scope's shops and days at a snapshot."""
    shops = {shop: snapshot.settings_of(shop) for shop in scope.shops}
    canonical = {name: store.current(snapshot, name, shops=scope.shops) for name in CANONICAL_USED}
    canonical["orders"] = orders_of_interest(canonical["orders"], shops, scope)
    days = days_of_interest(canonical["orders"], shops, scope)
    load_chats(engine, store, snapshot, canonical["orders"], shops=shops, days=days)
    add_relations(
        engine, canonical=canonical, shops=shops, policy=scope.policy, corrections=snapshot.corrections,
        every_candidate=scope.every_candidate,
    )  # fmt: skip


# Of the steps on the way, those that one other step reads: to hold their rows would take longer than to pass them on.
READ_ONCE = frozenset({"order_event", "silent_follower", "inquiry_sign", "inquiry_judged"})

# Steps on the way to relations that nobody asks for.
PASSED_THROUGH = frozenset({
    "order_event", "qualifying_session", "credited", "silent_follower", "inquiry_sign", "inquiry_judged",
    "corrected_credit", "day_setting",
})  # fmt: skip


def session_key(snapshot: Snapshot, scope: Scope) -> str:
    """Return all that a session's relations depend on, as one name: files, settings, corrections, scope, the code."""
    files = snapshot.manifest.contents(snapshot.seq, scope.shops)
    settings = [snapshot.settings_of(shop).dated for shop in scope.shops]
    corrections = [one for one in snapshot.corrections if one.shop in scope.shops]
    defaults = [(setting.name, setting.default) for setting in declared_settings().values()]
    made_from = (code_name(), defaults, scope, files, settings, corrections)
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]


@cache
def code_name() -> str:
    """Return a name for the code that rows come from, so that nothing made by another version is taken for its own."""
    rooms = (Path(__file__).parents[1] / room for room in ("base", "store", "facts"))
    sources = sorted(source for room in rooms for source in room.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def calls_for(store: Store, snapshot: Snapshot, shops: Collection[str]) -> Engine:
    """Return a session with the relation of calls alone: what is asked of calls needs no message facts."""
    settings = {shop: snapshot.settings_of(shop) for shop in shops}
    rows = store.current(snapshot, "calls", shops=tuple(shops))
    engine = Engine()
    engine.add_table("call", table_facts({"calls": rows}, settings)["call"])
    return engine


def load_chats(
    engine: EngineSession, store: Store, snapshot: Snapshot, orders: pa.Table, *, shops: Shops, days: Period
) -> Period:
    """Load the message facts and return the days loaded; texts are looked into only where a buyer is not known."""
    wider = days_of_search(orders, shops, days)
    of_unknown = wider if without_buyer(orders) else days
    load_message_facts(engine, store, snapshot, shops=shops, days=of_unknown)
    if of_unknown is days and chats_masked(engine):
        load_message_facts(engine, store, snapshot, shops=shops, days=wider)
        of_unknown = wider
    if of_unknown is days:
        engine.add_table("named_number", NAMED_NUMBER.empty_table())
    else:
        load_named_numbers(engine, store, snapshot, shops=shops, days=wider)
    return of_unknown


CANONICAL_USED = (
    "orders", "order_lines", "refunds", "reviews", "ratings", "complaints", "presence", "calls", "agents",
)  # fmt: skip


def _reach(shops: Shops, scope: Scope, *names: str) -> timedelta:
    """Return the sum of the longest values that settings of days have around the period, and a day to spare."""
    days = scope.period.widened(before=1, after=1)
    longest = (max(_longest(settings, days, name) for settings in shops.values()) for name in names)
    return timedelta(days=sum(longest) + 1)


def _longest(settings: ShopSettings, days: Period, name: str) -> int:
    """Return the largest value that a setting has on these days."""
    return max(settings.on(day).count(name) for day in days.days())


def orders_of_interest(orders: pa.Table, shops: Shops, scope: Scope) -> pa.Table:
    """Return the orders that can matter: created near the days asked for (after-sale look-back too), or paid then."""
    first = scope.period.last - scope.look_back_days * DAY if scope.look_back_days else scope.period.first
    first = min(first, scope.period.first)
    wanted = []
    for shop, settings in shops.items():
        start, stop = settings.clock.start_of(first), settings.clock.start_of(scope.period.last + DAY)
        back = start - _reach(shops, scope, "after_sale_days")
        ahead = stop + _reach(shops, scope, "inquiry_order_days")
        near = pc.or_(_between(orders["created_at"], back, ahead), _between(orders["paid_at"], start, stop))
        wanted.append(orders.filter(pc.and_(near, pc.equal(orders["shop"], shop))))
    return pa.concat_tables(wanted) if wanted else orders.slice(0, 0)


def days_of_interest(orders: pa.Table, shops: Shops, scope: Scope) -> Period:
    """Return the local days whose sessions can be credited with something in the period."""
    reach = _reach(shops, scope, "credit_days")
    first, last = (
        scope.period.first,
        scope.period.last + _reach(shops, scope, "inquiry_order_days", "final_payment_days"),
    )
    if scope.look_back_days:
        first = min(first, scope.period.last - scope.look_back_days * DAY)
    for shop, settings in shops.items():
        start, stop = settings.clock.start_of(first), settings.clock.start_of(scope.period.last + DAY)
        own = orders.filter(pc.equal(orders["shop"], shop))
        paid_then = own.filter(_between(own["paid_at"], start, stop))
        earliest = pc.min(paid_then["created_at"]).as_py()
        if earliest is not None:
            first = min(first, settings.clock.local_day(earliest.replace(tzinfo=UTC)))
        # An order that nobody caused is the one's who had it paid, however long after the days asked for.
        created_since = own.filter(pc.greater_equal(own["created_at"], _instant(start)))
        latest = pc.max(created_since["paid_at"]).as_py()
        if latest is not None:
            last = max(last, settings.clock.local_day(latest.replace(tzinfo=UTC)))
    return Period(first - reach, last)


def days_of_search(orders: pa.Table, shops: Shops, days: Period) -> Period:
    """Return the local days whose chats can tell who bought one of these orders, and the days given."""
    for shop, settings in shops.items():
        own = orders.filter(pc.equal(orders["shop"], shop))
        instants = [at for name in ("created_at", "paid_at") for at in pc.min_max(own[name]).as_py().values() if at]
        ends = [settings.clock.local_day(at.replace(tzinfo=UTC)) for at in instants]
        if ends:
            span = Period(min(ends), max(ends))
            before = max(NICK_DAYS, _longest(settings, span, "credit_days")) + 1
            around = span.widened(before=before, after=_longest(settings, span, "order_id_days") + 1)
            days = Period(min(days.first, around.first), max(days.last, around.last))
    return days


def without_buyer(orders: pa.Table) -> bool:
    """Return whether some order has no buyer, or a masked one."""
    nicks = pc.fill_null(orders["buyer"], "")
    return bool(pc.any(pc.or_(pc.equal(nicks, ""), pc.match_substring_regex(nicks, STARS))).as_py())


def _between(instants: pa.ChunkedArray, start: datetime, stop: datetime) -> pa.ChunkedArray:
    low, high = _instant(start), _instant(stop)
    return pc.fill_null(pc.and_(pc.greater_equal(instants, low), pc.less(instants, high)), False)


def _instant(at: datetime) -> pa.Scalar:
    return pa.scalar(at.replace(tzinfo=None), pa.timestamp("us"))


def day_settings(shops: Shops, *, days: Period | None) -> pa.Table:
    """Return one row per shop and local day with the windows that hold on it, in microseconds."""
    rows = [
        (shop, day, day + DAY, *_windows(settings.on(day)), *_matching(settings.on(day), day))
        for shop, settings in shops.items()
        for day in (days.days() if days else ())
    ]
    schema = pa.schema([
        ("shop", pa.string()), ("day", pa.date32()), ("next_day", pa.date32()), ("credit_micros", pa.int64()),
        ("inquiry_order_micros", pa.int64()), ("after_sale_micros", pa.int64()), ("final_payment_micros", pa.int64()),
        ("order_id_micros", pa.int64()), ("match_order_ids", pa.bool_()), ("match_masked_nicks", pa.bool_()),
        ("masked_nick_confidence", pa.int64()), ("chat_first_day", pa.date32()), ("known_first_day", pa.date32()),
    ])  # fmt: skip
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


def _windows(settings: DaySettings) -> tuple[int, ...]:
    names = ("credit_days", "inquiry_order_days", "after_sale_days", "final_payment_days", "order_id_days")
    return tuple(settings.count(name) * MICROS_PER_DAY for name in names)


def _matching(settings: DaySettings, day: date) -> tuple[bool | int | date, ...]:
    """Return by what buyers are matched on a day, how surely, and from which days on chats and buyers are counted."""
    chat_days = settings.count("credit_days")
    return (
        settings.flag("match_order_ids"), settings.flag("match_masked_nicks"), settings.count("masked_nick_confidence"),
        day - chat_days * DAY, day - max(NICK_DAYS, chat_days) * DAY,
    )  # fmt: skip


def days_of(engine: EngineSession) -> Period | None:
    """Return the span of days that receptions and orders fall on, or None without any."""
    (ends,) = engine.query([SPAN]).to_pylist()
    return Period(ends["first"], ends["last"]) if ends["first"] is not None else None


def relations_of(
    tables: Mapping[str, pa.Table],
    settings: ShopSettings,
    *,
    policy: str,
    memory_limit: str = "1GB",
    corrections: Collection[Correction] = (),
) -> Engine:
    """Return a session with all relations of small canonical tables held in memory (examples, tests, notebooks)."""
    engine = Engine(memory_limit=memory_limit)
    shops = dict.fromkeys(_shops_in(tables.values()), settings)
    add_relations_of(engine, tables, shops, policy=policy, corrections=corrections)
    return engine


def add_relations_of(
    engine: EngineSession, tables: Mapping[str, pa.Table], shops: Shops, *, policy: str,
    corrections: Collection[Correction] = (),
) -> None:  # fmt: skip
    """Complete an empty session with all relations of small canonical tables; each shop has settings of its own."""
    facts: dict[str, list[pa.Table]] = {name: [schema.empty_table()] for name, schema in SCHEMAS.items()}
    numbers = [NAMED_NUMBER.empty_table()]
    for shop, settings in shops.items():
        mine = [one for one in corrections if one.shop == shop]
        for name, table in _message_facts_of(shop, tables, settings, mine).items():
            facts[name].append(table)
        numbers.append(_named_numbers_of(shop, tables, settings, mine))
    for name, parts in facts.items():
        engine.add_table(name, pa.concat_tables(parts))
    engine.add_table("named_number", pa.concat_tables(numbers))
    add_relations(engine, canonical=tables, shops=shops, policy=policy, corrections=corrections)


def _named_numbers_of(
    shop: str, tables: Mapping[str, pa.Table], settings: ShopSettings, corrections: Collection[Correction]
) -> pa.Table:
    if "messages" not in tables:
        return NAMED_NUMBER.empty_table()
    own = tables["messages"].filter(pc.equal(tables["messages"]["shop"], shop))
    prepared = with_message_columns(own, settings.clock)
    return named_numbers(corrected_messages(prepared, corrections), shop=shop)


def _shops_in(tables: Iterable[pa.Table]) -> list[str]:
    return sorted({shop for table in tables for shop in pc.unique(table["shop"]).to_pylist() if shop is not None})


def _message_facts_of(
    shop: str, tables: Mapping[str, pa.Table], settings: ShopSettings, corrections: Collection[Correction]
) -> dict[str, pa.Table]:
    if "messages" not in tables:
        return {}
    messages = tables["messages"].filter(pc.equal(tables["messages"]["shop"], shop))
    own = set(messages["agent"].to_pylist())
    if "agents" in tables:
        own |= set(tables["agents"].filter(pc.equal(tables["agents"]["shop"], shop))["agent"].to_pylist())
    prepared = with_message_columns(messages, settings.clock).sort_by(SORTED_BY)
    made = [
        message_facts(
            prepared.filter(pc.equal(prepared["local_date"], pa.scalar(day, pa.date32()))),
            shop=shop, settings=settings.on(day), own_accounts=own,
            corrections=corrections,
        )
        for day in pc.unique(prepared["local_date"]).to_pylist()
    ]  # fmt: skip
    return {name: pa.concat_tables([part[name] for part in made]) for name in SCHEMAS} if made else {}
