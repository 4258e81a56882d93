"""The orders whose buyer nobody knows: why, how much they are worth, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc

from xiaoer.actions.render.cell_text import cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.shop_data import ShopData, in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import Period, parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.local_time import local_days
from xiaoer.base.steps import Step
from xiaoer.facts.relations import Scope, relations_for

COLUMNS = {
    "shop": Kind.TEXT,
    "created_at": Kind.INSTANT,
    "order_id": Kind.TEXT,
    "masked_buyer": Kind.TEXT,
    "amount": Kind.YUAN,
    "reason": Kind.TEXT,
    "candidates": Kind.COUNT,
    "confidence": Kind.SHARE,
    "agent": Kind.TEXT,
}
SPARSE = ("masked_buyer", "confidence", "agent")  # shown only where some row has them
Row = Mapping[str, object]


@dataclass(frozen=True)
class UnmatchedAsk:
    """Whose orders, created on which days; without days all of them."""

    first: str | None = None
    last: str | None = None
    shop: str | None = None
    snapshot: int | None = None


def unmatched(home: Path, ask: UnmatchedAsk, language: Language) -> Page:
    """Return the orders without a known buyer as a page; a ReportableError when there are no orders, or a bad day."""
    with open_shops(home, ask.shop, snapshot=ask.snapshot) as data:
        period = _period(data, ask)
        scope = Scope(data.shops, period, "order_first", every_candidate=True)
        with relations_for(data.store, data.snapshot, scope) as engine:
            rows = [_plain(row, data) for row in engine.query([_listed(period)]).to_pylist()]
        return _page(rows, data, period, language)


def _period(data: ShopData, ask: UnmatchedAsk) -> Period:
    """Return the days asked for, open ends filled with the first and the last day on which an order was created."""
    orders = data.store.current(data.snapshot, "orders", shops=data.shops)
    days: list[date] = []
    for shop in data.shops:
        created = orders.filter(pc.equal(orders["shop"], shop))["created_at"]
        ends = pc.min_max(local_days(created, data.snapshot.settings_of(shop).clock)).as_py()
        days += [day for day in ends.values() if day is not None]
    if not days:
        raise ReportableError.of("cli.no_orders")
    first = parse_day(ask.first, name="--from") if ask.first else None
    last = parse_day(ask.last, name="--to") if ask.last else None
    return Period(
        first or min([*days, last] if last else days),
        last or max([*days, first] if first else days),
    )  # fmt: skip


def _listed(period: Period) -> Step:
    """Return the step that lists them in a total order; `agent` is who got the order by a correction."""
    return Step(
        "unmatched",
        "SELECT c.shop, c.created_at, c.order_id, o.masked_buyer, o.amount_paid AS amount, b.reason, b.candidates, "
        "b.confidence, c.agent FROM created_order c "
        "JOIN order_buyer b ON b.shop = c.shop AND b.order_id = c.order_id "
        "JOIN orders o ON o.shop = c.shop AND o.order_id = c.order_id "
        f"WHERE b.how = 'none' AND c.day BETWEEN DATE '{period.first}' AND DATE '{period.last}' "
        "ORDER BY c.shop ASC NULLS LAST, c.created_at ASC NULLS LAST, c.order_id ASC NULLS LAST",
    )


def _plain(row: Row, data: ShopData) -> Row:
    micros = row["created_at"]
    assert micros is None or isinstance(micros, int)
    return {**row, "created_at": in_zone(micros, data.snapshot.settings_of(str(row["shop"])))}


def _page(rows: list[Row], data: ShopData, period: Period, language: Language) -> Page:
    shown = {
        name: kind for name, kind in COLUMNS.items() if name not in SPARSE or any(row[name] is not None for row in rows)
    }
    days = word("period", language, first=period.first, last=period.last)
    title = word("unmatched_title", language, number=f"{len(rows):,}", yuan=_yuan(rows, language))
    return Page(
        name="unmatched",
        title=f"{title} · {' + '.join(data.shops)} · {days}",
        columns=tuple(Column(name, word(f"row_{name}", language), kind) for name, kind in shown.items()),
        rows=tuple(tuple(_cell(name, kind, row[name], language) for name, kind in shown.items()) for row in rows),
        language=language,
        data={
            "rows": [{name: _json(row[name]) for name in COLUMNS} for row in rows],
            "reasons": {
                reason: {"orders": len(of_it), "yuan": float(_sum(of_it))} for reason, of_it in _by_reason(rows).items()
            },
            "yuan": float(_sum(rows)),
            "meta": {
                "shop": data.shop, "from": str(period.first), "to": str(period.last), "snapshot": data.snapshot.seq,
            },
        },
        notes=tuple(_notes(rows, language)),
    )  # fmt: skip


def _notes(rows: list[Row], language: Language) -> Iterable[str]:
    if not rows:
        yield word("unmatched_none", language)
        return
    for reason, of_it in _by_reason(rows).items():
        yield word(
            "unmatched_reason", language, reason=word(f"reason_{reason}", language), number=f"{len(of_it):,}",
            yuan=_yuan(of_it, language), next=word(f"next_{reason}", language),
        )  # fmt: skip
    yield word("unmatched_correct", language)


def _by_reason(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of each reason, the most frequent first, then by name."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["reason"]), []).append(row)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _sum(rows: list[Row]) -> Decimal:
    amounts = [row["amount"] for row in rows]
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))


def _yuan(rows: list[Row], language: Language) -> str:
    return cell_text(Kind.YUAN, _sum(rows), language)


def _cell(name: str, kind: Kind, value: object, language: Language) -> Cell:
    if name == "reason":
        text = word(f"reason_{value}", language)
        return Cell(text, text)
    if name == "confidence" and isinstance(value, int):
        value = Decimal(value) / 100
    assert value is None or isinstance(value, Value)
    return cell_of(kind, value, language)


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
