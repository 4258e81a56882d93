"""The data of a home that a question is about: which shops, which snapshot, how far orders reach, which days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.home import must_have_data
from xiaoer.base.catalog import OUR_CATALOG, Catalog
from xiaoer.base.data_url import shown_folder
from xiaoer.base.days import DAY, Period
from xiaoer.base.environment import read_spark_master
from xiaoer.base.errors import ReportableError
from xiaoer.base.issues import Issue, Severity
from xiaoer.base.language import Language, say
from xiaoer.base.local_time import local_days
from xiaoer.base.near_names import near_names
from xiaoer.base.settings import ShopSettings, check_setting
from xiaoer.base.steps import Step
from xiaoer.facts.one_buyer import relations_of_buyer
from xiaoer.facts.relations import Scope, make_relations, relations_for
from xiaoer.metrics import Metric, Request, can_come_from_sums, days_needed, load_metrics, sums_of_months
from xiaoer.store.engine import FilesGone
from xiaoer.store.engine_session import EngineSession
from xiaoer.store.home import Home
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

_ORDER_TIMES = ("created_at", "paid_at", "shipped_at", "received_at", "finished_at", "closed_at")
# The instant that says on which day a row of a table other than messages counts.
DATED_BY = {"orders": "created_at", "calls": "offered_at", "presence": "start_at"}
ENGINES = ("duckdb", "spark")
_ACCOUNTS = "SELECT agent FROM contact UNION SELECT agent FROM agents UNION SELECT agent FROM call"


@dataclass(frozen=True)
class ShopData:
    """Some shops of a store at a snapshot; with a `master`, questions go to the Spark of that address."""

    store: Store
    snapshot: Snapshot
    shops: tuple[str, ...]
    metrics: Mapping[str, Metric]
    catalog: Catalog
    master: str | None = None

    @property
    def shop(self) -> str | None:
        """Return the shop, or None for several."""
        return self.shops[0] if len(self.shops) == 1 else None

    @cached_property
    def settings(self) -> ShopSettings:
        """Return the settings of the shops; a ReportableError when several shops have different ones."""
        each = [self.snapshot.settings_of(shop) for shop in self.shops]
        if len({tuple((v.name, v.from_date, v.value) for v in sorted(one.dated)) for one in each}) > 1:
            raise ReportableError.of("cli.shops_differ", values={"shops": ", ".join(self.shops)})
        return each[0]

    @cached_property
    def tables(self) -> frozenset[str]:
        """Return the canonical tables imported for these shops, those without any row too: none is known there."""
        return frozenset(self.store.manifest.tables(self.snapshot.seq, self.shops))

    @cached_property
    def coverage(self) -> date | None:
        """Return the last local day that the order data of every shop with orders reach; None without orders."""
        reached = []
        for shop in self.shops:
            latest = self.store.latest(self.snapshot, "orders", _ORDER_TIMES, shop=shop)
            if latest is not None:
                reached.append(self.snapshot.settings_of(shop).clock.local_day(latest.replace(tzinfo=UTC)))
        return min(reached, default=None)

    @cached_property
    def agent_names(self) -> dict[str, str]:
        """Return the name of each account that the table of agents names; of one with several names, none."""
        rows = self.store.current(self.snapshot, "agents", shops=self.shops).to_pylist()
        names: dict[str, set[str]] = {}
        for row in rows:
            if row["name"]:
                names.setdefault(row["agent"], set()).add(row["name"])
        return {account: named.pop() for account, named in names.items() if len(named) == 1}

    def shown_agents(self, accounts: Iterable[str]) -> dict[str, str]:
        """Return how each of these accounts is shown; two that would look alike are shown as their whole accounts.

        That is its name, else what follows the colon where all accounts start with the one shop's name.
        """
        texts = {account: self.agent_names.get(account) or self._short(account) for account in accounts}
        times = Counter(texts.values())
        alone = {
            account for account, text in texts.items() if times[text] == 1 and (text == account or text not in texts)
        }
        return {account: text if account in alone else account for account, text in texts.items()}

    def _short(self, account: str) -> str:
        before = account.replace("：", ":").partition(":")[0]
        return short_name(account) if before == self.shop else account

    def policy(self, asked: str | None, day: date) -> str:
        """Return the policy asked for, else the shop's own; a ReportableError when there is none of this name."""
        return check_setting("credit_policy", asked) if asked else self.settings.on(day).text("credit_policy")

    def session(self, request: Request) -> EngineSession:
        """Return an engine session with every relation that a request needs, made when it is first asked."""
        scope = self._scope(request)
        if self.master is None:
            return relations_for(self.store, self.snapshot, scope)
        from xiaoer.store.spark_engine import SparkEngine

        with ExitStack() as undone:
            engine = undone.enter_context(SparkEngine(self.master, scratch=self.store.home.facts))
            make_relations(engine, self.store, self.snapshot, scope)
            undone.pop_all()
        return engine

    def session_of_buyer(self, request: Request, buyer: str) -> EngineSession:
        """Return an engine session with what is told of one buyer's conversations; of one shop, never by Spark."""
        return relations_of_buyer(self.store, self.snapshot, self._scope(request), buyer)

    def of_sums(self, request: Request, questions: Sequence[Sequence[Step]]) -> list[pa.Table] | None:
        """Return the answers to questions over sums by day; None where a request is to be asked of rows.

        Sums are made where they are missing, when so many days are asked for that it pays. What somebody deletes while
        it is read is looked for once more.
        """
        if self.master is not None or not can_come_from_sums(request):
            return None
        for _ in range(2):
            sums = sums_of_months(self.store, self.snapshot, self._scope(request), self.metrics)
            if sums is None:
                break
            with sums, suppress(FilesGone):
                return [sums.answer(steps) for steps in questions]
        return None

    def make_sums(self, request: Request) -> None:
        """Make the sums by day of a request's months where they are missing, however few its days are."""
        sums = sums_of_months(self.store, self.snapshot, self._scope(request), self.metrics, make=True)
        if sums is not None:
            sums.close()

    def _scope(self, request: Request) -> Scope:
        needed = days_needed(request, self.metrics)
        back = (request.period.last - needed.first).days if needed.first < request.period.first else 0
        return Scope(self.shops, request.period, request.policy, look_back_days=back)

    def days_with_data(self) -> list[Period]:
        """Return the runs of local days on which the shops have messages, orders, calls or presence."""
        days: set[date] = set()
        for shop in self.shops:
            slices = self.store.slices(self.snapshot, shop, first=date.min, last=date.max)
            days |= {one.day for one in slices}
            clock = self.snapshot.settings_of(shop).clock
            for table, column in DATED_BY.items():
                rows: pa.Table = self.store.current(self.snapshot, table, shops=[shop])
                days |= set(pc.unique(local_days(rows[column], clock)).to_pylist())
        return runs_of(days - {None})

    def remarks(self, language: Language) -> list[str]:
        """Return what every page says of the data folder; nothing of one that can be written."""
        home = self.store.home
        issue = Issue("store.read_only", Severity.NOTE, values={"folder": str(home.folder)})
        return [] if home.scratch is None else [say(issue, language)]

    def imports_used(self) -> int:
        """Return how many imports hold rows of these shops."""
        return len({number for _, _, number, _ in self.store.manifest.contents(self.snapshot.seq, self.shops)})


def runs_of(days: set[date]) -> list[Period]:
    """Return days as runs without gaps, in order."""
    ordered = sorted(days)
    if not ordered:
        return []
    starts = [ordered[0], *(day for before, day in pairwise(ordered) if day - before > DAY)]
    ends = [*(before for before, day in pairwise(ordered) if day - before > DAY), ordered[-1]]
    return [Period(first, last) for first, last in zip(starts, ends, strict=True)]


@contextmanager
def open_home(home: Path) -> Iterator[Store]:
    """Open a home that has data; a ReportableError says how to get some, and makes no folder."""
    must_have_data(home)
    with Store(home) as store:
        yield store


@contextmanager
def open_shops(
    home: Path, shop: str | None, *, snapshot: int | None = None, engine: str = "duckdb"
) -> Iterator[ShopData]:
    """Open the shop asked for, or every shop; a ReportableError names near ones when there is no such shop."""
    if engine not in ENGINES:
        near = ", ".join(near_names(engine, ENGINES) or ENGINES)
        raise ReportableError.of("cli.unknown_engine", values={"name": engine[:40], "near": near})
    master = read_spark_master() if engine == "spark" else None
    with open_home(home) as store:
        at = store.snapshot(snapshot)
        if not at.shops:
            raise ReportableError.of("cli.empty_home", values={"home": shown_folder(home)})
        if shop is not None and shop not in at.shops:
            near = ", ".join(near_names(shop, at.shops) or at.shops[:5])
            raise ReportableError.of("cli.unknown_shop", values={"name": shop[:40], "near": near})
        catalog = catalog_of(home)
        yield ShopData(store, at, (shop,) if shop else at.shops, metrics_of(catalog), catalog, master)


def catalog_of(home: Path) -> Catalog:
    """Return our catalog with the home's own laid over it."""
    own = Home(home).catalog
    return Catalog((OUR_CATALOG, own)) if own.is_dir() else Catalog()


def metrics_of(catalog: Catalog) -> dict[str, Metric]:
    """Return the metrics of a catalog; ours alone are read once."""
    return _our_metrics() if catalog == Catalog() else load_metrics(catalog)


@cache
def _our_metrics() -> dict[str, Metric]:
    return load_metrics(Catalog())


def accounts_in(engine: EngineSession, *, period: Period | None = None) -> tuple[str, ...]:
    """Return the accounts that a session knows of, or the people who received anybody in a period; ascending."""
    sql = _ACCOUNTS
    if period is not None:
        sql = f"SELECT agent FROM reception WHERE day BETWEEN DATE '{period.first}' AND DATE '{period.last}'"
    return tuple(sorted(set(engine.query([Step("accounts", sql)])["agent"].to_pylist()) - {None}))


def asked_account(data: ShopData, engine: EngineSession, asked: str | None) -> str | None:
    """Return the account asked for by its account or name; a ReportableError names near ones when there is none."""
    if asked is None:
        return None
    return account_named(asked, accounts_in(engine), data.agent_names)


def account_named(name: str, accounts: Sequence[str], names: Mapping[str, str] | None = None) -> str:
    """Return the account of a full account, a person's name or what follows the colon.

    A ReportableError lists the accounts that share the name, or near ones.
    """
    if name in accounts:
        return name
    names = names or {}
    called = [account for account in accounts if name in (names.get(account), short_name(account))]
    if len(called) == 1:
        return called[0]
    known = [*accounts, *map(short_name, accounts), *(names[one] for one in accounts if one in names)]
    near = ", ".join(called or near_names(name, known) or list(accounts)[:5]) or "–"
    raise ReportableError.of("cli.unknown_agent", values={"name": name[:40], "near": near})


def short_name(account: str) -> str:
    """Return what follows the colon of an account, or the whole."""
    return account.replace("：", ":").partition(":")[2] or account


def in_zone(micros: int | None, settings: ShopSettings) -> datetime | None:
    """Return an instant of whole microseconds on the shop's clock."""
    if micros is None:
        return None
    seconds, rest = divmod(micros, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest).astimezone(settings.clock.zone)
