"""What the first pages after a change need is made ahead, once, and only what changed is made again."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.actions import first_answers, shop_data
from xiaoer.actions.first_answers import make_first_answers
from xiaoer.actions.shop_data import open_shops
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.metrics import Dimension, Request, load_metrics, month_sums
from xiaoer.store.kept_relations import KeptRelations
from xiaoer.store.kept_sums import KeptSums
from xiaoer.store.store import Store

DAYS = ("2024-08-15", "2024-09-15")
OURS = load_metrics(Catalog())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few metrics, so that sums are made soon, and keep sums of a shop that has few messages."""
    monkeypatch.setattr(month_sums, "FEWEST_MESSAGES", 1)
    monkeypatch.setattr(shop_data, "metrics_of", lambda _: {"received_buyers": OURS["received_buyers"]})
    monkeypatch.setattr(first_answers, "report", lambda *_: None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    keep, sessions = KeptSums.keep, KeptRelations.keep

    def kept(of: KeptSums, name: str, tables: Mapping[str, pa.Table]) -> bool:
        found.append("month")
        return keep(of, name, tables)

    def session(of: KeptRelations, *args: object, **more: object) -> None:
        found.append("session")
        sessions(of, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(KeptSums, "keep", kept)
    monkeypatch.setattr(KeptRelations, "keep", session)
    return found


def test_sums_and_relations_are_made_once_and_again_where_something_changed(
    tmp_path: Path, few: None, made: list[str]
) -> None:
    home = tmp_path / "home"
    make_first_answers(home, "zh")
    assert made == [], "of an empty folder there is nothing to make"
    with Store(home) as store:
        for day in DAYS:
            put(
                store, day,
                messages=[message("甲", "a", f"{day} 10:00", "buyer"), message("甲", "a", f"{day} 10:01", "agent")],
                orders=[order(day, "甲", f"{day} 10:30", f"{day} 10:31", "9.90")],
            )  # fmt: skip
    make_first_answers(home, "zh")
    assert sorted(made) == ["month", "month", "session"]
    make_first_answers(home, "zh")
    assert len(made) == 3
    with Store(home) as store:
        store.set_value(SHOP, "robot_accounts", "a", from_date=date(2024, 9, 1))
    make_first_answers(home, "zh")
    assert sorted(made[3:]) == ["month", "session"]


def test_a_day_of_a_month_is_answered_from_its_sums_then(tmp_path: Path, few: None) -> None:
    home = tmp_path / "home"
    with Store(home) as store:
        put(store, "one", messages=[message("甲", "a", "2024-09-15 10:00", "buyer")])
    day = Period(date(2024, 9, 15), date(2024, 9, 15))
    request = Request(day, ("received_buyers",), by=(Dimension.DAY,), shop=SHOP)
    asked = [[Step("asked", "SELECT received_buyers FROM shop_sums")]]
    with open_shops(home, SHOP) as data:
        assert data.of_sums(request, asked) is None
    make_first_answers(home, "zh")
    with open_shops(home, SHOP) as data:
        answers = data.of_sums(request, asked)
        assert answers is not None
        assert answers[0]["received_buyers"].to_pylist() == [1]
