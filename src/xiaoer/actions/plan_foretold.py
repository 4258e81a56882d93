"""A forecast of a shop's contacts with what it was made from, what people said of its days."""

from dataclasses import dataclass, replace
from pathlib import Path

from xiaoer.actions.plan_data import PlanData
from xiaoer.actions.plan_overrides import Said, overrides_of
from xiaoer.base.errors import ReportableError
from xiaoer.planning.forecast.backtest import TRIED_DAYS
from xiaoer.planning.forecast.forecast import Forecast, forecast, with_overrides

MOST_TRIED_DAYS = 365


@dataclass(frozen=True)
class Foretold:
    """A forecast with what it was made from."""

    data: PlanData
    made: Forecast
    tried_days: int


def modelled(data: PlanData, *, tried_days: int = TRIED_DAYS) -> Foretold:
    """Return what the models tell of a plan's period."""
    if not 1 <= tried_days <= MOST_TRIED_DAYS:
        raise ReportableError.of("planning.tried_days", values={"most": MOST_TRIED_DAYS})
    made = forecast(data.history, data.period, data.calendar, tried_days=tried_days)
    return Foretold(replace(data, data=None), made, tried_days)


def planned_with(told: Foretold, said: Said) -> Foretold:
    """Return a forecast with what people said of its days."""
    return replace(told, made=with_overrides(told.made, said))


def foretold(home: Path, data: PlanData) -> Foretold:
    """Return the forecast of a plan's period, with what people said of its days."""
    said = overrides_of(home, data.shop, data.kind) if data.shop is not None else ()
    return planned_with(modelled(data), said)
