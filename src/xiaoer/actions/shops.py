"""What a data folder knows: its shops, the number of its last change, the days and accounts of a shop."""

from datetime import date
from pathlib import Path

from xiaoer.actions.home import has_data
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.days import Clock, Period
from xiaoer.base.errors import ReportableError
from xiaoer.store.last_change import last_change_of
from xiaoer.store.store import Store


def known_shops(home: Path) -> tuple[str, ...]:
    """Return the names of the shops that imports name; none where nothing was ever imported."""
    if not has_data(home):
        return ()
    with Store(home) as store:
        return tuple(store.snapshot().shops)


def last_change(home: Path) -> int:
    """Return the number of the last change: figures of the same number are the same; 0 before any."""
    if not has_data(home):
        return 0
    return last_change_of(home)


def days_known(home: Path, shop: str) -> list[Period]:
    """Return the runs of days of which a shop has data; none of a shop that there is not."""
    try:
        with open_shops(home, shop) as data:
            return data.days_with_data()
    except ReportableError:
        return []


def clock_of(home: Path, shop: str) -> Clock:
    """Return a shop's clock; a ReportableError when there is no such shop."""
    with open_shops(home, shop) as data:
        return data.settings.clock


def accounts_known(home: Path, shop: str) -> dict[str, str]:
    """Return how each account of a shop's messages and table of agents is shown, in the order of accounts."""
    with open_shops(home, shop) as data:
        slices = data.store.slices(data.snapshot, shop, first=date.min, last=date.max)
        named = data.store.current(data.snapshot, "agents", shops=[shop])["agent"].to_pylist()
        accounts = {account for one in slices for account in one.accounts} | set(named)
        return dict(sorted(data.shown_agents(accounts - {None, ""}).items()))
