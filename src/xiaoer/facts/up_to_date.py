"""Facts of messages, built where they are missing or out of date: only the (shop, day)s that something touched."""

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.settings import DaySettings
from xiaoer.facts.build import SCHEMAS, SETTINGS_USED, VERSION, message_facts
from xiaoer.facts.corrections import corrected_messages
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.named_numbers import COLUMNS, named_numbers
from xiaoer.facts.named_numbers import SCHEMA as NAMED_NUMBER
from xiaoer.facts.named_numbers import VERSION as NUMBERS_VERSION
from xiaoer.store.engine import Engine
from xiaoer.store.fact_files import Built
from xiaoer.store.manifest import Slice
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

NAMED = "named_number"


def load_message_facts(engine: Engine, store: Store, snapshot: Snapshot, *, shops: Iterable[str], days: Period) -> None:
    """Make contact, session, round and agent_day of the shops' days relations, building what is missing."""
    built = {shop: _up_to_date(store, snapshot, shop, days) for shop in shops}
    for name, schema in SCHEMAS.items():
        store.facts.load(engine, name, built, schema.empty_table())


def load_named_numbers(engine: Engine, store: Store, snapshot: Snapshot, *, shops: Iterable[str], days: Period) -> None:
    """Make named_number of the shops' days a relation, reading the texts of days that have not been looked into."""
    built = {shop: _numbers_up_to_date(store, snapshot, shop, days) for shop in shops}
    store.facts.load(engine, NAMED, built, NAMED_NUMBER.empty_table())


def _numbers_up_to_date(store: Store, snapshot: Snapshot, shop: str, days: Period) -> list[Built]:
    slices = store.slices(snapshot, shop, first=days.first, last=days.last)
    corrections = snapshot.corrections_of(shop)
    keys = {
        day: _numbers_key(list(parts), [one for one in corrections if one.day == day])
        for day, parts in groupby(slices, key=lambda part: part.day)
    }
    missing = [part for part in slices if part.day not in store.facts.built(shop, keys)]
    for messages in store.messages(snapshot, missing, columns=COLUMNS):
        made = named_numbers(corrected_messages(messages, corrections), shop=shop)
        read = {day: keys[day] for day in pc.unique(messages["local_date"]).to_pylist()}
        store.facts.add(shop, read, {NAMED: made}, {})
    return list(store.facts.built(shop, keys).values())


def _numbers_key(slices: Sequence[Slice], corrections: Sequence[Correction]) -> str:
    moved = sorted((str(one.buyer), str(one.agent), str(one.value)) for one in corrections
                   if one.kind is CorrectionKind.CONTACT_AGENT)  # fmt: skip
    parts = [(part.hash, part.first_row, part.rows) for part in slices]
    return hashlib.sha256(repr((NAMED, NUMBERS_VERSION, parts, moved)).encode()).hexdigest()[:32]


def _up_to_date(store: Store, snapshot: Snapshot, shop: str, days: Period) -> list[Built]:
    slices = store.slices(snapshot, shop, first=days.first, last=days.last)
    settings = snapshot.settings_of(shop)
    corrections = snapshot.corrections_of(shop)
    keys = {
        day: _key(list(parts), settings.on(day), [one for one in corrections if one.day == day])
        for day, parts in groupby(slices, key=lambda part: part.day)
    }
    own = own_accounts(store, snapshot, shop)
    built = store.facts.built(shop, keys)
    touched = _touched_by_accounts(store, shop, built.values(), own)
    missing = [part for part in slices if part.day not in built or part.day in touched]
    if missing:
        _build(store, snapshot, shop, missing, keys=keys, own=own)
        built = store.facts.built(shop, keys)
    return list(built.values())


def _key(slices: Sequence[Slice], settings: DaySettings, corrections: Sequence[Correction]) -> str:
    """Return what a day's facts depend on, as one name: the code's version, messages, settings, corrections."""
    decided = sorted((one.kind.value, str(one.buyer), str(one.agent), str(one.value)) for one in corrections)
    parts = [(part.hash, part.first_row, part.rows) for part in slices]
    made_from = (VERSION, parts, used_settings(settings), *([decided] if decided else []))
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]


def used_settings(settings: DaySettings) -> list[str]:
    """Return the values of a day's settings that its message facts depend on."""
    return [settings.values[name] for name in SETTINGS_USED]


def own_accounts(store: Store, snapshot: Snapshot, shop: str) -> frozenset[str]:
    """Return every account of the shop: listed in `agents`, or seen in any of its messages."""
    everything = store.slices(snapshot, shop, first=date.min, last=date.max)
    listed = store.current(snapshot, "agents", shops=[shop])["agent"].to_pylist()
    return frozenset(listed).union(*(part.accounts for part in everything))


def _touched_by_accounts(store: Store, shop: str, built: Iterable[Built], own: frozenset[str]) -> set[date]:
    """Return the built days in which another set of buyers would now be filtered as own accounts."""
    known = list(built)
    hits: dict[date, set[str]] = {one.day: set() for one in known}
    with Engine() as engine:
        store.facts.load(engine, "contact", {shop: known}, SCHEMAS["contact"].empty_table())
        engine.add_table("own_account", pa.table({"buyer": pa.array(sorted(own), pa.string())}))
        for day, buyer in engine.execute(
            "SELECT DISTINCT c.day, c.buyer FROM contact c JOIN own_account USING (buyer)"
        ):
            assert isinstance(day, date)
            hits[day].add(str(buyer))
    return {one.day for one in known if hits[one.day] != set(one.own_hits)}


def _build(
    store: Store, snapshot: Snapshot, shop: str, slices: Sequence[Slice], *, keys: Mapping[date, str],
    own: frozenset[str],
) -> None:  # fmt: skip
    """Build days, those of equal settings together."""
    settings = snapshot.settings_of(shop)
    for _, run in groupby(slices, key=lambda part: used_settings(settings.on(part.day))):
        together = list(run)
        for facts in facts_of_days(store, snapshot, together, settings=settings.on(together[0].day), own=own):
            made = set(pc.unique(facts["contact"]["day"]).to_pylist())
            store.facts.add(shop, {day: keys[day] for day in made}, facts, _own_hits(facts["contact"], own))


def facts_of_days(
    store: Store, snapshot: Snapshot, slices: Sequence[Slice], *, settings: DaySettings, own: frozenset[str]
) -> Iterator[dict[str, pa.Table]]:
    """Yield the message facts of one shop's slices, whole days at a time; all cores walk, few days are in memory."""
    shop = slices[0].shop
    made = partial(
        message_facts, shop=shop, settings=settings, own_accounts=own, corrections=snapshot.corrections_of(shop)
    )
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        under_way: deque[Future[dict[str, pa.Table]]] = deque()
        for messages in store.messages(snapshot, slices, columns=columns_needed(settings)):
            under_way.append(pool.submit(made, messages))
            if len(under_way) > workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _own_hits(contacts: pa.Table, own: frozenset[str]) -> dict[date, set[str]]:
    hits: dict[date, set[str]] = {}
    found = contacts.filter(pc.is_in(contacts["buyer"], pa.array(sorted(own), pa.string())))
    for day, buyer in zip(found["day"].to_pylist(), found["buyer"].to_pylist(), strict=True):
        hits.setdefault(day, set()).add(buyer)
    return hits
