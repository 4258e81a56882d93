"""Corrections put into the rows that facts are made from, so that every figure follows from them alike."""

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.facts.filters import KEPT, REASONS
from xiaoer.facts.lines import Coded
from xiaoer.facts.walked import Ints

CORRECTED = REASONS.index("corrected")
EPOCH_DAY = np.datetime64("1970-01-01")
_CREDITS = pa.schema([("shop", pa.string()), ("order_id", pa.string()), ("agent", pa.string())])
# Everything that is told of an order goes with it.
_OF_ORDERS = ("orders", "order_lines", "refunds", "reviews", "complaints")


def corrected_messages(messages: pa.Table, corrections: Collection[Correction]) -> pa.Table:
    """Return one shop's messages, those of a contact that another account really handled under that account."""
    moves = [one for one in corrections if one.kind is CorrectionKind.CONTACT_AGENT]
    if not moves:
        return messages
    # Asked of the accounts as they were imported, so that one correction never carries on what another has moved.
    imported, buyers = (messages[name].cast(pa.string()) for name in ("agent", "buyer"))
    agents = imported
    for one in moves:
        day = pc.equal(messages["local_date"], pa.scalar(one.day, pa.date32()))
        moved = pc.and_(pc.and_(day, pc.equal(buyers, one.buyer)), pc.equal(imported, one.agent))
        agents = pc.if_else(moved, one.value, agents)
    return messages.set_column(messages.column_names.index("agent"), "agent", agents)


def corrected_reasons(
    reasons: npt.NDArray[np.int8], *, line: Ints, coded: Coded, corrections: Collection[Correction]
) -> npt.NDArray[np.int8]:
    """Return the filter reasons of contacts as people corrected them: spam is filtered, a kept one counts."""
    decided = reasons.copy()
    for one in corrections:
        if one.kind in (CorrectionKind.SPAM_CONTACT, CorrectionKind.KEEP_CONTACT):
            day = (np.datetime64(str(one.day)) - EPOCH_DAY).astype(np.int64)
            hit = (
                (coded.day[line] == day)
                & (coded.buyer[line] == pc.index(coded.buyers, one.buyer).as_py())
                & (coded.lines.agent[line] == pc.index(coded.agents, one.agent).as_py())
            )
            decided[hit] = CORRECTED if one.kind is CorrectionKind.SPAM_CONTACT else KEPT
    return decided


def without_test_orders(canonical: Mapping[str, pa.Table], corrections: Collection[Correction]) -> dict[str, pa.Table]:
    """Return canonical tables without what is told of orders that are only tests."""
    tables = dict(canonical)
    for one in corrections:
        if one.kind is CorrectionKind.TEST_ORDER:
            for name in _OF_ORDERS:
                if name in tables:
                    rows = tables[name]
                    test = pc.and_(pc.equal(rows["shop"], one.shop), pc.equal(rows["order_id"], one.order_id))
                    tables[name] = rows.filter(pc.invert(pc.fill_null(test, False)))
    return tables


def corrected_credits(corrections: Collection[Correction]) -> pa.Table:
    """Return one row per order whose credit was corrected; without an agent it is nobody's."""
    rows = [one for one in corrections if one.kind is CorrectionKind.ORDER_AGENT]
    columns = ([one.shop for one in rows], [one.order_id for one in rows], [one.value for one in rows])
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_CREDITS)
