"""Who is to work when, by what was published, as the engine takes it."""

from datetime import date

from xiaoer.actions.plan_duties import Duty
from xiaoer.site.models import Shop


def duties_of(shop: Shop, first: date, last: date) -> tuple[Duty, ...]:
    """Return what the published rosters of a shop say of some days."""
    return ()
