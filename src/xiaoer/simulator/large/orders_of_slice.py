"""Orders of a slice: a share of its chats, and as many silent buyers."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoer.simulator.large.slice_of_chats import Ints, SliceOfChats
from xiaoer.simulator.wall_time import UTC_OFFSET_SECONDS

ORDER_SHARE = 0.28
PAID_SHARE = 0.92
SILENT_BUYERS_FROM = 10**10


def orders_of_slice(random: np.random.Generator, chats: SliceOfChats, *, shop: str, first_id: int) -> pa.Table:
    """Return the slice's orders in canonical columns, numbered from `first_id`."""
    count = len(chats.first_row)
    chosen = np.flatnonzero(random.random(count) < ORDER_SHARE)
    last_row = np.append(chats.first_row[1:], len(chats.at)) - 1
    row = chats.first_row[chosen] + ((last_row - chats.first_row)[chosen] * random.random(len(chosen))).astype(np.int64)
    created = chats.at[row] + random.integers(0, 120, len(chosen)) * (random.random(len(chosen)) < 0.9)
    buyer = np.concatenate([chats.buyer[row], SILENT_BUYERS_FROM + first_id + np.arange(len(chosen))])
    created = np.concatenate([created, random.permutation(created)])
    paid = created + (5 + 90 * random.standard_exponential(len(created))).astype(np.int64)
    unpaid = random.random(len(created)) > PAID_SHARE
    fen = random.integers(29, 400, len(created)) * 100 + 90
    return pa.table({
        "shop": pa.repeat(pa.scalar(shop), len(created)),
        "order_id": pc.cast(pa.array(4 * 10**18 + (first_id + np.arange(len(created))) * 1_000_003), pa.string()),
        "buyer": buyer_names(buyer),
        "created_at": instants(created),
        "paid_at": pa.array(instants(paid).to_numpy(zero_copy_only=False), mask=unpaid),
        "status": pa.array(np.where(unpaid, "unpaid", "paid")),
        "amount_payable": yuan(fen),
        "amount_paid": yuan(np.where(unpaid, 0, fen)),
        "postage": yuan(np.zeros(len(fen), dtype=np.int64)),
        "item_count": pa.array(random.integers(1, 4, len(fen))),
    })  # fmt: skip


def buyer_names(numbers: Ints) -> pa.Array:
    """Return the nicks of numbered buyers."""
    return pc.binary_join_element_wise("买家", pc.cast(pa.array(numbers), pa.string()), "")


def instants(wall_seconds: Ints) -> pa.Array:
    """Return wall seconds as UTC instants in microseconds."""
    return pa.array((wall_seconds - UTC_OFFSET_SECONDS) * 1_000_000, pa.timestamp("us", "UTC"))


def yuan(fen: Any) -> pa.Array:  # noqa: ANN401 -- numpy's where
    """Return fen as exact yuan with four places."""
    hundredth = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
    return pc.cast(pc.multiply(pc.cast(pa.array(fen), pa.decimal128(19, 0)), hundredth), pa.decimal128(18, 4))
