"""A shop of which nothing was imported yet: whatever page asks for its days, one page says so."""

from xiaoer.actions.shops import days_known
from xiaoer.base.days import Period
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop


class NoData(Exception):
    """There are no data of a shop yet; `pages/errors.py` says what to do about it."""

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self.shop = shop


def days_with_data(shop: Shop) -> Period:
    """Return the days from the first to the last of which a shop has data; NoData where there are none."""
    runs = kept(days_known, shop.name)
    if not runs:
        raise NoData(shop)
    return Period(runs[0].first, runs[-1].last)
