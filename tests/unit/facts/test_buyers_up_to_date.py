"""Texts are looked into only where some buyer is not known, and once a day."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts import build_work
from xiaoer.facts.named_numbers import named_numbers
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.store import Store

SEPTEMBER = Scope((SHOP,), Period(date(2024, 9, 1), date(2024, 9, 30)), "order_first")
ORDER_ID = "240902000001"
CHAT = [
    message("甲", "a", "2024-09-02 10:00", "buyer"),
    message("甲", "a", "2024-09-02 10:01", "agent"),
    message("甲", "a", "2024-09-03 10:00", "buyer", text=f"订单{ORDER_ID}"),
]


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    days: list[date] = []

    def watched(messages: pa.Table, **given: Any) -> pa.Table:  # noqa: ANN401 -- handed on as given
        days.extend(sorted(set(messages["local_date"].to_pylist())))
        return named_numbers(messages, **given)

    monkeypatch.setattr(build_work, "named_numbers", watched)
    return days


def buyers(store: Store, scope: Scope = SEPTEMBER) -> list[tuple[str, str | None, str | None]]:
    """Return how each order's buyer is known, who it is, and whose the order is."""
    sql = "SELECT buyer_by, buyer, agent FROM created_order ORDER BY order_id ASC NULLS LAST"
    with relations_for(store, store.snapshot(), scope) as engine:
        rows = engine.query([Step("buyers", sql)]).to_pylist()
    return [(row["buyer_by"], row["buyer"], row["agent"]) for row in rows]


def test_no_text_is_read_where_every_buyer_is_known(tmp_path: Path, looked_into: list[date]) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=CHAT, orders=[order(ORDER_ID, "甲", "2024-09-02 10:30")])
        assert buyers(store) == [("given", "甲", "a")]
    assert looked_into == []


def test_each_day_is_looked_into_once_and_again_when_it_has_changed(tmp_path: Path, looked_into: list[date]) -> None:
    with Store(tmp_path) as store:
        put(store, "one", messages=CHAT, orders=[order(ORDER_ID, None, "2024-09-02 10:30")])
        assert buyers(store) == [("order_id", "甲", "a")]
        assert looked_into == [date(2024, 9, 2), date(2024, 9, 3)]
        looked_into.clear()
        assert buyers(store) == [("order_id", "甲", "a")]
        assert looked_into == []
        put(store, "two", messages=[message("乙", "b", "2024-09-03 12:00", "buyer", text=f"{ORDER_ID}是我的")])
        assert buyers(store) == [("none", None, None)]
        assert looked_into == [date(2024, 9, 3)]


def test_a_contact_corrected_as_spam_names_nothing(tmp_path: Path, looked_into: list[date]) -> None:
    spam = Correction(
        0, 0, "", SHOP, CorrectionKind.SPAM_CONTACT, "王店长", "同行", {}, None, "甲", "a", date(2024, 9, 3)
    )
    with Store(tmp_path) as store:
        put(store, "one", messages=CHAT, orders=[order(ORDER_ID, None, "2024-09-02 10:30")])
        store.correct(spam)
        assert buyers(store) == [("none", None, None)]


def test_days_asked_for_that_hold_neither_chat_nor_naming_find_the_same_buyer(tmp_path: Path) -> None:
    """An order of before the days asked for makes a reception after-sale, whoever named it then."""
    later = [message("甲", "a", "2024-09-12 10:00", "buyer"), message("甲", "a", "2024-09-12 10:01", "agent")]
    with Store(tmp_path) as store:
        put(store, "one", messages=[*CHAT, *later], orders=[order(ORDER_ID, None, "2024-09-02 10:30")])
        for period in (SEPTEMBER.period, Period(date(2024, 9, 12), date(2024, 9, 12))):
            with relations_for(store, store.snapshot(), Scope((SHOP,), period, "order_first")) as engine:
                sql = "SELECT is_inquiry FROM inquiry WHERE day = DATE '2024-09-12'"
                assert engine.query([Step("asked", sql)]).to_pylist() == [{"is_inquiry": False}]


def test_a_masked_chat_that_named_a_whole_nick_s_order_is_its_buyer_s(tmp_path: Path) -> None:
    chat = [row | {"buyer": "甲**#5001"} for row in CHAT]
    other = [
        message("甲**#5002", "b", "2024-09-02 10:20", "buyer"),
        message("甲**#5002", "b", "2024-09-02 10:21", "agent"),
    ]
    with Store(tmp_path) as store:
        orders = [order(ORDER_ID, "甲乙丙", "2024-09-02 10:30"), order("240902000009", "甲丁", "2024-09-02 10:30")]
        put(store, "one", messages=[*chat, *other], orders=orders)
        assert buyers(store) == [("order_id", "甲**#5001", "a"), ("given", "甲丁", None)]
