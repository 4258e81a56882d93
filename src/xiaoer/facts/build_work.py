"""One work of building: some days of one shop, done by whoever is given it, wherever that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction
from xiaoer.base.settings import DaySettings
from xiaoer.facts.build import message_facts
from xiaoer.facts.corrections import corrected_messages
from xiaoer.facts.lines import columns_needed
from xiaoer.facts.named_numbers import COLUMNS as NUMBER_COLUMNS
from xiaoer.facts.named_numbers import named_numbers
from xiaoer.store.fact_files import NewBuild, write_build
from xiaoer.store.home import Home
from xiaoer.store.manifest import BatchFile, Slice
from xiaoer.store.messages import read_days

NAMED = "named_number"


@dataclass(frozen=True)
class BuildWork:
    """All that the message facts of some whole days of one shop are made from; the days share their settings."""

    home: Home
    shop: str
    slices: tuple[Slice, ...]
    files: tuple[BatchFile, ...]
    settings: DaySettings
    own: frozenset[str]
    corrections: tuple[Correction, ...]
    keys: Mapping[date, str]


def build_work(work: BuildWork) -> Iterator[NewBuild]:
    """Yield the builds written of a work's days; done twice, it only leaves files that no index names."""
    for messages in read_days(work.home, work.slices, work.files, columns=columns_needed(work.settings)):
        facts = message_facts(
            messages, shop=work.shop, settings=work.settings, own_accounts=work.own, corrections=work.corrections
        )
        days = days_made(facts)
        build = write_build(work.home.facts, days, facts)
        yield NewBuild(work.shop, build, {day: work.keys[day] for day in days}, own_hits(facts["contact"], work.own))


def name_numbers(work: BuildWork) -> Iterator[NewBuild]:
    """Yield the builds written of the numbers that a work's chats name."""
    for messages in read_days(work.home, work.slices, work.files, columns=NUMBER_COLUMNS):
        made = named_numbers(corrected_messages(messages, work.corrections), shop=work.shop)
        days = pc.unique(messages["local_date"]).to_pylist()
        build = write_build(work.home.facts, days, {NAMED: made})
        yield NewBuild(work.shop, build, {day: work.keys[day] for day in days}, {})


def days_made(facts: Mapping[str, pa.Table]) -> list[date]:
    """Return the days that message facts are of."""
    days: list[date] = pc.unique(facts["contact"]["day"]).to_pylist()
    return days


def own_hits(contacts: pa.Table, own: frozenset[str]) -> dict[date, set[str]]:
    """Return by day the buyers who are accounts of the shop."""
    hits: dict[date, set[str]] = {}
    found = contacts.filter(pc.is_in(contacts["buyer"], pa.array(sorted(own), pa.string())))
    for day, buyer in zip(found["day"].to_pylist(), found["buyer"].to_pylist(), strict=True):
        hits.setdefault(day, set()).add(buyer)
    return hits
