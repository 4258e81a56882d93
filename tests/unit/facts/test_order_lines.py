"""What lines tell of their orders: items where the order is silent, the amount at list prices where all is known."""

from decimal import Decimal

from tests.generative.canonical import canonical
from tests.reference.talk import order, shop_of
from xiaoer.facts.order_lines import with_lines


def test_lines_fill_items_and_give_the_list_amount() -> None:
    lines = [
        {"order_id": "o1", "line_id": "1", "quantity": 2, "unit_price": Decimal("60.00")},
        {"order_id": "o1", "line_id": "2", "quantity": 1, "unit_price": Decimal("0.0001")},
        {"order_id": "o2", "line_id": "3", "quantity": 4, "unit_price": None},
        {"order_id": "o3", "line_id": "4", "quantity": 5, "unit_price": Decimal(1)},
    ]
    orders = [
        order("o1", "lan", "10:00:00", item_count=None),
        order("o2", "lan", "10:00:00", item_count=None),
        order("o3", "lan", "10:00:00", item_count=7),
        order("o4", "lan", "10:00:00", item_count=None),
    ]
    tables = canonical(shop_of(orders=orders, order_lines=lines))
    told = {row["order_id"]: row for row in with_lines(tables["orders"], tables["order_lines"]).to_pylist()}
    assert {key: row["item_count"] for key, row in told.items()} == {"o1": 3, "o2": 4, "o3": 7, "o4": None}
    assert {key: row["list_amount"] for key, row in told.items()} == {
        "o1": Decimal("120.0001"),
        "o2": None,
        "o3": Decimal(5),
        "o4": None,
    }


def test_without_lines_nothing_is_known() -> None:
    tables = canonical(shop_of(orders=[order("o1", "lan", "10:00:00")]))
    told = with_lines(tables["orders"], tables["order_lines"]).to_pylist()
    assert [(row["item_count"], row["list_amount"]) for row in told] == [(1, None)]
