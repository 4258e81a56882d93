"""A shop's day as it stands now: begun from the store, carried on by rows that were posted since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from xiaoer.actions.home import has_data
from xiaoer.actions.shop_data import ShopData, open_shops, short_name
from xiaoer.base.corrections import Correction
from xiaoer.base.days import DAY, Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.facts.live import Board, Decided, LiveDay, LiveOrders, LivePresence, LiveRules, Said
from xiaoer.facts.live.orders import Sales, Told
from xiaoer.facts.live.presence import Stay
from xiaoer.facts.live.rules import micros_of
from xiaoer.facts.live.said import Marks, key_of

COLUMNS = ("buyer", "agent", "sent_at", "sender", "kind", "auto", "message_id", "text")
BEFORE_ALL = 2**48  # rows of the store stand before those that were posted since
TABLES = ("messages", "orders", "presence")
KEPT_TABLES = ("orders", "presence", "agents")


class Posted(NamedTuple):
    """A row of a canonical table as texts; `place` grows in the order in which rows came."""

    place: int
    table: str
    row: Mapping[str, str]


@dataclass(frozen=True)
class Version:
    """What a begun day rests on: settings, numbers of corrections in force, the imports with messages of the day."""

    settings: tuple[tuple[str, str], ...] = ()
    corrections: tuple[int, ...] = ()
    imports: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LiveState:
    """A shop at an instant: who waits and who talks, the sums so far, sales, each agent's status where it is known."""

    board: Board
    sales: Sales
    statuses: Mapping[str, str]


@dataclass
class LiveShop:
    """One shop's day; `take` and `state` are called by one thread at a time."""

    shop: str
    day: date
    settings: DaySettings
    version: Version = Version()
    imports: frozenset[int] = frozenset()  # every import of the shop that the store had
    names: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()  # in force
    messages: LiveDay = field(init=False)
    orders: LiveOrders = field(init=False)
    presence: LivePresence = field(default_factory=LivePresence)

    def __post_init__(self) -> None:
        rules, decided = LiveRules(self.day, self.settings), Decided.of(self.corrections, self.day)
        self.messages = LiveDay(rules, own_accounts=self.names, decided=decided)
        self.orders = LiveOrders(rules.span, decided.tests)
        self._marks = Marks.of(self.settings)

    @property
    def clock(self) -> Clock:
        """Return the shop's clock."""
        return self.settings.clock

    def take(self, rows: Iterable[Posted]) -> None:
        """Take rows that were posted; what can not be read as an instant or an amount was refused before."""
        said = []
        for one in rows:
            if one.table == "messages":
                said.append(self._said(one))
            elif one.table == "orders":
                self.orders.take(self._told(one.row))
            elif one.table == "presence":
                self.presence.take(self._stay(one.row))
        self.messages.take(said)

    def state(self, now: datetime) -> LiveState:
        """Return the state at an instant."""
        at = micros_of(now)
        board = self.messages.board(at)
        statuses = {one.agent: self.presence.status(one.agent, at) for one in board.agents}
        return LiveState(board, self.orders.sales(), {agent: known for agent, known in statuses.items() if known})

    def shown(self, account: str) -> str:
        """Return how an account is shown."""
        known = self.names.get(account)
        return known or (short_name(account) if account.replace("：", ":").startswith(f"{self.shop}:") else account)

    def _said(self, one: Posted) -> Said:
        row = one.row
        text = row.get("text", "")
        what = self._marks.what(
            row["sender"], kind=row.get("kind", "text"), auto=row.get("auto") == "true", text=text
        )  # fmt: skip
        return Said(key_of(row["message_id"]), row["buyer"], row["agent"], self._at(row["sent_at"]), one.place, what)

    def _told(self, row: Mapping[str, str]) -> Told:
        paid = row.get("paid_at")
        amount = Decimal(row.get("amount_paid", "0"))
        return Told(row["order_id"], self._at(row["created_at"]), self._at(paid) if paid else None, amount)

    def _stay(self, row: Mapping[str, str]) -> Stay:
        end = row.get("end_at")
        return Stay(row["agent"], row["status"], self._at(row["start_at"]), self._at(end) if end else None)

    def _at(self, text: str) -> int:
        read = datetime.fromisoformat(text)
        return micros_of(read if read.tzinfo else read.replace(tzinfo=self.clock.zone))


def live_shop(home: Path, shop: str, now: datetime) -> LiveShop:
    """Return a shop's day as the store has it; of a shop that the store does not know, an empty day."""
    try:
        with open_shops(home, shop) as data:
            return _begun(data, shop, now)
    except ReportableError as error:
        if error.issues[0].code not in ("cli.empty_home", "cli.unknown_shop"):
            raise
    settings = ShopSettings()
    day = settings.clock.local_day(now)
    return LiveShop(shop, day, settings.on(day))


def weight_of(home: Path, shop: str, now: datetime) -> int:
    """Return about how many rows of the store a day is begun from; looked up, not read."""
    if not has_data(home):
        return 0
    try:
        with open_shops(home, shop) as data:
            day = data.snapshot.settings_of(shop).clock.local_day(now)
            said = sum(one.rows for one in data.store.slices(data.snapshot, shop, first=day, last=day))
            kept = [one.rows for one in data.snapshot.files([shop]) if one.table in KEPT_TABLES]
    except ReportableError:
        return 0
    return said + sum(kept)


def version_of(home: Path, shop: str, day: date) -> Version:
    """Return what a day of a shop rests on now."""
    if not has_data(home):
        return Version()
    try:
        with open_shops(home, shop) as data:
            return _version(data, shop, day)
    except ReportableError:
        return Version()


def _version(data: ShopData, shop: str, day: date) -> Version:
    settings = data.snapshot.settings_of(shop).on(day)
    slices = data.store.slices(data.snapshot, shop, first=day, last=day)
    corrections = tuple(one.id for one in data.snapshot.corrections_of(shop))
    return Version(tuple(sorted(settings.values.items())), corrections, frozenset(one.import_id for one in slices))


def _begun(data: ShopData, shop: str, now: datetime) -> LiveShop:
    settings = data.snapshot.settings_of(shop)
    day = settings.clock.local_day(now)
    agents = data.store.current(data.snapshot, "agents", shops=[shop]).to_pylist()
    slices = data.store.slices(data.snapshot, shop, first=date.min, last=date.max)
    accounts = {account for one in slices for account in one.accounts} | {row["agent"] for row in agents}
    imports = frozenset(one.import_id for one in data.snapshot.files([shop]))
    made = LiveShop(
        shop, day, settings.on(day), _version(data, shop, day), imports,
        data.shown_agents(accounts), {row["agent"]: row["group"] for row in agents if row["group"]},
        data.snapshot.corrections_of(shop),
    )  # fmt: skip
    of_today = [one for one in slices if one.day == day]
    place = -BEFORE_ALL
    for table in data.store.messages(data.snapshot, of_today, columns=COLUMNS) if of_today else ():
        rows = list(_said_of(made, table.to_pylist(), place))
        made.messages.take(rows)
        place += len(rows)
    _take_orders(made, data)
    _take_presence(made, data)
    return made


def _said_of(made: LiveShop, rows: list[dict[str, object]], place: int) -> Iterator[Said]:
    marks = Marks.of(made.settings)
    for number, row in enumerate(rows, start=place):
        key = key_of(str(row["message_id"])) if row["message_id"] is not None else number
        what = marks.what(
            str(row["sender"]), kind=str(row["kind"] or "text"), auto=bool(row["auto"]), text=str(row["text"] or "")
        )
        yield Said(key, str(row["buyer"]), str(row["agent"]), _micros(row["sent_at"]), number, what)


def _take_orders(made: LiveShop, data: ShopData) -> None:
    start = made.clock.start_of(made.day).replace(tzinfo=None)
    rows = data.store.current(data.snapshot, "orders", shops=[made.shop])
    recent = pc.or_kleene(pc.greater_equal(rows["created_at"], start), pc.greater_equal(rows["paid_at"], start))
    wanted = ["order_id", "created_at", "paid_at", "amount_paid"]
    for row in rows.filter(recent).select(wanted).to_pylist():
        paid = None if row["paid_at"] is None else _micros(row["paid_at"])
        made.orders.take(Told(row["order_id"], _micros(row["created_at"]), paid, row["amount_paid"] or Decimal(0)))


def _take_presence(made: LiveShop, data: ShopData) -> None:
    earliest = made.clock.start_of(made.day - DAY).replace(tzinfo=None)
    rows = data.store.current(data.snapshot, "presence", shops=[made.shop])
    for row in rows.filter(pc.greater_equal(rows["start_at"], earliest)).to_pylist():
        end = None if row["end_at"] is None else _micros(row["end_at"])
        made.presence.take(Stay(row["agent"], row["status"], _micros(row["start_at"]), end))


def _micros(instant: object) -> int:
    """Return a stored instant (UTC without an offset) as whole microseconds."""
    assert isinstance(instant, datetime)
    return micros_of(instant.replace(tzinfo=UTC))
