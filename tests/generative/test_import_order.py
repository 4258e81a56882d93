"""Exports may overlap, come twice and come in any order: the figures are those of the shop."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.doors import import_folders, report_of, write_tables
from tests.generative.engine import declared_metrics
from tests.generative.moments import DAYS
from tests.generative.pieces import Tables, pieces
from tests.generative.shops import shops_with
from tests.generative.test_engine_equals_reference import differences
from tests.reference.shop import Row, Shop
from tests.reference.shop_report import FIGURES, shop_report
from xiaoer.base.days import Period
from xiaoer.base.settings import ShopSettings

BY = ("agent", "day")
PERIOD = Period(DAYS[0], DAYS[-1])
IMPORTED = ("messages", "orders", "order_lines", "refunds", "presence", "calls", "agents")
PLAIN = shops_with(st.just(ShopSettings())).map(lambda shop: of_whole_seconds(shop))


@pytest.mark.slow
@settings(max_examples=min(20, settings().max_examples // 8))
@given(data=st.data(), shop=PLAIN, with_ids=st.booleans())
def test_pieces_in_any_order_and_twice_give_the_shop_s_figures(data: st.DataObject, shop: Shop, with_ids: bool) -> None:
    parts = data.draw(pieces({name: shop.rows(name) for name in IMPORTED}))
    order = data.draw(st.permutations(range(len(parts))))
    again = data.draw(st.sampled_from(order))
    with TemporaryDirectory() as folder:
        straight = figures(Path(folder) / "straight", parts, with_ids=with_ids)
        mixed = figures(Path(folder) / "mixed", [parts[number] for number in (*order, again)], with_ids=with_ids)
    assert straight == mixed
    metrics = known_metrics(shop)
    wanted = shop_report(shop, period=PERIOD, by=BY, metrics=metrics)
    found = [{name: read(name, row[name]) for name in (*BY, *metrics)} for row in straight["rows"]]
    assert differences(wanted, found, by=BY) == []


def of_whole_seconds(shop: Shop) -> Shop:
    """Return the shop with its times on the nearest second: reading a file takes microseconds for noise."""
    tables = {
        name: [{key: _nearest(value) for key, value in row.items()} for row in shop.rows(name)] for name in IMPORTED
    }
    return replace(shop, tables=tables)


def _nearest(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, datetime):
        return value
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0)


def figures(folder: Path, parts: list[Tables], *, with_ids: bool) -> dict[str, Any]:
    """Return the rows and the immature figures of a report after importing these pieces in this order."""
    unknown = frozenset({"source_row"} if with_ids else {"source_row", "message_id"})
    # The names go by the order of importing too, should the command sort what it is given.
    folders = [write_tables(folder / f"{place}", part, unknown=unknown) for place, part in enumerate(parts)]
    import_folders(folder / "home", folders, shop="shop")
    report = report_of(folder / "home", shop="shop", period=PERIOD, by=BY, metrics=tuple(declared_metrics()))
    return {name: report[name] for name in ("rows", "immature")}


def known_metrics(shop: Shop) -> tuple[str, ...]:
    """Return the metrics whose tables this shop has: of the others the report says that nothing is known."""
    having = {name for name in IMPORTED if shop.rows(name)}
    return tuple(name for name in FIGURES if having.issuperset(declared_metrics()[name].needs))


def read(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value as the report's own kind of value."""
    if value is None:
        return None
    if name == "day":
        return datetime.fromisoformat(value).date()
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return Decimal(str(value)) if name.endswith("_yuan") else value


def test_a_piece_that_is_missing_is_seen() -> None:
    row: Row = {"agent": "amy", "day": DAYS[0], "rounds": 1}
    assert differences([row], [row | {"rounds": 2}], by=BY) != []
    assert differences([row], [], by=BY) != []
