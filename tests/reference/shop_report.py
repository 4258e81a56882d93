"""The report: facts of a period cut by dimensions, and the figures of each row."""

from typing import Any

from tests.reference.after_sale_figures import AFTER_SALE
from tests.reference.facts import Counted, Facts, facts_of
from tests.reference.figures import Figure, Slice
from tests.reference.reception_figures import INQUIRY, RECEPTION, SPEED
from tests.reference.sales_figures import SALES
from tests.reference.service_figures import ATTENDANCE, CALLS, SATISFACTION
from tests.reference.shop import Row, Shop
from xiaoer.base.days import Period

FIGURES: dict[str, Figure] = RECEPTION | SPEED | INQUIRY | SALES | ATTENDANCE | SATISFACTION | CALLS | AFTER_SALE

Key = tuple[Any, ...]


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
    keys = {key for counted in inside.values() for one in counted if (key := _key(shop, one, by)) is not None}
    if not by:
        keys = {()}
    rows = []
    for key in sorted(keys, key=lambda key: [(part is None, part) for part in key]):
        sliced = Slice(
            shop=shop,
            by=by,
            last_day=period.last,
            facts=_of_key(shop, inside, by, key),
            of_shop=_of_shop(shop, inside, by, key),
            ever=_of_key(shop, ever, tuple(name for name in by if name not in ("day", "hour")), _less(by, key)),
        )
        rows.append(dict(zip(by, key, strict=True)) | {name: FIGURES[name](sliced) for name in metrics})
    return rows


def _key(shop: Shop, one: Counted, by: tuple[str, ...]) -> Key | None:
    """Return where a fact counts; None when it has no hour or no agent and the report is by that."""
    if ("hour" in by and one.hour is None) or (("agent" in by or "group" in by) and one.agent is None):
        return None
    groups = {row["agent"]: row.get("group") for row in shop.rows("agents")}
    dimensions = {
        "shop": shop.name,
        "agent": one.agent,
        "group": groups.get(one.agent or ""),
        "day": one.day,
        "hour": one.hour,
    }
    return tuple(dimensions[name] for name in by)


def _of_key(shop: Shop, facts: Facts, by: tuple[str, ...], key: Key) -> Facts:
    return {kind: [one for one in counted if _key(shop, one, by) == key] for kind, counted in facts.items()}


def _of_shop(shop: Shop, facts: Facts, by: tuple[str, ...], key: Key) -> Facts:
    """Return the facts of the same shop, day and hour, whoever's they are."""
    kept = tuple(name for name in by if name not in ("agent", "group"))
    return _of_key(shop, facts, kept, tuple(part for name, part in zip(by, key, strict=True) if name in kept))


def _less(by: tuple[str, ...], key: Key) -> Key:
    return tuple(part for name, part in zip(by, key, strict=True) if name not in ("day", "hour"))
