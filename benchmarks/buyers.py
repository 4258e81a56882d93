"""How many hidden buyers are found, and how many of those rightly: simulated months whose truth is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiaoer.base.settings import THE_FIRST_DAY, DatedValue, ShopSettings
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of
from xiaoer.simulator import simulate
from xiaoer.simulator.hidden_buyers import Hidden, hide_buyers
from xiaoer.simulator.simulate import Simulated

NAMED_PERCENT = 30
BANDS = ((90, 100), (80, 89), (65, 79), (50, 64), (0, 49))
_FOUND = "SELECT order_id, how, buyer, confidence FROM order_buyer"
_CREDITED = "SELECT order_id, buyer FROM created_order WHERE order_agent IS NOT NULL OR payment_agent IS NOT NULL"


@dataclass(frozen=True)
class Matched:
    """Of the orders whose buyer had talked in time (`talked`): how many were matched, and how many of those rightly."""

    messages: int
    hidden: str
    how: str
    band: str
    orders: int
    talked: int
    matched: int
    right: int


def buyers_benchmark(*, messages: int, agents: int, days: int) -> Iterator[Matched]:
    """Yield what is matched of one simulated shop: by ids in chats, and by masked nicks in bands of confidence."""
    shop = simulate(seed=20240901, first_day=date(2024, 9, 1), days=days, messages=messages, agents=agents)
    settings = {**shop.settings, "match_masked_nicks": "true", "masked_nick_confidence": "0"}
    bought = dict(zip(*(shop.tables["orders"][name].to_pylist() for name in ("order_id", "buyer")), strict=True))
    talked = {row["order_id"] for row in _rows(shop, settings, _CREDITED)}
    size = shop.tables["messages"].num_rows
    for hidden in Hidden:
        made = hide_buyers(shop, hidden, named_percent=NAMED_PERCENT if hidden is Hidden.ABSENT else 0)
        rows = _rows(made, settings, _FOUND)
        if hidden is Hidden.ABSENT:
            found = [row for row in rows if row["how"] == "order_id"]
            yield _matched(found, bought, (size, hidden.value, "order_id", "", len(rows), len(talked)))
        for low, high in BANDS if hidden is not Hidden.ABSENT else ():
            found = [row for row in rows if row["how"] == "masked_nick" and low <= row["confidence"] <= high]
            yield _matched(found, bought, (size, hidden.value, "masked_nick", f"{low}-{high}", len(rows), len(talked)))


def _matched(
    found: list[dict[str, Any]], bought: dict[str, str], asked: tuple[int, str, str, str, int, int]
) -> Matched:
    return Matched(*asked, len(found), sum(row["buyer"] == bought[row["order_id"]] for row in found))


def _rows(shop: Simulated, values: dict[str, str], sql: str) -> list[dict[str, Any]]:
    dated = tuple(DatedValue(name, THE_FIRST_DAY, seq, value) for seq, (name, value) in enumerate(values.items()))
    with relations_of(shop.tables, ShopSettings(dated), policy="order_first", memory_limit="2GB") as engine:
        return list(engine.query([Step("found", sql)]).to_pylist())
