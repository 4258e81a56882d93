"""Which figures a cause can touch: by the settings that decide each metric's rows, as explanations list them."""

from collections.abc import Mapping

from xiaoer.metrics import Metric
from xiaoer.metrics.explanation import deciding_settings
from xiaoer.metrics.measure import Measure, measures_of
from xiaoer.metrics.metric import Level
from xiaoer.reconcile.cause import Buyers, PutTogether, Variant
from xiaoer.reconcile.cell import Cell
from xiaoer.reconcile.reported import RowKind

# Relations that know of orders and what follows from them: their figures grow while orders, payments, refunds come in.
_GROWING = frozenset({
    "created_order", "paid_order", "assist", "inquiry", "refund", "rating", "review", "complaint",
})  # fmt: skip
_OF_CREDIT = frozenset({"created_order", "paid_order", "assist", "inquiry"})
_OF_CHATS = _GROWING | {"contact", "reception", "consultation", "session", "round", "agent_day"}


class Touches:
    """What each metric is made of, asked once."""

    def __init__(self, metrics: Mapping[str, Metric]) -> None:
        self._metrics = metrics
        self._measures: dict[str, tuple[Measure, ...]] = {}
        self._reached: dict[tuple[str, str], bool] = {}

    def measures(self, metric: str) -> tuple[Measure, ...]:
        """Return the measures of a metric."""
        if metric not in self._measures:
            self._measures[metric] = tuple(measures_of(self._metrics[metric], self._metrics).values())
        return self._measures[metric]

    def __call__(self, variant: Variant, cell: Cell) -> bool:
        """Return whether a cause can touch a cell's figure."""
        change = variant.change
        return (
            self.reaches(variant, cell.metric)
            or cell.metric in change.instead
            or (change.put_together is not None and self._put_together(change.put_together, cell))
            or (change.without is not None and cell.first < cell.last and cell.first <= variant.day <= cell.last)
        )

    def reaches(self, variant: Variant, metric: str) -> bool:
        """Return whether a cause changes the relations that a metric is computed over, or how it counts buyers."""
        key = (variant.name, metric)
        if key not in self._reached:
            self._reached[key] = self._reaches(variant, metric)
        return self._reached[key]

    def _reaches(self, variant: Variant, metric: str) -> bool:
        change, measures = variant.change, self.measures(metric)
        relations = {measure.relation.name for measure in measures}
        deciding = set(deciding_settings(measures))
        return (
            (variant.all_metrics and bool(relations & _OF_CHATS))
            or bool(deciding & set(change.settings))
            or (change.policy is not None and "credit_policy" in deciding)
            or (change.known_days is not None and bool(relations & _GROWING))
            or ((change.uncorrected or change.automatic_replies) and bool(relations & _OF_CHATS))
            or (change.buyers is not None and any(_counts(one, change.buyers) for one in measures))
        )

    def needs_orders(self, metric: str) -> bool:
        """Return whether a metric is computed over relations that know of orders."""
        return any(measure.relation.name in _OF_CREDIT for measure in self.measures(metric))

    def adds_up(self, metric: str) -> bool:
        """Return whether the parts of people or days, added up, are those of all of them."""
        return all(
            measure.aggregate.kind in ("count", "sum", "distinct")
            and measure.level is Level.AGENT
            and measure.aggregate.by_day_window is None
            for measure in self.measures(metric)
        )

    def is_window(self, metric: str) -> bool:
        """Return whether a metric looks back from the last day."""
        return any(measure.aggregate.by_day_window is not None for measure in self.measures(metric))

    def _put_together(self, how: PutTogether, cell: Cell) -> bool:
        metric = self._metrics[cell.metric]
        is_rate = metric.ratio is not None or not self.adds_up(cell.metric)
        match how:
            case PutTogether.MEAN_OF_DAYS:
                return is_rate and cell.row is not RowKind.MEAN and cell.first < cell.last
            case PutTogether.MEAN_OF_AGENTS:
                return is_rate and cell.row is RowKind.TOTAL and len(cell.listed) > 1
            case PutTogether.AS_A_WHOLE:
                return is_rate and cell.row is RowKind.MEAN and len(cell.listed) > 1
            case PutTogether.OF_THE_SHOP:
                return cell.row is RowKind.TOTAL and bool(cell.listed)


def _counts(measure: Measure, buyers: Buyers) -> bool:
    """Return whether a measure counts buyers in the other way than this one."""
    aggregate = measure.aggregate
    return aggregate.distinct_column == "buyer" and aggregate.per_day is (buyers is Buyers.ONCE)
