"""Write events into the journal: all of a batch or none, each key once, on the disk before the answer."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from xiaoer.base.errors import ReportableError
from xiaoer.site.journal.rows import Texts
from xiaoer.site.models import ApiToken, ReceivedEvent, Shop


@dataclass(frozen=True)
class Event:
    """One row of a canonical table under a key of the sender's own."""

    key: str
    table: str
    row: Texts

    @property
    def digest(self) -> str:
        """Return the same text for the same table and row."""
        said = json.dumps([self.table, self.row], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Appended:
    """How many events were new, and how many were here already."""

    accepted: int
    repeated: int


def append(events: Sequence[Event], *, shop: Shop, token: ApiToken) -> Appended:
    """Return what came of the events once they are kept; a ReportableError when a key stands for something else."""
    try:
        return _append(events, shop, token)
    except IntegrityError:  # somebody else wrote one of the keys in the same moment; now it is known
        return _append(events, shop, token)


def _append(events: Sequence[Event], shop: Shop, token: ApiToken) -> Appended:
    with transaction.atomic():
        # Posts of one shop take turns: its events become visible in the order of their numbers, and whoever reads on
        # from the last number seen misses none.
        Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
        keys = [event.key for event in events]
        known = dict(ReceivedEvent.objects.filter(shop=shop, key__in=keys).values_list("key", "digest"))
        new: list[ReceivedEvent] = []
        reused = 0
        for event in events:
            if event.key not in known:
                known[event.key] = event.digest
                new.append(
                    ReceivedEvent(
                        shop=shop, key=event.key, table=event.table, digest=event.digest, row=event.row, token=token
                    )
                )
            elif known[event.key] != event.digest:
                reused += 1
        if reused:
            raise ReportableError.of("api.key_reused", values={"count": reused})
        ReceivedEvent.objects.bulk_create(new)
    return Appended(len(new), len(events) - len(new))
