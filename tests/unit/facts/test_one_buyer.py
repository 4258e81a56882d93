"""When one buyer can be told of alone, and when everybody matters."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts.one_buyer import relations_of_buyer
from xiaoer.facts.relations import Scope, session_key
from xiaoer.store.store import Store

SCOPE = Scope((SHOP,), Period(date(2024, 9, 1), date(2024, 9, 30)), "order")
TALK = [("甲", "2024-09-02 10:00", "buyer"), ("甲", "2024-09-02 10:01", "agent"), ("乙", "2024-09-02 10:00", "buyer")]


@pytest.mark.parametrize(
    ("other_order", "other_chat", "whole"),
    [("丙", "丙", False), (None, "丙", True), ("丙**", "丙", True), ("丙", "丙**", True)],
)
def test_everybody_is_read_only_where_some_buyer_is_not_known(
    tmp_path: Path, other_order: str | None, other_chat: str, whole: bool
) -> None:
    talk = [message(buyer, "a", at, sender) for buyer, at, sender in TALK]
    with Store(tmp_path) as store:
        put(
            store, "one", messages=[*talk, message(other_chat, "b", "2024-09-03 11:00", "buyer")],
            orders=[order("A1", "甲", "2024-09-02 12:00"), order("A2", other_order, "2024-09-03 12:00")],
        )  # fmt: skip
        snapshot = store.snapshot()
        with relations_of_buyer(store, snapshot, SCOPE, "甲") as engine:
            (told,) = engine.query(
                [Step("told", "SELECT order_id, agent FROM credited_order WHERE buyer = '甲'")]
            ).to_pylist()
            people = engine.query([Step("people", "SELECT DISTINCT buyer FROM contact ORDER BY buyer")])
        assert told == {"order_id": "A1", "agent": "a"}
        assert set(people["buyer"].to_pylist()) == ({"甲", "乙", other_chat} if whole else {"甲"})
        assert store.kept.has(session_key(snapshot, SCOPE)) == whole
