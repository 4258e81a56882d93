"""What a question about inspection needs: a shop's days read against the standards, and who is who."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period, parse_day
from xiaoer.base.steps import Step
from xiaoer.inspection.standards import Standards, load_standards
from xiaoer.inspection.up_to_date import Inspected, load_findings
from xiaoer.store.engine import Engine


@dataclass(frozen=True)
class InspectAsk:
    """Which shop and days, as the reader wrote them."""

    first: str
    last: str
    shop: str | None = None
    snapshot: int | None = None

    @property
    def period(self) -> Period:
        """Return the days; a ReportableError says which can not be read."""
        return Period(parse_day(self.first, name="from"), parse_day(self.last, name="to"))


@dataclass(frozen=True)
class Inspection:
    """A session with `finding` and `inspected` of the days asked for."""

    data: ShopData
    standards: Standards
    engine: Engine
    period: Period
    done: Inspected

    def rows(self, sql: str) -> list[dict[str, object]]:
        """Return the rows of a question."""
        found: list[dict[str, object]] = self.engine.query([Step("asked", sql)]).to_pylist()
        return found


@contextmanager
def open_inspection(home: Path, ask: InspectAsk) -> Iterator[Inspection]:
    """Open the shops asked for with their findings up to date; days that changed are read first."""
    with (
        open_shops(home, ask.shop, snapshot=ask.snapshot) as data,
        Engine(spill_folder=data.store.home.spill) as engine,
    ):
        standards = standards_of(data.catalog)
        done = load_findings(engine, data.store, data.snapshot, standards, shops=data.shops, days=ask.period)
        yield Inspection(data, standards, engine, ask.period, done)


def standards_of(catalog: Catalog) -> Standards:
    """Return the standards of a catalog; ours alone are read once."""
    return _our_standards() if catalog == Catalog() else load_standards(catalog)


@cache
def _our_standards() -> Standards:
    return load_standards(Catalog())
