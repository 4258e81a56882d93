"""Columns that are computed from several of the source's: each rule gives texts, read as the column's kind."""

from collections.abc import Callable, Mapping
from hashlib import sha256

import pyarrow as pa

from xiaoer.base.money import parse_yuan

# Input name → texts, null where the row says nothing; absent where the form has no such column.
Inputs = Mapping[str, pa.Array]
UNPAID_WORDS = ("等待买家付款", "待付款", "未付款")


def paid_before_refunds(inputs: Inputs) -> pa.Array:
    """Return what was paid before refunds: inputs paid, and where the form has them refund, total, paid_at and status.

    Orders that were not paid have paid 0. Where paid + refund makes the total, the form's paid is net of refunds.
    """
    none = pa.nulls(len(inputs["paid"]), pa.string())
    columns = [inputs.get(name, none).to_pylist() for name in ("paid", "refund", "total", "paid_at", "status")]
    says_when = "paid_at" in inputs
    return pa.array(
        [
            "0" if _is_unpaid(paid_at, status, says_when=says_when) else _gross(paid, refund, total)
            for paid, refund, total, paid_at, status in zip(*columns, strict=True)
        ],
        pa.string(),
    )


def _is_unpaid(paid_at: str | None, status: str | None, *, says_when: bool) -> bool:
    if says_when:
        return paid_at is None
    return status is not None and any(word in status for word in UNPAID_WORDS)


def _gross(paid: str | None, refund: str | None, total: str | None) -> str | None:
    amount, returned, whole = (parse_yuan(text) if text else None for text in (paid, refund, total))
    if amount is None or amount < 0 or returned is None or returned <= 0 or whole is None:
        return paid
    return str(amount + returned) if amount + returned == whole else paid


def content_id(inputs: Inputs) -> pa.Array:
    """Return an id made from what the row says, for forms without one: the same row has the same id in every export."""
    rows = zip(*(inputs[name].to_pylist() for name in sorted(inputs)), strict=True)
    return pa.array([_digest(row) for row in rows], pa.string())


def refund_stage(inputs: Inputs) -> pa.Array:
    """Return the stage of a refund: inputs stage (售中 or 售后), and where the form has it shipped (a parcel's trace).

    Null where the form tells no stage.
    """
    if "stage" not in inputs:
        return pa.nulls(len(next(iter(inputs.values()))), pa.string())
    shipped = inputs.get("shipped", pa.nulls(len(inputs["stage"]), pa.string())).to_pylist()
    return pa.array([_stage(*row) for row in zip(inputs["stage"].to_pylist(), shipped, strict=True)], pa.string())


def _stage(word: str | None, shipped: str | None) -> str | None:
    if word is None:
        return None
    if "售后" in word:
        return "after_sale"
    return ("in_transit" if shipped else "before_shipping") if "售中" in word else None


def _digest(row: tuple[str | None, ...]) -> str | None:
    if not any(row):
        return None
    return sha256("\x1f".join(text or "" for text in row).encode()).hexdigest()[:20]


# One line each: a rule named by a layout's column.
RULES: dict[str, Callable[[Inputs], pa.Array]] = {
    "paid_before_refunds": paid_before_refunds,
    "content_id": content_id,
    "refund_stage": refund_stage,
}
