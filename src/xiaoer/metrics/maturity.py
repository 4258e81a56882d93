"""Which figures of which days are not mature yet, and when they will be."""

from dataclasses import dataclass
from datetime import date

from xiaoer.base.days import DAY
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics.metric import Maturity, Metric


@dataclass(frozen=True)
class Immature:
    """A metric's figure of a day that can still change until order data reach `mature_on`."""

    metric: str
    day: date
    mature_on: date


def days_to_mature(metric: Metric, day: date, settings: ShopSettings) -> int:
    """Return how many local days after its own a day's figure can still change."""
    match metric.maturity:
        case Maturity.NONE:
            return 0
        case Maturity.NEXT_DAY:
            return 1
        case Maturity.FINAL:
            return settings.on(day).count("final_payment_days")
        case Maturity.REFUND:
            return settings.on(day).count("refund_maturity_days")


def immature_on(metric: Metric, day: date, *, coverage: date | None, settings: ShopSettings) -> Immature | None:
    """Return why the day's figure is not mature, or None when it is; `coverage` is the last day order data reach."""
    if metric.maturity is Maturity.NONE:
        return None
    mature_on = day + days_to_mature(metric, day, settings) * DAY
    return Immature(metric.name, day, mature_on) if coverage is None or coverage < mature_on else None
