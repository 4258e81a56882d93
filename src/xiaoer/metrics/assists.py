"""Who helped whom: assists counted by the account that helped, the account that the order is credited to, and how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.metrics.literal import sql_literal
from xiaoer.metrics.scan import within

KINDS = ("order", "follow_up")
# The chat to look at is the helper's last one that was begun, and had a human word in it, by the time that counts.
_HELPED = (
    "SELECT a.shop, a.day, a.order_id, a.buyer, a.agent AS helper, a.kind, o.agent AS credited, o.created_at, "
    "o.paid_at, CASE WHEN a.kind = 'order' THEN o.created_at ELSE o.paid_at END AS counted_at "
    "FROM assist a JOIN credited_order o ON o.shop = a.shop AND o.order_id = a.order_id WHERE a.{within}"
)
_AMOUNT = (
    "SELECT h.shop, h.day, h.order_id, h.buyer, h.helper, h.kind, h.credited, h.created_at, h.paid_at, h.counted_at, "
    "p.amount_paid FROM helped h LEFT JOIN paid_order p ON p.shop = h.shop AND p.order_id = h.order_id"
)
_LATEST = "SELECT shop, buyer, agent, day, start_at, first_human_at, 0 - start_at AS latest FROM session"


@dataclass(frozen=True)
class Helped:
    """How much one account helped another (None: nobody, the order is silent) in one way; buyers are distinct."""

    helper: str
    credited: str | None
    kind: str
    orders: int
    buyers: int
    paid_yuan: Decimal


def helped_steps(period: Period) -> list[Step]:
    """Return the steps that list every assist of a period with whose the order is and what was paid for it."""
    return [
        Step("helped", _HELPED.format(within=within(period))),
        Step("helped_amount", _AMOUNT),
    ]


def pairs_step() -> Step:
    """Return the step after `helped_steps` that counts the assists of each pair."""
    return Step(
        "helped_pairs",
        "SELECT helper, credited, kind, COUNT(*) AS orders, COUNT(DISTINCT buyer) AS buyers, "
        "SUM(COALESCE(amount_paid, 0)) AS paid_yuan FROM helped_amount GROUP BY helper, credited, kind",
    )


def pairs_of(rows: Iterable[Mapping[str, Any]]) -> list[Helped]:
    """Return the pairs, those with the most orders first, then by name."""
    made = [
        Helped(row["helper"], row["credited"], row["kind"], int(row["orders"]), int(row["buyers"]), row["paid_yuan"])
        for row in rows
    ]
    return sorted(made, key=lambda one: (-one.orders, one.helper, one.credited or "", one.kind))


@dataclass(frozen=True)
class OfPair:
    """Which assists: of a helper, of a credited account (`silent`: of nobody), of a kind; None for all."""

    helper: str | None = None
    credited: str | None = None
    kind: str | None = None
    silent: bool = False

    @property
    def predicates(self) -> str:
        """Return the SQL that leaves the others out; empty where all are asked for."""
        wanted = (("helper", self.helper), ("credited", self.credited), ("kind", self.kind))
        said = "".join(f" AND {column} = {sql_literal(value)}" for column, value in wanted if value is not None)
        return said + (" AND credited IS NULL" if self.silent else "")


def listed_steps(pair: OfPair, *, first_row: int, rows: int) -> list[Step]:
    """Return the steps after `helped_steps` that list a part of the assists with the chats of both, the latest first.

    A chat is the last one begun, with a human word in it, by the time that counts: the helper's when the assist
    counts, the other's when the order was paid or else created.
    """
    columns = "h.shop, h.day, h.order_id, h.buyer, h.helper, h.kind, h.credited, h.created_at, h.paid_at, h.amount_paid"
    chosen = (
        f"SELECT {columns}, s.day AS chat_day, c.day AS credited_day, ROW_NUMBER() OVER ("
        "PARTITION BY h.shop, h.order_id, h.helper, h.kind ORDER BY s.latest ASC NULLS LAST, s.day ASC NULLS LAST, "
        "c.latest ASC NULLS LAST, c.day ASC NULLS LAST) AS place FROM helped_amount h "
        f"LEFT JOIN session_latest s ON {_chat_of('s', 'helper', 'h.counted_at')} "
        f"LEFT JOIN session_latest c ON {_chat_of('c', 'credited', 'COALESCE(h.paid_at, h.created_at)')} "
        f"WHERE 1 = 1{pair.predicates}"
    )
    listed = (
        "SELECT shop, day, order_id, buyer, helper, kind, credited, created_at, paid_at, amount_paid, chat_day, "
        "credited_day FROM helped_chats WHERE place = 1 ORDER BY day DESC NULLS LAST, created_at DESC NULLS LAST, "
        f"order_id ASC NULLS LAST, helper ASC NULLS LAST, kind ASC NULLS LAST LIMIT {rows} OFFSET {first_row}"
    )
    return [Step("session_latest", _LATEST), Step("helped_chats", chosen), Step("helped_listed", listed)]


def number_step(pair: OfPair) -> Step:
    """Return the step after `helped_steps` that counts what `listed_steps` lists."""
    return Step("helped_number", f"SELECT COUNT(*) AS n FROM helped_amount WHERE 1 = 1{pair.predicates}")


def _chat_of(alias: str, whose: str, by: str) -> str:
    return (
        f"{alias}.shop = h.shop AND {alias}.buyer = h.buyer AND {alias}.agent = h.{whose} "
        f"AND {alias}.start_at <= {by} AND {alias}.first_human_at <= {by}"
    )
