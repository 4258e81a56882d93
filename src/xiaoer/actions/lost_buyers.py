"""The buyers who inquired and did not buy: with whom, how far they came, why as far as recorded, what they asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.actions.last_questions import TEXT, last_questions
from xiaoer.actions.render.cell_text import cell_of
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.report import asked_period
from xiaoer.actions.shop_data import ShopData, asked_account, in_zone, open_shops
from xiaoer.actions.wording import word
from xiaoer.base.days import Period
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.base.near_names import near_names
from xiaoer.base.steps import Step
from xiaoer.metrics import Dimension, Question, Request, compile_explain, immature_on
from xiaoer.store.engine_session import EngineSession

# What can be asked for: the figure whose rows they are. They are counted as that figure counts them.
LOST = ("lost_buyers", "lost_not_ordered_buyers", "lost_unpaid_buyers")
COLUMNS = {
    "day": Kind.DAY,
    "start_at": Kind.INSTANT,
    "buyer": Kind.TEXT,
    "agent": Kind.TEXT,
    "reason": Kind.TEXT,
    "last_question": Kind.TEXT,
    "order_id": Kind.TEXT,
    "order_created_at": Kind.INSTANT,
    "amount": Kind.YUAN,
    "close_reason": Kind.TEXT,
    "mature_on": Kind.DAY,
}
SPARSE = ("order_id", "order_created_at", "amount", "close_reason", "mature_on")  # only where some row has them
Row = Mapping[str, Any]


@dataclass(frozen=True)
class LostAsk:
    """Whose lost buyers of which days; `first_row` and `rows` are the part wanted, `questions` what they asked last."""

    first: str
    last: str
    shop: str
    lost: str = LOST[0]
    agent: str | None = None
    group: str | None = None
    policy: str | None = None
    first_row: int = 0
    rows: int = 50
    questions: bool = True


def lost_buyers(home: Path, ask: LostAsk, language: Language) -> Page:
    """Return a part of the lost buyers as a page, the latest first; `data` has how many there are in all.

    A ReportableError names what can not be used; without orders nobody is known to be lost.
    """
    if ask.lost not in LOST:
        near = ", ".join(near_names(ask.lost, LOST)) or ", ".join(LOST)
        raise ReportableError.of("metrics.unknown_metric", values={"name": ask.lost[:40], "near": near})
    period = asked_period(ask.first, ask.last)
    with open_shops(home, ask.shop) as data:
        policy = data.policy(ask.policy, period.last)
        request = Request(period, (ask.lost,), by=(), shop=data.shop, policy=policy, settings=data.settings)
        known = data.tables.issuperset(data.metrics[ask.lost].needs)
        with data.session(request) as engine:
            found, number = _found(data, engine, ask, request) if known else ([], 0)
        rows = [_plain(row, data, ask) for row in _with_orders(found, data)]
        if ask.questions:
            rows = _with_questions(rows, data, ask.shop, language)
        return _page(rows, data, ask, period=period, number=number, language=language)


def _found(data: ShopData, engine: EngineSession, ask: LostAsk, request: Request) -> tuple[list[Row], int]:
    agent = asked_account(data, engine, ask.agent)
    where: dict[Dimension, str] = {}
    if agent is not None:
        where[Dimension.AGENT] = agent
    elif ask.group is not None:
        where[Dimension.GROUP] = ask.group
    steps = compile_explain(Question(ask.lost, request, where), data.metrics)
    whole = steps[-1].name
    columns = "day, start_micros, buyer, agent, reason, reference, order_created_micros"
    leaf = Step(
        "lost_leaf",
        f"SELECT {columns} FROM {whole} ORDER BY day DESC NULLS LAST, start_micros DESC NULLS LAST, "
        f"agent ASC NULLS LAST, buyer ASC NULLS LAST LIMIT {ask.rows} OFFSET {ask.first_row}",
    )
    counted = Step("lost_number", f"SELECT COUNT(*) AS n FROM {whole}")
    return engine.query([*steps, leaf]).to_pylist(), int(engine.query([*steps, counted])["n"][0].as_py())


def _with_orders(found: Sequence[Row], data: ShopData) -> list[Row]:
    """Return the rows with what is known of the order that was not paid."""
    ids = sorted({row["reference"] for row in found if row["reference"]})
    orders: dict[str, Row] = {}
    if ids:
        known = data.store.current(data.snapshot, "orders", shops=data.shops)
        own = known.filter(pc.is_in(known["order_id"], pa.array(ids, pa.string())))
        columns = ["order_id", "amount_payable", "amount_paid", "close_reason"]
        orders = {row["order_id"]: row for row in own.select(columns).to_pylist()}
    return [{**row, **_order(orders.get(row["reference"] or ""))} for row in found]


def _order(row: Row | None) -> Row:
    if row is None:
        return {"amount": None, "close_reason": None}
    amount: Decimal | None = row["amount_payable"] if row["amount_payable"] is not None else row["amount_paid"]
    return {"amount": amount, "close_reason": row["close_reason"] or None}


def _plain(row: Row, data: ShopData, ask: LostAsk) -> Row:
    state = immature_on(data.metrics[ask.lost], row["day"], coverage=data.coverage, settings=data.settings)
    return {
        **{name: row[name] for name in ("day", "buyer", "agent", "reason", "amount", "close_reason")},
        "start_at": in_zone(row["start_micros"], data.settings),
        "order_id": row["reference"],
        "order_created_at": in_zone(row["order_created_micros"], data.settings),
        "mature_on": None if state is None else state.mature_on,
        "last_question": None,
    }


def _with_questions(rows: list[Row], data: ShopData, shop: str, language: Language) -> list[Row]:
    asked = last_questions(data, shop, ((row["day"], row["agent"], row["buyer"]) for row in rows))
    return [
        {**row, "last_question": _said(*asked[chat], language) if chat in asked else None}
        for row in rows
        for chat in [(row["day"], row["agent"], row["buyer"])]
    ]


def _said(kind: str, text: str, language: Language) -> str:
    """Return a message as a line; one without words says what it was."""
    if kind == TEXT or text.strip():
        return " ".join(text.split())
    return word("question_without_words", language)


def _page(rows: list[Row], data: ShopData, ask: LostAsk, *, period: Period, number: int, language: Language) -> Page:
    columns = {
        name: kind
        for name, kind in COLUMNS.items()
        if (name not in SPARSE or any(row[name] is not None for row in rows))
        and (ask.questions or name != "last_question")
    }
    shown = data.shown_agents({row["agent"] for row in rows if row["agent"]})
    days = word("period", language, first=period.first, last=period.last)
    label = data.metrics[ask.lost].label.in_language(language)
    return Page(
        name="lost",
        title=f"{label} {number:,} · {' + '.join(data.shops)} · {days}",
        columns=tuple(
            Column(name, word("lost_how_far" if name == "reason" else f"row_{name}", language), kind)
            for name, kind in columns.items()
        ),
        rows=tuple(tuple(_cell(name, kind, row, shown, language) for name, kind in columns.items()) for row in rows),
        language=language,
        data={"rows": [_json(row) for row in rows], "number": number, "metric": ask.lost},
        notes=(data.metrics[ask.lost].formula.in_language(language), *data.remarks(language)),
    )


def _cell(name: str, kind: Kind, row: Row, shown: Mapping[str, str], language: Language) -> Cell:
    value: Value = row[name]
    if name == "reason" and value is not None:
        value = word(f"reason_{value}", language)
    elif name == "agent" and value is not None:
        value = shown[str(value)]
    return cell_of(kind, value, language)


def _json(row: Row) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value
        for name, value in row.items()
    }
