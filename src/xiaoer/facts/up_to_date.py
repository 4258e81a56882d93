"""Facts of messages, built where they are missing or out of date: only the (shop, day)s that something touched."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

import pyarrow as pa

from xiaoer.base.ahead import with_work_ahead
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.settings import DaySettings
from xiaoer.facts.build import SCHEMAS, SETTINGS_USED, VERSION, message_facts
from xiaoer.facts.build_work import NAMED, BuildWork, build_work, days_made, name_numbers, own_hits
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.named_numbers import SCHEMA as NAMED_NUMBER
from xiaoer.facts.named_numbers import VERSION as NUMBERS_VERSION
from xiaoer.store.engine import Engine
from xiaoer.store.engine_session import EngineSession
from xiaoer.store.fact_files import Built
from xiaoer.store.manifest import Slice
from xiaoer.store.messages import work_sizes
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

WORK_ROWS = 500_000  # messages of one work for an executor: seconds of work, and little to do again where it dies


@dataclass(frozen=True)
class Asked:
    """The days asked of one shop: the key that each has to have, its accounts, and where what is missing lies."""

    shop: str
    keys: Mapping[date, str]
    own: frozenset[str]
    missing: tuple[Slice, ...]


def load_message_facts(
    engine: EngineSession, store: Store, snapshot: Snapshot, *, shops: Iterable[str], days: Period
) -> None:
    """Make contact, session, round and agent_day of the shops' days relations, building what is missing."""
    asked = [_asked(store, snapshot, shop, days) for shop in shops]
    if engine.spreads:
        works = [work for one in asked for work in works_of(store, snapshot, one)]
        for made in engine.spread(build_work, works):
            store.facts.register(made)
    else:
        for one in asked:
            _build(store, snapshot, one)
    built = {one.shop: list(store.facts.built(one.shop, one.keys).values()) for one in asked}
    for name, schema in SCHEMAS.items():
        store.facts.load(engine, name, built, schema.empty_table())


def load_named_numbers(
    engine: EngineSession, store: Store, snapshot: Snapshot, *, shops: Iterable[str], days: Period
) -> None:  # fmt: skip
    """Make named_number of the shops' days a relation, reading the texts of days that have not been looked into."""
    asked = [_numbers_asked(store, snapshot, shop, days) for shop in shops]
    works = [work for one in asked for work in works_of(store, snapshot, one)]
    for made in engine.spread(name_numbers, works):
        store.facts.register(made)
    built = {one.shop: list(store.facts.built(one.shop, one.keys).values()) for one in asked}
    store.facts.load(engine, NAMED, built, NAMED_NUMBER.empty_table())


def _numbers_asked(store: Store, snapshot: Snapshot, shop: str, days: Period) -> Asked:
    slices = store.slices(snapshot, shop, first=days.first, last=days.last)
    corrections = snapshot.corrections_of(shop)
    keys = {
        day: _numbers_key(list(parts), [one for one in corrections if one.day == day])
        for day, parts in groupby(slices, key=lambda part: part.day)
    }
    built = store.facts.built(shop, keys)
    return Asked(shop, keys, frozenset(), tuple(part for part in slices if part.day not in built))


def _numbers_key(slices: Sequence[Slice], corrections: Sequence[Correction]) -> str:
    moved = sorted((str(one.buyer), str(one.agent), str(one.value)) for one in corrections
                   if one.kind is CorrectionKind.CONTACT_AGENT)  # fmt: skip
    parts = [(part.hash, part.first_row, part.rows) for part in slices]
    return hashlib.sha256(repr((NAMED, NUMBERS_VERSION, parts, moved)).encode()).hexdigest()[:32]


def _asked(store: Store, snapshot: Snapshot, shop: str, days: Period) -> Asked:
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
    return Asked(shop, keys, own, tuple(missing))


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
    listed = store.current(snapshot, "agents", shops=[shop])["agent"].to_pylist()
    return frozenset(listed) | store.manifest.accounts(snapshot.seq, shop)


def _touched_by_accounts(store: Store, shop: str, built: Iterable[Built], own: frozenset[str]) -> set[date]:
    """Return the built days in which another set of buyers would now be filtered as own accounts."""
    known = list(built)
    if not known:
        return set()
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


def _build(store: Store, snapshot: Snapshot, asked: Asked) -> None:
    """Build what is missing, days of equal settings together."""
    for settings, together in _of_equal_settings(snapshot, asked):
        for facts in facts_of_days(store, snapshot, together, settings=settings, own=asked.own):
            made = days_made(facts)
            hits = own_hits(facts["contact"], asked.own)
            store.facts.add(asked.shop, {day: asked.keys[day] for day in made}, facts, hits)


def works_of(store: Store, snapshot: Snapshot, asked: Asked) -> Iterator[BuildWork]:
    """Yield what is missing as works that can be done apart, days of equal settings together."""
    files = snapshot.files([asked.shop], table="messages") if asked.missing else []
    for settings, together in _of_equal_settings(snapshot, asked):
        for slices in work_sizes(together, most=WORK_ROWS):
            wanted = {part.hash for part in slices}
            yield BuildWork(
                store.home, asked.shop, tuple(slices),
                files=tuple(file for file in files if file.hash in wanted),
                settings=settings, own=asked.own, corrections=snapshot.corrections_of(asked.shop),
                keys={part.day: asked.keys[part.day] for part in slices},
            )  # fmt: skip


def _of_equal_settings(snapshot: Snapshot, asked: Asked) -> Iterator[tuple[DaySettings, list[Slice]]]:
    settings = snapshot.settings_of(asked.shop)
    for _, run in groupby(asked.missing, key=lambda part: used_settings(settings.on(part.day))):
        together = list(run)
        yield settings.on(together[0].day), together


def facts_of_days(
    store: Store, snapshot: Snapshot, slices: Sequence[Slice], *, settings: DaySettings, own: frozenset[str]
) -> Iterator[dict[str, pa.Table]]:
    """Yield the message facts of one shop's slices, whole days at a time; all cores walk, few days are in memory."""
    shop = slices[0].shop
    made = partial(
        message_facts, shop=shop, settings=settings, own_accounts=own, corrections=snapshot.corrections_of(shop)
    )
    messages = store.messages(snapshot, slices, columns=columns_needed(settings))
    yield from (facts for _, facts in with_work_ahead(messages, made))
