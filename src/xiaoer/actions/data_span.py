"""From when to when a shop's tables were imported, so that days before or after are not taken for quiet ones."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from xiaoer.actions.shop_data import DATED_BY, ShopData, open_shops, runs_of
from xiaoer.base.days import DAY, Period
from xiaoer.base.local_time import local_days
from xiaoer.metrics import Metric


def data_spans(data: ShopData) -> dict[str, Period]:
    """Return from when to when every shop has data, by table.

    A shop that is quiet for some days now and then may be so at either end: its longest quiet stretch is allowed there.
    """
    found: dict[str, Period] = {}
    for table in ("messages", *DATED_BY):
        spans = [span for shop in data.shops if (span := _span(_days(data, shop, table))) is not None]
        first = max((span.first for span in spans), default=None)
        last = min((span.last for span in spans), default=None)
        if first is not None and last is not None and first <= last:
            found[table] = Period(first, last)
    return found


def data_reach(home: Path, shop: str) -> dict[str, date]:
    """Return the last local day of each table that a shop has data of; a ReportableError when there is no such shop."""
    with open_shops(home, shop) as data:
        return {table: max(days) for table in ("messages", *DATED_BY) if (days := _days(data, shop, table))}


def has_data(metric: Metric, days: Period, spans: Mapping[str, Period]) -> bool:
    """Return whether what a metric needs was imported for all of these days, as far as that can be told."""
    known = [spans[table] for table in metric.needs if table in spans]
    return all(span.first <= days.first and days.last <= span.last for span in known)


def _days(data: ShopData, shop: str, table: str) -> set[date]:
    if table == "messages":
        return {one.day for one in data.store.slices(data.snapshot, shop, first=date.min, last=date.max)}
    rows = data.store.current(data.snapshot, table, shops=[shop])
    clock = data.snapshot.settings_of(shop).clock
    return set(local_days(rows[DATED_BY[table]], clock).unique().to_pylist()) - {None}


def _span(days: set[date]) -> Period | None:
    runs = runs_of(days)
    if not runs:
        return None
    quiet = max(((after.first - before.last).days - 1 for before, after in pairwise(runs)), default=0)
    return Period(runs[0].first - quiet * DAY, runs[-1].last + quiet * DAY)
