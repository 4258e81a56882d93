"""What a month tells does not depend on how many other days are asked for with it."""

from datetime import date
from pathlib import Path

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.store import Store

SEPTEMBER = Period(date(2024, 9, 1), date(2024, 9, 30))
WHOLE_YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
CREATED_IN_SEPTEMBER = """
SELECT order_id, order_agent, payment_agent, agent FROM created_order
WHERE day BETWEEN DATE '2024-09-01' AND DATE '2024-09-30' ORDER BY order_id
"""


def test_who_had_an_order_paid_long_after_the_month_is_known_in_its_report(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        put(
            store,
            "one",
            messages=[
                message("甲", "a", "2024-10-24 10:00", "buyer"),
                message("甲", "a", "2024-10-24 10:01", "agent"),
            ],
            orders=[order("A1", "甲", "2024-09-30 09:00", paid_at="2024-10-24 10:05")],
        )
        told = {}
        for period in (SEPTEMBER, WHOLE_YEAR):
            scope = Scope((SHOP,), period, "order_first")
            with relations_for(store, store.snapshot(), scope) as engine:
                told[period] = engine.query([Step("told", CREATED_IN_SEPTEMBER)]).to_pylist()
    assert told[SEPTEMBER] == told[WHOLE_YEAR]
    assert told[SEPTEMBER] == [{"order_id": "A1", "order_agent": None, "payment_agent": "a", "agent": "a"}]
