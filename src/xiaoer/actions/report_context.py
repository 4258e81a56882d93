"""Where a report comes from and how it was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xiaoer.actions.comparisons import Comparisons
from xiaoer.actions.shop_data import ShopData
from xiaoer.metrics import Metric, Ranking, Request, Standings, View


@dataclass(frozen=True)
class Counts:
    """What the period holds beside the report: filtered contacts, orders created, how many buyers are known and how."""

    filtered: int
    orders: int
    given: int
    by_order_id: int
    by_masked_nick: int
    unmatched: int


@dataclass(frozen=True)
class Context:
    """Where a report comes from and how it was asked for."""

    data: ShopData
    request: Request
    counts: Counts
    agents: Mapping[str, str]  # how each account of the report is shown
    standings: Standings
    asked_for: bool = False
    view: View | None = None
    named: bool = False  # the view was asked for by its name, so the page says which it is
    intervals: bool = False
    comparisons: Comparisons = field(default_factory=Comparisons)
    ranking: Ranking | None = None

    @property
    def targets(self) -> Mapping[str, str]:
        """Return the targets in force on the last day."""
        return self.data.settings.targets(self.request.period.last)

    @property
    def metrics(self) -> list[Metric]:
        """Return the metrics to show: all that were asked for; of the usual ones, those that there is data for."""
        metrics = [self.data.metrics[name] for name in self.request.metrics]
        known = [metric for metric in metrics if self.data.tables.issuperset(metric.needs)]
        return metrics if self.asked_for or not known else known
