"""The report: facts of a period cut by dimensions, and the figures of each row."""

from datetime import date
from typing import Any

from tests.reference.after_sale_figures import AFTER_SALE, look_back
from tests.reference.attribution_figures import ATTRIBUTION
from tests.reference.consultation_figures import CONSULTATION
from tests.reference.facts import Counted, Facts, facts_of
from tests.reference.figures import Figure, Slice
from tests.reference.loss_figures import LOSS
from tests.reference.platform_figures import PLATFORM
from tests.reference.rating_figures import RATING
from tests.reference.reception_figures import INQUIRY, RECEPTION, SPEED
from tests.reference.sales_figures import SALES
from tests.reference.service_figures import ATTENDANCE, CALLS, SATISFACTION
from tests.reference.shop import Row, Shop
from xiaoer.base.days import Period

FIGURES: dict[str, Figure] = (
    (RECEPTION | CONSULTATION)
    | (SPEED | PLATFORM)
    | (INQUIRY | LOSS)
    | (SALES | ATTRIBUTION)
    | ATTENDANCE
    | (SATISFACTION | RATING)
    | CALLS
    | AFTER_SALE
)

Key = tuple[Any, ...]
PEOPLE = frozenset({"agent", "group"})
TIMES = frozenset({"day", "weekday", "hour"})


def shop_report(
    shop: Shop,
    *,
    period: Period,
    by: tuple[str, ...] = (),
    policy: str = "order_first",
    metrics: tuple[str, ...] = tuple(FIGURES),
) -> list[Row]:
    """Return the rows of a report in the order of their dimensions (unknown groups last)."""
    ever = facts_of(shop, policy=policy)
    inside = {
        kind: [one for one in counted if period.first <= one.day <= period.last] for kind, counted in ever.items()
    }
    rows = []
    for key in _keys(shop, by, inside=inside, ever=ever, last_day=period.last):
        sliced = Slice(
            shop=shop,
            by=by,
            last_day=period.last,
            facts=_part(shop, inside, by, key),
            of_shop=_part(shop, inside, by, key, but=PEOPLE),
            ever=_part(shop, ever, by, key, but=TIMES),
            ever_of_shop=_part(shop, ever, by, key, but=PEOPLE | TIMES),
        )
        rows.append(dict(zip(by, key, strict=True)) | {name: FIGURES[name](sliced) for name in metrics})
    return rows


def _keys(shop: Shop, by: tuple[str, ...], *, inside: Facts, ever: Facts, last_day: date) -> list[Key]:
    """Return where anything happened: in the period or, where no day is asked for, in the look-back of after-sale.

    A filtered contact is in no figure, so it makes no row.
    """
    if not by:
        return [()]
    happened = [one for kind, counted in inside.items() if kind != "contact" for one in counted]
    if not TIMES & set(by):
        for kind in ("refund", "complaint", "paid_order"):
            happened += look_back(shop, ever[kind], last_day=last_day)
    keys = {key for one in happened if (key := _key(shop, one, by)) is not None}
    return sorted(keys, key=lambda key: [(part is None, part) for part in key])


def _key(shop: Shop, one: Counted, by: tuple[str, ...]) -> Key | None:
    """Return where a fact counts; None when it has no hour or no agent and the report is by that."""
    if ("hour" in by and one.hour is None) or (PEOPLE & set(by) and one.agent is None):
        return None
    groups = {row["agent"]: row.get("group") for row in shop.rows("agents")}
    dimensions = {
        "shop": shop.name,
        "agent": one.agent,
        "group": groups.get(one.agent or ""),
        "day": one.day,
        "weekday": one.day.isoweekday(),
        "hour": one.hour,
    }
    return tuple(dimensions[name] for name in by)


def _part(shop: Shop, facts: Facts, by: tuple[str, ...], key: Key, but: frozenset[str] = frozenset()) -> Facts:
    """Return the facts that count at a key, some of its dimensions left out."""
    kept = tuple(name for name in by if name not in but)
    place = tuple(part for name, part in zip(by, key, strict=True) if name not in but)
    return {kind: [one for one in counted if _key(shop, one, kept) == place] for kind, counted in facts.items()}
