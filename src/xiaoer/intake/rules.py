"""Columns that are computed from several of the source's: each rule gives texts, read as the column's kind."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.money import parse_yuan

# Input name → texts, null where the row says nothing; absent where the form has no such column.
Inputs = Mapping[str, pa.Array]
NO_REFUND = pa.array(["0", "0.0", "0.00"])
NEGATIVE = r"^[¥￥\s]*-[¥￥\s]*[\d.,]*[1-9]"
UNPAID_WORDS = ("等待买家付款", "待付款", "未付款", "待支付", "未支付", "等待付款")


def paid_before_refunds(inputs: Inputs) -> pa.Array:
    """Return what was paid before refunds: inputs paid, and where the form has them refund, total, paid_at and status.

    Orders that were not paid have paid 0. Where paid + refund makes the total, the form's paid is net of refunds.
    """
    none = pa.nulls(len(inputs["paid"]), pa.string())
    columns = [inputs.get(name, none) for name in ("paid", "refund", "total", "paid_at", "status")]
    paid, refund, total, paid_at, status = columns
    unpaid = pc.is_null(paid_at) if "paid_at" in inputs else _says_unpaid(status)
    amounts = _zero_where(unpaid, paid)
    refunded = pc.and_not(pc.is_valid(refund), pc.or_(unpaid, pc.is_in(refund, value_set=NO_REFUND)))
    rows = pc.indices_nonzero(refunded)
    if not len(rows):
        return amounts
    gross = [
        _gross(*row) for row in zip(*(column.take(rows).to_pylist() for column in (paid, refund, total)), strict=True)
    ]
    return pc.replace_with_mask(amounts, refunded, pa.array(gross, pa.string()))


def _zero_where(unpaid: pa.Array, paid: pa.Array) -> pa.Array:
    """Return 0 for what was not paid; an amount below zero stays, for the column to refuse."""
    negative = pc.fill_null(pc.match_substring_regex(paid, pattern=NEGATIVE), False)
    return pc.if_else(pc.and_not(unpaid, negative), "0", paid)


def _says_unpaid(status: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(status, pattern="|".join(UNPAID_WORDS)), False)


def _gross(paid: str | None, refund: str | None, total: str | None) -> str | None:
    amount, returned, whole = (parse_yuan(text) if text else None for text in (paid, refund, total))
    if amount is None or amount < 0 or returned is None or returned <= 0 or whole is None:
        return paid
    return str(amount + returned) if amount + returned == whole else paid


def paid_sum(inputs: Inputs) -> pa.Array:
    """Return what was paid: inputs paid and more added up, where the form has them whole, paid_at and status.

    Orders that were not paid have paid 0; a cell of several amounts joined by ";" is their sum. Where paid alone is
    the whole already, more is a part of it.
    """
    paid = parts_sum({"whole": inputs["paid"]}) if "paid" in inputs else None
    if paid is None:
        return pa.nulls(len(next(iter(inputs.values()))), pa.string())
    if "more" in inputs:
        whole = inputs.get("whole", pa.nulls(len(paid), pa.string()))
        rows = zip(paid.to_pylist(), inputs["more"].to_pylist(), whole.to_pylist(), strict=True)
        paid = pa.array([_with_more(*row) for row in rows], pa.string())
    if "paid_at" in inputs:
        return _zero_where(pc.is_null(inputs["paid_at"]), paid)
    return _zero_where(_says_unpaid(inputs["status"]), paid) if "status" in inputs else paid


def _with_more(paid: str | None, more: str | None, whole: str | None) -> str | None:
    if paid is None or more is None:
        return paid
    if whole is not None and (amount := parse_yuan(paid)) is not None and amount == parse_yuan(whole):
        return paid
    return _added([paid, more]) or f"{paid} + {more}"  # no amount: for the column to refuse


def parts_sum(inputs: Inputs) -> pa.Array:
    """Return the sum of the numbers that a cell joins by ";"; a cell of one number stays as it is."""
    whole = inputs["whole"]
    joined = pc.fill_null(pc.match_substring_regex(whole, pattern="[;；]"), False)
    if not pc.any(joined, min_count=0).as_py():
        return whole
    cells = whole.filter(joined).to_pylist()
    sums = [_added(cell.replace("；", ";").rstrip(";").split(";")) or cell for cell in cells]
    return pc.replace_with_mask(whole, joined, pa.array(sums, pa.string()))


def _added(cells: list[str]) -> str | None:
    """Return the sum, or None when a cell is no number: the column then refuses what stands there."""
    amounts = [parse_yuan(cell) for cell in cells]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or any(amount < 0 for amount in known):
        return None
    total = sum(known, Decimal(0))
    return str(total.to_integral_value() if total == total.to_integral_value() else total)


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
    "paid_sum": paid_sum,
    "parts_sum": parts_sum,
    "content_id": content_id,
    "refund_stage": refund_stage,
}
