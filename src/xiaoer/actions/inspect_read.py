"""Which days of a shop were read against the standards, and reading the rest step by step."""

from pathlib import Path

from xiaoer.actions.inspect_load import InspectAsk, standards_of
from xiaoer.actions.shop_data import open_shops
from xiaoer.inspection.up_to_date import Inspected, Progress, days_to_read, read_findings

__all__ = ["Inspected", "read_shop", "reading_state"]


def reading_state(home: Path, ask: InspectAsk) -> Inspected:
    """Return how many days asked for have messages, and how many of them are still to be read; reads none."""
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        standards = standards_of(data.catalog)
        return days_to_read(data.store, data.snapshot, standards, shops=data.shops, days=ask.period)


def read_shop(home: Path, ask: InspectAsk, progress: Progress) -> None:
    """Read every day asked for that is not up to date; a ReportableError when shop or days can not be used."""
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        standards = standards_of(data.catalog)
        for shop in data.shops:
            read_findings(data.store, data.snapshot, standards, shop=shop, days=ask.period, progress=progress)
