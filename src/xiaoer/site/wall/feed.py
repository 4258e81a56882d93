"""The live day of each shop in this process: begun from store and journal, carried on by what was posted since.

Nothing is only here: a process that starts anew reads the same day from store and journal and says the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Max, Min
from django.utils import timezone

from xiaoer.actions.live import TABLES, LiveShop, LiveState, Posted, Version, live_shop, version_of, weight_of
from xiaoer.site.models import Delivery, ReceivedEvent, Shop

AT_ONCE = 3_000  # events that one look may take in
SMALL = 20_000  # a day that began with no more is read while the reader waits
CHECKED_EVERY_SECONDS = 10
DELIVERED_WITHIN = timedelta(days=3)  # events of today came in since then
POSTED_BEFORE = timedelta(hours=1)  # clocks differ: a message of today may have been posted before the day began here


@dataclass
class Feed:
    """One shop's live day and how far it has read the journal; its lock is held while it is used."""

    live: LiveShop | None = None
    cursor: int = 0
    foreign: frozenset[int] = frozenset()  # imports of the day that were no events
    checked_at: float = 0.0
    beginning: bool = False
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True)
class Look:
    """What is seen: `state` is None while the day is read for the first time; `behind` while events wait to be read."""

    live: LiveShop | None
    state: LiveState | None
    behind: bool = False


_FEEDS: dict[tuple[Path, int], Feed] = {}
_MAKING = Lock()


def look(shop: Shop, now: datetime) -> Look:
    """Return a shop's day as it stands now."""
    with _MAKING:
        feed = _FEEDS.setdefault((settings.SITE.home, shop.pk), Feed())
    with feed.lock:
        if not _current(feed, shop, now):
            _begin(feed, shop, now)
        if feed.live is None or feed.live.day != feed.live.clock.local_day(now):
            return Look(None, None)
        behind = _catch_up(feed, shop)
        return Look(feed.live, feed.live.state(now), behind)


def forget() -> None:
    """Let every day be begun again, as a new process does."""
    with _MAKING:
        _FEEDS.clear()


def _current(feed: Feed, shop: Shop, now: datetime) -> bool:
    """Return whether the day is today's and rests on what holds now; asked of the store now and then only."""
    if feed.live is None or feed.live.day != feed.live.clock.local_day(now):
        return False
    if monotonic() - feed.checked_at < CHECKED_EVERY_SECONDS:
        return True
    feed.checked_at = monotonic()
    version = version_of(settings.SITE.home, shop.name, feed.live.day)
    known = feed.live.version
    rests_on = ((), ()), (known.settings, known.corrections)
    return (version.settings, version.corrections) in rests_on and _foreign(version) == feed.foreign


def _foreign(version: Version) -> frozenset[int]:
    lately = timezone.now() - DELIVERED_WITHIN
    ours = Delivery.objects.filter(kind="events", import_id__isnull=False, received_at__gte=lately)
    return version.imports - set(ours.values_list("import_id", flat=True)) if version.imports else frozenset()


def _begin(feed: Feed, shop: Shop, now: datetime) -> None:
    """Begin the day: at once where it is small, else beside, while the day before it is still shown."""
    if feed.beginning:
        return
    first, last = _numbers(shop, now)
    if last - first + weight_of(settings.SITE.home, shop.name, now) <= SMALL:
        _put(feed, *_read(shop, now, first))
        return
    feed.beginning = True
    Thread(target=_begin_beside, args=[feed, shop, now, first], daemon=True).start()


def _begin_beside(feed: Feed, shop: Shop, now: datetime, first: int) -> None:
    try:
        made = _read(shop, now, first)
        with feed.lock:
            _put(feed, *made)
    finally:
        feed.beginning = False
        close_old_connections()


def _put(feed: Feed, live: LiveShop, cursor: int, foreign: frozenset[int]) -> None:
    feed.live, feed.cursor, feed.foreign, feed.checked_at = live, cursor, foreign, monotonic()


def _read(shop: Shop, now: datetime, first: int) -> tuple[LiveShop, int, frozenset[int]]:
    """Return the day with all that was posted by now: the store's snapshot first, then what it did not have yet."""
    live = live_shop(settings.SITE.home, shop.name, now)
    cursor = first
    events = ReceivedEvent.objects.filter(shop=shop, id__gt=first, row__isnull=False).order_by("id")
    columns = ("id", "table", "row", "delivery__state", "delivery__import_id")
    rest: list[Posted] = []
    for number, table, row, state, imported in events.values_list(*columns).iterator(chunk_size=AT_ONCE):
        cursor = number
        if table in TABLES and state != Delivery.State.REFUSED and imported not in live.imports:
            rest.append(Posted(number, table, row))
        if len(rest) >= AT_ONCE:
            live.take(rest)
            rest = []
    live.take(rest)
    return live, cursor, _foreign(live.version)


def _catch_up(feed: Feed, shop: Shop) -> bool:
    """Take in what was posted since, but not so much that the reader waits; return whether there is more."""
    assert feed.live is not None
    rows = list(_since(shop, feed.cursor))
    feed.live.take(rows)
    if rows:
        feed.cursor = rows[-1].place
    return len(rows) == AT_ONCE


def _since(shop: Shop, cursor: int) -> Iterator[Posted]:
    events = ReceivedEvent.objects.filter(shop=shop, id__gt=cursor, table__in=TABLES, row__isnull=False)
    for number, table, row in events.order_by("id").values_list("id", "table", "row")[:AT_ONCE]:
        yield Posted(number, table, row)


def _numbers(shop: Shop, now: datetime) -> tuple[int, int]:
    """Return the number before the first event that may be of today, and the last number; numbers grow with time."""
    ends = ReceivedEvent.objects.aggregate(low=Min("id"), high=Max("id"))
    low, high = ends["low"] or 1, ends["high"] or 0
    since = _start_of_today(now) - POSTED_BEFORE
    last = high
    while low <= high:
        middle = (low + high) // 2
        found = ReceivedEvent.objects.filter(id__gte=middle).order_by("id").values_list("id", "received_at").first()
        if found is None or found[1] >= since:
            high = middle - 1
        else:
            low = found[0] + 1
    return low - 1, last


def _start_of_today(now: datetime) -> datetime:
    """Return an instant at or before the start of the day in any zone that a shop may have."""
    return now - timedelta(hours=26)
