"""What people who know better say of days to come: a log in the data folder; of one day the latest word holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from xiaoer.actions.home import must_have_data
from xiaoer.actions.plan_data import KINDS
from xiaoer.actions.plan_said import said_lines, say_line
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.days import parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.planning.forecast.forecast import Override

LOG = "overrides"
Said = tuple[Override, ...]


@dataclass(frozen=True)
class OverrideAsk:
    """What somebody says of a day: contacts in all, or how many times the forecast; or takes his word back."""

    day: str
    shop: str | None = None
    kind: str = "chat"
    contacts: float | None = None
    times: float | None = None
    reason: str = ""
    author: str = ""
    withdraw: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    at: str
    shop: str
    kind: str
    day: str
    contacts: float | None
    times: float | None
    reason: str
    author: str
    withdrawn: bool


def say_override(home: Path, ask: OverrideAsk, *, now: datetime) -> Entry:
    """Write what somebody says of a day and return the line; a ReportableError says what is missing."""
    must_have_data(home)
    day = parse_day(ask.day, name="DAY")
    if ask.kind not in KINDS:
        raise ReportableError.of("planning.unknown_kind", values={"found": ask.kind[:20], "known": ", ".join(KINDS)})
    given = [one for one in (ask.contacts, ask.times) if one is not None]
    if not ask.withdraw and (len(given) != 1 or not 0 <= given[0] < float("inf")):
        raise ReportableError.of("planning.override_value")
    if not ask.withdraw and not ask.reason.strip():
        raise ReportableError.of("planning.override_reason")
    with open_shops(home, ask.shop) as data:
        if data.shop is None:
            raise ReportableError.of("planning.one_shop", values={"shops": ", ".join(data.shops)})
        shop = data.shop
    entry = Entry(now.astimezone(UTC).isoformat(timespec="seconds"), shop, ask.kind, str(day), ask.contacts, ask.times,
                  ask.reason.strip(), ask.author, ask.withdraw)  # fmt: skip
    say_line(home, LOG, entry)
    return entry


def overrides_of(home: Path, shop: str, kind: str) -> Said:
    """Return what holds of a shop's days, by day."""
    latest = {one.day: one for one in said_lines(home, LOG, Entry) if one.shop == shop and one.kind == kind}
    return tuple(
        Override(date.fromisoformat(day), one.reason, one.contacts, one.times, one.author)
        for day, one in sorted(latest.items())
        if not one.withdrawn
    )
