"""What the first pages after a change need, made before anybody opens them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.shop_data import ShopData, open_shops
from xiaoer.actions.shops import known_shops
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.steps import Step
from xiaoer.metrics import Request

MONTHS_BACK = 12  # what is older is summed when somebody asks for it


def make_first_answers(home: Path, language: Language) -> None:
    """Make, of every shop, the sums by day of the last year, the relations of the last month and its usual report.

    All of it is kept; what an earlier turn made and nothing has changed since is found again.
    """
    for shop in known_shops(home):
        try:
            _of_shop(home, shop, language)
        except ReportableError:
            continue  # its pages say so to whoever opens them


def _of_shop(home: Path, shop: str, language: Language) -> None:
    with open_shops(home, shop) as data:
        days = data.days_with_data()
        if not days:
            return
        last = days[-1].last
        month = Period(last.replace(day=1), last)
        request = _request(data, month)
        with data.session(request) as engine:  # the rows behind figures
            engine.query([Step("begun", "SELECT 1 AS begun")])
        data.make_sums(replace(request, period=Period(_first_of_year(last), last)))
    report(home, ReportAsk(str(month.first), str(month.last), shop), language)


def _request(data: ShopData, days: Period) -> Request:
    return Request(days, (), shop=data.shop, policy=data.policy(None, days.last), settings=data.settings)


def _first_of_year(last: date) -> date:
    """Return the first day of the month eleven months before."""
    months = last.year * 12 + last.month - MONTHS_BACK
    return date(months // 12, months % 12 + 1, 1)
