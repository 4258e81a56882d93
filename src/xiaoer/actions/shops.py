"""What a data folder knows: its shops, the number of its last change, the days and accounts of a shop."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from xiaoer.actions.home import has_data
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.days import Clock, Period
from xiaoer.base.errors import ReportableError
from xiaoer.store.last_change import last_change_of
from xiaoer.store.store import Store

IN_USE_DAYS = 28  # before the last day of data


@dataclass(frozen=True)
class AgentKnown:
    """An account in use: how it is shown, and its group in the table of agents."""

    account: str
    shown: str
    group: str


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


def agents_in_use(home: Path, shop: str) -> tuple[AgentKnown, ...]:
    """Return accounts that answered in the last four weeks of data or stand in the table of agents; none that left."""
    with open_shops(home, shop) as data:
        known = data.days_with_data()
        last = known[-1].last if known else date.max
        recent = data.store.slices(data.snapshot, shop, first=last - timedelta(days=IN_USE_DAYS), last=last)
        rows = data.store.current(data.snapshot, "agents", shops=[shop]).to_pylist()
        groups = {row["agent"]: row["group"] or "" for row in rows if row["agent"]}
        left = {row["agent"] for row in rows if row["left_on"] is not None and row["left_on"] <= last}
        accounts = {account for one in recent for account in one.accounts} | set(groups)
        shown = data.shown_agents(accounts - {None, ""})
        return tuple(AgentKnown(one, shown[one], groups.get(one, "")) for one in sorted(shown) if one not in left)
