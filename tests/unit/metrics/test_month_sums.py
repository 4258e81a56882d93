"""Sums of months are made once, and again only where something that they depend on has changed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.actions.shop_data import ShopData
from xiaoer.base.catalog import Catalog
from xiaoer.base.corrections import Correction, CorrectionKind
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts.relations import Scope
from xiaoer.metrics import Dimension, Metric, Request, compile_from_sums, load_metrics, month_sums, sums_of_months
from xiaoer.store.engine import Engine
from xiaoer.store.home import Home
from xiaoer.store.kept_sums import KeptSums
from xiaoer.store.store import Store

ALL = load_metrics(Catalog())
METRICS = {name: ALL[name] for name in ("received_buyers", "sales_yuan", "inquiry_buyers", "paying_buyers")}
HALF_A_YEAR = Period(date(2024, 3, 1), date(2024, 8, 31))
SCOPE = Scope((SHOP,), HALF_A_YEAR, "order_first")
MONTHS = [3, 4, 5, 6, 7, 8]


@pytest.fixture(autouse=True)
def sums_for_any_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_sums, "FEWEST_MESSAGES", 1)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    keep = KeptSums.keep

    def watched(kept: KeptSums, name: str, tables: Mapping[str, pa.Table]) -> bool:
        found.append(name)
        return keep(kept, name, tables)

    monkeypatch.setattr(KeptSums, "keep", watched)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        for month in MONTHS:
            day = f"2024-{month:02}-15"
            put(
                opened, day,
                messages=[message("甲", "a", f"{day} 10:00", "buyer"), message("甲", "a", f"{day} 10:01", "agent")],
                orders=[order(f"o{month}", "甲", f"{day} 10:30", f"{day} 10:31", "9.90")],
            )  # fmt: skip
        yield opened


def asked(store: Store, metrics: Mapping[str, Metric] = METRICS, scope: Scope = SCOPE) -> dict[str, tuple[int, str]]:
    """Return the buyers received and the sales of each day of the shop."""
    sums = sums_of_months(store, store.snapshot(), scope, metrics)
    assert sums is not None
    with sums:
        rows = sums.query([Step("s", "SELECT day, received_buyers, sales_yuan FROM shop_sums")]).to_pylist()
    return {str(row["day"]): (row["received_buyers"] or 0, str(row["sales_yuan"] or 0)) for row in rows}


def test_each_month_is_made_once(store: Store, made: list[str]) -> None:
    assert asked(store) == asked(store) == {f"2024-{month:02}-15": (1, "9.9000") for month in MONTHS}
    assert len(made) == len(MONTHS)


def test_a_shop_that_talks_little_is_asked_by_its_rows(
    store: Store, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for fewest, months in ((2, len(MONTHS)), (3, 0)):  # each month has two messages
        monkeypatch.setattr(month_sums, "FEWEST_MESSAGES", fewest)
        store.set_value(SHOP, "session_gap_seconds", str(600 + fewest), from_date=date(2024, 1, 1))
        made.clear()
        sums = sums_of_months(store, store.snapshot(), SCOPE, METRICS, make=True)
        assert (sums is None) == (months == 0)
        assert len(made) == months
        if sums is not None:
            sums.close()


def test_a_week_is_asked_of_rows_until_its_month_is_there(store: Store, made: list[str]) -> None:
    week = replace(SCOPE, period=Period(date(2024, 5, 13), date(2024, 5, 19)))
    assert sums_of_months(store, store.snapshot(), week, METRICS) is None
    assert made == []
    asked(store)
    assert asked(store, scope=week) == {"2024-05-15": (1, "9.9000")}
    assert len(made) == len(MONTHS)


def test_another_export_makes_only_the_months_that_it_tells_of(store: Store, made: list[str]) -> None:
    asked(store)
    put(store, "more", messages=[message("乙", "a", "2024-08-16 10:00", "buyer")])
    assert asked(store)["2024-08-16"] == (1, "0")
    assert len(made) == len(MONTHS) + 1


def test_an_order_that_is_paid_months_later_changes_the_month_of_its_payment(store: Store, made: list[str]) -> None:
    put(store, "open", orders=[order("late", "甲", "2024-04-15 10:30")])
    before = asked(store)
    number = put(store, "paid", orders=[order("late", "甲", "2024-04-15 10:30", "2024-07-15 10:31", "5")])
    assert asked(store) == before | {"2024-07-15": (1, "14.9000")}
    assert len(made) < len(MONTHS) * 2, "March and what comes after are as they were"
    store.undo(number)
    count = len(made)
    assert asked(store) == before
    assert len(made) == count, "what was kept before is found again"


def test_a_setting_makes_the_months_that_it_holds_in(store: Store, made: list[str]) -> None:
    asked(store)
    store.set_value(SHOP, "robot_accounts", "a", from_date=date(2024, 7, 1))
    found = asked(store)
    assert [found[f"2024-{month:02}-15"][0] for month in MONTHS] == [1, 1, 1, 1, 0, 0]
    assert len(made) == len(MONTHS) + 2


def test_a_correction_makes_the_months_that_it_is_about(store: Store, made: list[str]) -> None:
    before = asked(store)
    day = date(2024, 5, 15)
    spam = Correction(
        0, 0, "", SHOP, CorrectionKind.SPAM_CONTACT, "王店长", "核对过", {}, None, "甲", "a", day, None
    )  # fmt: skip
    said = store.correct(spam)
    assert asked(store) == before | {"2024-05-15": (0, "0")}, "and the order is nobody's"
    assert len(made) < len(MONTHS) * 2
    store.withdraw(said.id)
    assert asked(store) == before
    nobody = replace(spam, kind=CorrectionKind.ORDER_AGENT, order_id="o6", buyer=None, agent=None, day=None)
    store.correct(nobody)
    assert asked(store) == before | {"2024-06-15": (1, "0")}


def test_an_account_that_was_a_buyer_before_changes_that_month(store: Store, made: list[str]) -> None:
    put(store, "own", messages=[message("z", "a", "2024-03-16 10:00", "buyer")])
    assert asked(store)["2024-03-16"] == (1, "0")
    count = len(made)
    put(store, "new", messages=[message("甲", "z", "2024-08-17 10:00", "buyer")])
    assert asked(store)["2024-03-16"] == (0, "0"), "a colleague's question is nobody's reception"
    assert len(made) - count == 2


def test_policy_and_metrics_have_sums_of_their_own(store: Store, made: list[str]) -> None:
    asked(store)
    asked(store, scope=replace(SCOPE, policy="payment"))
    asked(store, METRICS | {"rounds": ALL["rounds"]})
    assert len(made) == len(MONTHS) * 3


def test_sums_may_be_deleted_at_any_time(store: Store, made: list[str]) -> None:
    before = asked(store)
    (one, *_) = store.home.facts.joinpath("sums").glob(made[2])
    shutil.rmtree(one)
    assert asked(store) == before
    assert made[6:] == [made[2]]
    next(store.home.facts.joinpath("sums", made[3]).glob("paid_order.parquet")).unlink()
    assert asked(store) == before
    assert made[7:] == [made[3]], "a month of which a file is gone is made again"
    shutil.rmtree(store.home.facts / "sums")
    assert asked(store) == before


def test_sums_deleted_while_they_are_read_are_looked_for_once_more(store: Store, made: list[str]) -> None:
    data = ShopData(store, store.snapshot(), (SHOP,), METRICS, Catalog())
    request = Request(HALF_A_YEAR, ("received_buyers",), by=(Dimension.DAY,), shop=SHOP)
    steps = compile_from_sums(request, METRICS)
    query, gone = Engine.query, [True]

    def deleting(engine: Engine, steps: Sequence[Step]) -> pa.Table:
        if gone.pop() if gone else False:
            shutil.rmtree(store.home.facts / "sums")
        return query(engine, steps)

    data.of_sums(request, [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "query", deleting)
        answers = data.of_sums(request, [steps])
    assert answers is not None
    assert answers[0]["received_buyers"].to_pylist() == [1] * len(MONTHS)
    assert len(made) == len(MONTHS) * 2


def test_without_a_place_to_keep_them_rows_are_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeptSums, "_folder", property(lambda _: Path("/dev/null/sums"), lambda *_: None), raising=False)
    monkeypatch.setattr(store.sums, "_places", (Path("/dev/null/sums"),))
    assert sums_of_months(store, store.snapshot(), SCOPE, METRICS) is None


def test_two_that_make_the_same_month_leave_one(tmp_path: Path) -> None:
    first, second = (KeptSums(Home(tmp_path)) for _ in range(2))
    table = {"agent_sums": pa.table({"n": [1]})}
    assert first.keep("m", table)
    assert second.keep("m", table)
    assert [kept.name for kept in (tmp_path / "facts" / "sums").iterdir()] == ["m"]


def test_a_folder_that_can_only_be_read_has_the_months_that_were_made_before(tmp_path: Path) -> None:
    KeptSums(Home(tmp_path / "home")).keep("m", {"agent_sums": pa.table({"n": [1]})})
    assert KeptSums(Home(tmp_path / "home", scratch=tmp_path / "scratch")).has("m")


def test_another_process_calls_months_by_the_same_names() -> None:
    said = (
        "from xiaoer.base.catalog import Catalog; from xiaoer.metrics import load_metrics, month_sums; "
        "print(month_sums._name_of(load_metrics(Catalog())))"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", said], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(names) == 1
