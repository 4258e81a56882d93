"""Corrections as people read them: all of a shop, those that bear on some days, the one that decided a row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from xiaoer.actions.render.cell_text import NOTHING, cell_of, cell_text
from xiaoer.actions.render.page import Cell, Column, Kind, Page, Value
from xiaoer.actions.shop_data import ShopData, open_home
from xiaoer.actions.wording import word
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_name, masked_words
from xiaoer.facts.filters import REASONS
from xiaoer.metrics import ExplainedRow

_LIST = {
    "number": Kind.TEXT, "at": Kind.INSTANT, "shop": Kind.TEXT, "what": Kind.TEXT, "original": Kind.TEXT,
    "author": Kind.TEXT, "reason": Kind.TEXT, "state": Kind.TEXT,
}  # fmt: skip


def list_corrections(home: Path, language: Language, *, shop: str | None = None, masked: bool = False) -> Page:
    """Return every correction, the latest first, withdrawn ones too; a ReportableError when the home has no data.

    With `masked` the customers in it are.
    """
    with open_home(home) as store:
        every = [one for one in store.manifest.corrections() if shop in (None, one.shop)]
        deciding = {one.id for one in store.snapshot().corrections}
    rows = [(_masked(one) if masked else one, _state(one, deciding)) for one in reversed(every)]
    return Page(
        name="corrections",
        title=word("corrections_title", language, number=len(every)),
        columns=tuple(Column(name, word(f"correction_{name}", language), kind) for name, kind in _LIST.items()),
        rows=tuple(_cells(one, state, language) for one, state in rows),
        language=language,
        data={"corrections": [{**correction_json(one), "state": state} for one, state in rows]},
    )


def corrections_within(data: ShopData, period: Period) -> tuple[Correction, ...]:
    """Return the corrections in force of contacts of these days and of orders created or paid on them."""
    asked = [one for one in data.snapshot.corrections if one.shop in data.shops]
    of_orders = {(one.shop, one.order_id) for one in asked if one.order_id is not None}
    touched: set[tuple[str, str | None]] = set()
    if of_orders:
        orders = data.store.current(data.snapshot, "orders", shops=data.shops)
        for row in orders.select(["shop", "order_id", "created_at", "paid_at"]).to_pylist():
            key = (row["shop"], row["order_id"])
            if key in of_orders:
                clock = data.snapshot.settings_of(row["shop"]).clock
                instants = [row[name] for name in ("created_at", "paid_at") if row[name] is not None]
                days = [clock.local_day(at.replace(tzinfo=UTC)) for at in instants]
                touched |= {key} if any(period.first <= day <= period.last for day in days) else set()
    return tuple(
        one
        for one in asked
        if (one.shop, one.order_id) in touched or (one.day is not None and period.first <= one.day <= period.last)
    )


def bears_on(correction: Correction, agent: str | None) -> bool:
    """Return whether a correction gave something to an agent or took it away; of a whole shop every one does."""
    named = {correction.agent, correction.value, *correction.original.values()}
    return agent is None or agent in named


def decided_by(row: ExplainedRow, corrections: Iterable[Correction]) -> Correction | None:
    """Return the correction that decided a row: its order's, or its contact's where the row is of a contact."""
    for one in corrections:
        if one.shop != row.shop:
            continue
        if one.order_id is not None and row.reference == one.order_id:
            return one
        contact = (one.buyer, one.value if one.kind is CorrectionKind.CONTACT_AGENT else one.agent, one.day)
        spoken = row.reference in (None, *REASONS)  # a consultation refers to its filter's reason
        if one.day is not None and spoken and (row.buyer, row.agent, row.day) == contact:
            return one
    return None


def said(correction: Correction, language: Language) -> str:
    """Return a correction in one sentence: what, what it was, who, when, why."""
    return word(
        "correction_said", language, number=correction.id, what=_what(correction, language),
        original=_original(correction, language), author=correction.author, reason=correction.reason,
        at=cell_text(Kind.INSTANT, _at(correction), language),
    )  # fmt: skip


def marked(correction: Correction, language: Language) -> str:
    """Return what a row says of the correction that decided it; the notes say the rest."""
    original = _original(correction, language)
    return word("correction_mark", language, number=correction.id, original=original)


def correction_json(correction: Correction) -> dict[str, object]:
    """Return a correction as scripts read it."""
    return {
        "id": correction.id,
        "shop": correction.shop,
        "kind": correction.kind.value,
        "order_id": correction.order_id,
        "buyer": correction.buyer,
        "agent": correction.agent,
        "day": str(correction.day) if correction.day else None,
        "value": correction.value,
        "original": dict(correction.original),
        "author": correction.author,
        "reason": correction.reason,
        "at": correction.at,
    }


def _masked(correction: Correction) -> Correction:
    buyer = correction.buyer or ""
    reason = masked_words(correction.reason, name=buyer)
    return replace(correction, reason=reason, buyer=masked_name(buyer) if buyer else correction.buyer)


def _state(correction: Correction, deciding: set[int]) -> str:
    if correction.withdrawn_seq is not None:
        return "withdrawn"
    return "in_force" if correction.id in deciding else "replaced"


def _cells(correction: Correction, state: str, language: Language) -> tuple[Cell, ...]:
    values: dict[str, Value] = {
        "number": str(correction.id),
        "at": _at(correction),
        "shop": correction.shop,
        "what": _what(correction, language),
        "original": _original(correction, language),
        "author": correction.author,
        "reason": correction.reason,
        "state": word(f"correction_{state}", language),
    }
    return tuple(cell_of(kind, values[name], language) for name, kind in _LIST.items())


def _at(correction: Correction) -> datetime:
    return datetime.fromisoformat(correction.at).astimezone()


def _what(correction: Correction, language: Language) -> str:
    return word(
        f"correction_{correction.kind.value}", language, order=correction.order_id, buyer=correction.buyer,
        agent=correction.agent, day=correction.day, value=correction.value or word("correction_nobody", language),
    )  # fmt: skip


def _original(correction: Correction, language: Language) -> str:
    original = correction.original
    if correction.order_id is not None:
        nobody = word("correction_nobody", language)
        credited = {name: original.get(name) or nobody for name in ("order_agent", "payment_agent")}
        return word("correction_credits", language, **credited)
    if correction.kind is CorrectionKind.CONTACT_AGENT:
        return original.get("agent") or NOTHING
    reason = original.get("filter_reason")
    return word(f"reason_{reason}", language) if reason else word("correction_counted", language)
