"""Who helped whom: how often each account helped each other, and the orders behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import ShopData, in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.metrics import Request
from xiaoer.metrics.assists import KINDS, Helped, OfPair, helped_steps, listed_steps, number_step, pairs_of, pairs_step

PAIRS = {
    "helper": Kind.TEXT, "credited": Kind.TEXT, "kind": Kind.TEXT, "orders": Kind.COUNT, "buyers": Kind.COUNT,
    "paid_yuan": Kind.YUAN,
}  # fmt: skip
ORDERS = {
    "day": Kind.DAY, "order_id": Kind.TEXT, "buyer": Kind.TEXT, "helper": Kind.TEXT, "credited": Kind.TEXT,
    "kind": Kind.TEXT, "order_created_at": Kind.INSTANT, "order_paid_at": Kind.INSTANT, "amount": Kind.YUAN,
}  # fmt: skip
NOBODY = "-"  # in the place of the account that an order is credited to


@dataclass(frozen=True)
class AssistAsk:
    """Which assists of which days: of a helper, of whom the order is credited to (`-`: nobody), of a kind."""

    first: str
    last: str
    shop: str
    policy: str | None = None
    helper: str | None = None
    credited: str | None = None
    kind: str | None = None
    first_row: int = 0
    rows: int = 50

    @property
    def pair(self) -> OfPair:
        """Return the pair asked for; a kind that is none is left out."""
        silent = self.credited == NOBODY
        kind = self.kind if self.kind in KINDS else None
        return OfPair(self.helper, None if silent else self.credited, kind, silent=silent)


@dataclass(frozen=True)
class _Table:
    """What a page shows: its columns, its rows by column, and how each account is shown."""

    name: str
    columns: Mapping[str, Kind]
    rows: Sequence[Mapping[str, Any]]
    shown: Mapping[str, str]


def assists(home: Path, ask: AssistAsk, language: Language) -> Page:
    """Return each pair with how much one helped the other, the most orders first; `data` has their accounts."""
    with open_shops(home, ask.shop) as data:
        request = _request(data, ask)
        with data.session(request) as engine:
            every = pairs_of(engine.query([*helped_steps(request.period), pairs_step()]).to_pylist())
        pairs = [one for one in every if _is_of(one, ask.pair)]
        rows = [{name: getattr(one, name) for name in PAIRS} for one in pairs]
        names = ("helper", "credited", "kind", "orders")
        kept = {"rows": [{name: row[name] for name in names} for row in rows]}
        return _page(_Table("assists", PAIRS, rows, _shown(data, rows)), data, request, kept, language)


def assisted_orders(home: Path, ask: AssistAsk, language: Language) -> Page:
    """Return a part of the orders behind the assists, the latest first; `data` has how many there are in all."""
    with open_shops(home, ask.shop) as data:
        request = _request(data, ask)
        steps = helped_steps(request.period)
        with data.session(request) as engine:
            listed = listed_steps(ask.pair, first_row=ask.first_row, rows=ask.rows)
            found = engine.query([*steps, *listed]).to_pylist()
            number = int(engine.query([*steps, number_step(ask.pair)])["n"][0].as_py())
        rows = [_order(row, data) for row in found]
        names = ("helper", "credited", "buyer", "chat_day", "credited_day")
        kept = {"rows": [{name: _json(row[name]) for name in names} for row in found], "number": number}
        return _page(_Table("assisted_orders", ORDERS, rows, _shown(data, rows)), data, request, kept, language)


def _request(data: ShopData, ask: AssistAsk) -> Request:
    period = asked_period(ask.first, ask.last)
    policy = data.policy(ask.policy, period.last)
    return Request(period, (), by=(), shop=data.shop, policy=policy, settings=data.settings)


def _is_of(one: Helped, pair: OfPair) -> bool:
    return (
        pair.helper in (None, one.helper)
        and pair.credited in (None, one.credited)
        and pair.kind in (None, one.kind)
        and (one.credited is None or not pair.silent)
    )


def _order(row: Mapping[str, Any], data: ShopData) -> Mapping[str, Any]:
    return {
        **row,
        "order_created_at": in_zone(row["created_at"], data.settings),
        "order_paid_at": in_zone(row["paid_at"], data.settings),
        "amount": row["amount_paid"],
    }


def _shown(data: ShopData, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    return data.shown_agents({row[name] for row in rows for name in ("helper", "credited") if row[name] is not None})


def _page(table: _Table, data: ShopData, request: Request, kept: Mapping[str, object], language: Language) -> Page:
    days = word("period", language, first=request.period.first, last=request.period.last)
    policy = word(f"policy_{request.policy}", language)
    return Page(
        name=table.name,
        title=" · ".join([word("assists_title", language), *data.shops, days, policy]),
        columns=tuple(Column(name, word(f"row_{name}", language), kind) for name, kind in table.columns.items()),
        rows=tuple(
            tuple(_cell(name, kind, row[name], table.shown, language) for name, kind in table.columns.items())
            for row in table.rows
        ),
        language=language,
        data=kept,
        notes=(word("assists_note", language), *data.remarks(language)),
    )


def _cell(name: str, kind: Kind, value: Value, shown: Mapping[str, str], language: Language) -> Cell:
    if name in ("helper", "credited"):
        value = word("assists_nobody", language) if value is None else shown[str(value)]
    elif name == "kind":
        value = word(f"reason_assisted_{value}", language)
    return cell_of(kind, value, language)


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
