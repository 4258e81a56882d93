"""A made-up shop of a few days in which everything happens: canonical tables from a seed."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from xiaoer.base.tables import canonical_tables

SHOP = "示例店"
START = datetime(2024, 9, 1, 16, tzinfo=UTC).replace(tzinfo=None)  # midnight in Shanghai; stored without an offset
AGENTS = ("小夏", "小秋", "小冬", "服务助手")
BUYERS = tuple(f"买家{number}" for number in range(9))
Cells = dict[str, object]


def random_shop(seed: int, *, days: int = 3) -> dict[str, pa.Table]:
    """Return the tables of one shop; the same seed gives the same shop."""
    chance = random.Random(seed)
    orders = [_order(chance, number, days) for number in range(30)]
    rows: dict[str, list[Cells]] = {
        "messages": [_message(chance, number, days) for number in range(260)],
        "orders": orders,
        "refunds": [_refund(chance, number, orders) for number in range(8)],
        "reviews": [_review(chance, number, days) for number in range(6)],
        "ratings": [_rating(chance, number, days) for number in range(10)],
        "complaints": [_complaint(chance, number, days) for number in range(4)],
        "presence": [_presence(chance, number, days) for number in range(12)],
        "calls": [_call(chance, number, days) for number in range(14)],
        "agents": [{"agent": agent, "group": group} for agent, group in zip(AGENTS, ("甲组", "乙组"), strict=False)],
    }
    return {name: _table(name, cells) for name, cells in rows.items()}


def _table(name: str, rows: list[Cells]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"shop": SHOP, "source_row": number, **row} for number, row in enumerate(rows, start=1)],
        schema=canonical_tables()[name].schema,
    )


def _at(chance: random.Random, days: int) -> datetime:
    """Return an instant in a few busy minutes of the day, so that rounds and sessions touch one another."""
    day, hour = chance.randrange(days), chance.choice((7, 10, 10, 15, 23))
    return START + timedelta(days=day, hours=hour, minutes=chance.randrange(60), seconds=chance.randrange(0, 60, 5))


def _later(chance: random.Random, at: datetime, most_hours: int) -> datetime | None:
    return at + timedelta(seconds=chance.randrange(most_hours * 3600)) if chance.random() < 0.7 else None


def _message(chance: random.Random, number: int, days: int) -> Cells:
    sender = chance.choices(("buyer", "agent", "robot", "system"), (10, 9, 1, 1))[0]
    kind = "transfer" if sender == "system" else "text"
    return {
        "buyer": chance.choice(BUYERS), "agent": chance.choices(AGENTS, (4, 4, 2, 1))[0], "sent_at": _at(chance, days),
        "sender": sender, "text": chance.choice(("在吗", "有的，亲", None)), "kind": kind,
        "auto": chance.random() < 0.1, "message_id": str(number),
    }  # fmt: skip


def _order(chance: random.Random, number: int, days: int) -> Cells:
    created_at = _at(chance, days) - timedelta(days=chance.choice((0, 0, 0, 5, 20)))
    return {
        "order_id": f"A{number}", "buyer": chance.choice((*BUYERS, None)), "created_at": created_at,
        "paid_at": _later(chance, created_at, chance.choice((1, 150))),
        "amount_paid": Decimal(chance.randrange(1, 99999)) / 100, "item_count": chance.choice((1, 2, 3, None)),
    }  # fmt: skip


def _refund(chance: random.Random, number: int, orders: list[Cells]) -> Cells:
    requested_at = _at(chance, 3)
    return {
        "refund_id": f"F{number}", "order_id": chance.choice(orders)["order_id"], "requested_at": requested_at,
        "finished_at": _later(chance, requested_at, 40), "amount": Decimal(chance.randrange(1, 999)) / 100,
        "status": chance.choice(("success", "closed", None)), "disputed": chance.random() < 0.3,
        "finished_by": chance.choice(("merchant", "platform", None)), "agent": chance.choice((*AGENTS[:3], None)),
    }  # fmt: skip


def _review(chance: random.Random, number: int, days: int) -> Cells:
    score = chance.choice((5.0, 4.8, 3.0, None))
    return {"review_id": f"V{number}", "created_at": _at(chance, days), "service_score": score}


def _rating(chance: random.Random, number: int, days: int) -> Cells:
    at = _at(chance, days)
    invited_at, rated = (at, chance.random() < 0.6) if chance.random() < 0.8 else (None, True)
    return {
        "buyer": BUYERS[number % len(BUYERS)], "agent": chance.choice(AGENTS[:3]), "invited_at": invited_at,
        "rated_at": at + timedelta(seconds=number) if rated else None,
        "score": float(chance.randrange(1, 6)) if rated else None,
    }  # fmt: skip


def _complaint(chance: random.Random, number: int, days: int) -> Cells:
    return {"complaint_id": f"G{number}", "created_at": _at(chance, days), "agent": chance.choice((AGENTS[0], None))}


def _presence(chance: random.Random, number: int, days: int) -> Cells:
    start_at = _at(chance, days)
    end_at = start_at + timedelta(minutes=chance.randrange(1, 300)) if chance.random() < 0.8 else None
    status = chance.choice(("online", "away"))
    return {"agent": chance.choice(AGENTS[:3]), "status": status, "start_at": start_at, "end_at": end_at}


def _call(chance: random.Random, number: int, days: int) -> Cells:
    offered_at = _at(chance, days)
    then = offered_at + timedelta(seconds=chance.randrange(60))
    if chance.random() < 0.3:
        return {"call_id": f"K{number}", "offered_at": offered_at, "abandoned_at": then}
    return {
        "call_id": f"K{number}", "agent": chance.choice(AGENTS[:3]), "offered_at": offered_at, "answered_at": then,
        "ended_at": then + timedelta(seconds=chance.randrange(300)), "wrap_up_seconds": chance.choice((10.5, None)),
    }  # fmt: skip
