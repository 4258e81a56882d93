"""Which days and whose figures the overview shows, and the reports that it is made of."""

from dataclasses import dataclass
from datetime import date

from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.days import DAY, Period
from xiaoer.site.models import Shop

METRICS = (
    "received_buyers", "inquiry_buyers", "conversion_share_final", "sales_yuan", "reply_share",
    "first_response_seconds", "average_response_seconds", "three_minute_share",
)  # fmt: skip
TREND_DAYS = 30


@dataclass(frozen=True)
class Overview:
    """Whose overview: a shop's, or one group's of it, up to the last day of its data."""

    shop: Shop
    last: date
    group: str = ""

    @property
    def day(self) -> Period:
        """Return the last day."""
        return Period(self.last, self.last)

    @property
    def day_before(self) -> Period:
        """Return the day before the last."""
        return Period(self.last - DAY, self.last - DAY)

    @property
    def month(self) -> Period:
        """Return the last day's month as far as data reach."""
        return Period(self.last.replace(day=1), self.last)

    @property
    def trend(self) -> Period:
        """Return the days of the small trends."""
        return Period(self.last - (TREND_DAYS - 1) * DAY, self.last)

    @property
    def periods(self) -> tuple[tuple[Period, str], ...]:
        """Return the periods of the figures with what each is held against."""
        return ((self.day, "previous_week"), (self.day_before, "previous_week"), (self.month, "previous_month"))

    def figures(self, period: Period, compare: str) -> ReportAsk:
        """Return the question for the figures of a period."""
        whose = "group" if self.group else "shop"
        return ReportAsk(
            str(period.first), str(period.last), self.shop.name, by=(whose,), metrics=METRICS, compare=(compare,)
        )

    def by_day(self) -> ReportAsk:
        """Return the question for the trends."""
        by = ("group", "day") if self.group else ("day",)
        return ReportAsk(str(self.trend.first), str(self.trend.last), self.shop.name, by=by, metrics=METRICS)

    def by_agent(self) -> ReportAsk:
        """Return the question for everybody's month, the usual columns."""
        by = ("group", "agent") if self.group else ("agent",)
        return ReportAsk(str(self.month.first), str(self.month.last), self.shop.name, by=by)

    def every(self) -> list[ReportAsk]:
        """Return every question that the page asks."""
        return [*(self.figures(*each) for each in self.periods), self.by_day(), self.by_agent()]

    def mine(self, row: dict[str, object]) -> bool:
        """Return whether a row is of whom the overview is."""
        return not self.group or row["group"] == self.group
