"""How far an explained figure can be relied on: which rows can still change, how few cases, which interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaoer.actions.render.cell_text import share_text
from xiaoer.actions.render.page import FEW_MARK, IMMATURE_MARK
from xiaoer.actions.say_days import say_day, say_days
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.base.settings import ShopSettings
from xiaoer.metrics import Immature, Interval, Metric, Row, cases_behind, counts_a_part, immature_on, interval_of
from xiaoer.metrics.measure import measures_of


@dataclass(frozen=True)
class ExplainState:
    """The days of a figure that can still change, the cases behind it where they are few, its interval."""

    immature: tuple[Immature, ...]
    few_cases: int | None
    interval: Interval | None

    def mature_on(self, day: date) -> date | None:
        """Return the day that order data must reach before a day's rows are settled; None when they are."""
        return next((one.mature_on for one in self.immature if one.day == day), None)

    def notes(self, language: Language) -> Iterator[str]:
        """Yield what the reader should know of the figure."""
        if self.immature:
            days = say_days((one.day for one in self.immature), language)
            until = say_day(max(one.mature_on for one in self.immature), language)
            yield word("explain_immature", language, mark=IMMATURE_MARK, days=days, until=until)
        if self.few_cases is not None:
            yield word("explain_few", language, mark=FEW_MARK, number=f"{self.few_cases:,}")
        if self.interval is not None:
            low, high = (share_text(end) for end in (self.interval.low, self.interval.high))
            yield word("explain_interval", language, low=low, high=high, cases=f"{self.interval.cases:,}")

    def to_json(self) -> dict[str, object]:
        """Return the state as scripts read it."""
        interval = self.interval
        return {
            "immature": [{"day": str(one.day), "mature_on": str(one.mature_on)} for one in self.immature],
            "few_cases": self.few_cases,
            "interval": None if interval is None else {"low": interval.low, "high": interval.high},
        }


def explain_state(
    metric: Metric, metrics: dict[str, Metric], row: Row | None, *, days: Period, coverage: date | None,
    settings: ShopSettings,
) -> ExplainState:  # fmt: skip
    """Return the state of the figure in this row of the report; without a row only its days can be told."""
    each = (immature_on(metric, day, coverage=coverage, settings=settings) for day in days.days())
    immature = tuple(one for one in each if one is not None)
    parts = row.parts[metric.name] if row is not None else None
    if row is None or parts is None or row.figures[metric.name] is None:
        return ExplainState(immature, None, None)
    cases = cases_behind(measures_of(metric, metrics), parts)
    few_below = settings.on(days.last).count("few_cases")
    few = cases if cases is not None and 0 < cases < few_below else None
    return ExplainState(immature, few, interval_of(parts) if counts_a_part(metric, metrics) else None)
