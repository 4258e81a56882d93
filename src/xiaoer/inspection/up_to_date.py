"""Findings kept up to date: a day is read anew when its messages, orders, settings, corrections or standards change."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction
from xiaoer.base.days import Period
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.facts.up_to_date import own_accounts, used_settings
from xiaoer.inspection.findings import SCHEMAS, finding_rows, inspected_rows
from xiaoer.inspection.judge import judged
from xiaoer.inspection.known import Known, ShopKnowledge, shop_knowledge
from xiaoer.inspection.phrase_book import PhraseBook
from xiaoer.inspection.place import Place
from xiaoer.inspection.reading import Reading
from xiaoer.inspection.standards import Standards
from xiaoer.inspection.talk import COLUMNS, talk_of
from xiaoer.inspection.voice import voice_rows
from xiaoer.store.engine import Engine
from xiaoer.store.fact_files import Built
from xiaoer.store.manifest import Slice
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

SETTINGS_USED = ("compensation_limit_yuan",)


@dataclass(frozen=True)
class Inspected:
    """How many days were asked for and how many of them had to be read anew."""

    days: int
    read: int


def load_findings(
    engine: Engine, store: Store, snapshot: Snapshot, standards: Standards, *, shops: Iterable[str], days: Period
) -> Inspected:
    """Make `finding` and `inspected` of the shops' days relations of the engine, reading what is not up to date."""
    built: dict[str, list[Built]] = {}
    read = 0
    for shop in shops:
        wanted = _wanted(store, snapshot, standards, shop, days)
        read += len(wanted.days_missing)
        built[shop] = wanted.all_built(store, snapshot)
    for name, schema in SCHEMAS.items():
        store.facts.load(engine, name, built, schema.empty_table())
    return Inspected(sum(map(len, built.values())), read)


def days_to_read(
    store: Store, snapshot: Snapshot, standards: Standards, *, shops: Iterable[str], days: Period
) -> Inspected:
    """Return how many days of the shops have messages, and how many of them are not read or not up to date."""
    wanted = [_wanted(store, snapshot, standards, shop, days) for shop in shops]
    return Inspected(sum(len(one.keys) for one in wanted), sum(len(one.days_missing) for one in wanted))


Progress = Callable[[int, int], None]  # how many days are read, of how many


def read_findings(
    store: Store, snapshot: Snapshot, standards: Standards, *, shop: str, days: Period, progress: Progress
) -> None:
    """Read a shop's days that are not up to date, telling after each bundle how far it is; what was read stays."""
    wanted = _wanted(store, snapshot, standards, shop, days)
    wanted.read(store, snapshot, progress)


@dataclass(frozen=True)
class _Wanted:
    """The days of a shop by what each is made from, those that are built, the messages of those that are not."""

    inspector: "Inspector"
    keys: Mapping[date, str]
    built: Mapping[date, Built]
    missing: Sequence[Slice]

    @property
    def days_missing(self) -> frozenset[date]:
        """Return the days that are to be read."""
        return frozenset(part.day for part in self.missing)

    def all_built(self, store: Store, snapshot: Snapshot) -> list[Built]:
        """Return every day's findings, after reading what is missing."""
        if not self.missing:
            return list(self.built.values())
        self.read(store, snapshot, lambda done, total: None)
        return list(store.facts.built(self.inspector.shop, self.keys).values())

    def read(self, store: Store, snapshot: Snapshot, progress: Progress) -> None:
        """Read what is missing."""
        done, total = 0, len(self.days_missing)
        for days in _read(store, snapshot, self.inspector, self.missing, self.keys):
            done += days
            progress(done, total)


def _wanted(store: Store, snapshot: Snapshot, standards: Standards, shop: str, days: Period) -> _Wanted:
    slices = store.slices(snapshot, shop, first=days.first, last=days.last)
    if not slices:
        return _Wanted(Inspector(standards, shop), {}, {}, ())
    settings, corrections = snapshot.settings_of(shop), snapshot.corrections_of(shop)
    own = own_accounts(store, snapshot, shop)
    knowledge = shop_knowledge(*(store.current(snapshot, name, shops=[shop]) for name in ("orders", "products")))
    by_day = {day: list(parts) for day, parts in groupby(slices, key=lambda part: part.day)}
    beside = knowledge.digests(settings, list(by_day))
    keys = {
        day: _key(
            parts, settings.on(day), [one for one in corrections if one.day == day],
            (standards.digest, beside[day], sorted(own)),
        )
        for day, parts in by_day.items()
    }  # fmt: skip
    built = store.facts.built(shop, keys)
    missing = [part for part in slices if part.day not in built]
    return _Wanted(Inspector(standards, shop, own, corrections, knowledge), keys, built, missing)


def _key(slices: Sequence[Slice], settings: DaySettings, corrections: Sequence[Correction], beside: object) -> str:
    """Return what a day's findings depend on, as one name."""
    decided = sorted((one.kind.value, str(one.buyer), str(one.agent), str(one.value)) for one in corrections)
    parts = [(part.hash, part.first_row, part.rows) for part in slices]
    used = [*used_settings(settings), *(settings.values[name] for name in SETTINGS_USED)]
    made_from = ("inspection", _code(), parts, used, decided, beside)
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Return a name for the code that findings come from: what another version found is not taken for its own."""
    source = Path(__file__).parent
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(source.rglob("*.py")))).hexdigest()


def _read(
    store: Store, snapshot: Snapshot, inspector: "Inspector", slices: Sequence[Slice], keys: Mapping[date, str]
) -> Iterator[int]:
    """Read days, those of equal settings together; yield after each bundle how many days it had."""
    settings: ShopSettings = snapshot.settings_of(inspector.shop)
    for _, run in groupby(slices, key=lambda part: settings.on(part.day).values):
        together = list(run)
        for messages in store.messages(snapshot, together, columns=COLUMNS):
            facts = inspector.read(messages, settings.on(together[0].day))
            made = pc.unique(messages["local_date"]).to_pylist()
            store.facts.add(inspector.shop, {day: keys[day] for day in made}, facts, {})
            yield len(made)


@dataclass(frozen=True)
class Inspector:
    """Who reads one shop's conversations: the standards, and what of the shop a reading depends on."""

    standards: Standards
    shop: str
    own_accounts: Collection[str] = ()
    corrections: Collection[Correction] = ()
    knowledge: ShopKnowledge | None = None

    @cached_property
    def _book(self) -> PhraseBook:
        return PhraseBook(self.standards)

    def read(self, messages: pa.Table, settings: DaySettings) -> dict[str, pa.Table]:
        """Return the findings and the conversations of whole days with the same settings, in the shapes of SCHEMAS."""
        talk = talk_of(messages, settings=settings, own_accounts=self.own_accounts, corrections=self.corrections)
        reading = Reading(talk, self._book)
        known = self.knowledge.of(talk, settings) if self.knowledge else Known(settings)
        found = list(judged(reading, self.standards, known))
        place = Place(self.shop, settings.clock)
        return {
            "finding": finding_rows(reading, found, self.standards, place),
            "inspected": inspected_rows(reading, self.standards, place, known.regular),
            "voice": voice_rows(reading, known, place),
        }
