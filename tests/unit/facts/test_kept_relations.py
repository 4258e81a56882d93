"""The same question over the same data finds its relations made; anything that they depend on makes them anew."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store.rows import SHOP, message, order, put
from xiaoer.base.days import Period
from xiaoer.base.settings import THE_FIRST_DAY, declared_settings
from xiaoer.base.steps import Step
from xiaoer.facts import relations
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.store import Store

SEPTEMBER = Scope((SHOP,), Period(date(2024, 9, 1), date(2024, 9, 30)), "order_first")
HELLO = [message("甲", "a", "2024-09-01 10:00", "buyer"), message("甲", "a", "2024-09-01 10:01", "agent")]
BOUGHT = order("1", "甲", "2024-09-01 10:30", "2024-09-01 10:31", "9.90")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    make = relations.add_relations

    def watched(*given: Any, **named: Any) -> None:  # noqa: ANN401 -- handed on as given
        found.append(named["policy"])
        make(*given, **named)

    monkeypatch.setattr(relations, "add_relations", watched)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        put(opened, "one", messages=HELLO)
        yield opened


def asked(store: Store, scope: Scope = SEPTEMBER, seq: int | None = None) -> tuple[int, list[str | None]]:
    """Return how many receptions there are, and whose each order is."""
    with relations_for(store, store.snapshot(seq), scope) as engine:
        receptions = engine.answer([Step("n", "SELECT COUNT(*) AS n FROM reception")])["n"][0].as_py()
        agents = engine.answer([Step("a", "SELECT agent FROM created_order ORDER BY order_id")])["agent"].to_pylist()
        return receptions, agents


def test_the_same_question_is_made_once(store: Store, made: list[str]) -> None:
    assert asked(store) == asked(store) == (1, [])
    assert made == ["order_first"]


def test_orders_imported_later_change_the_credit_of_earlier_days(store: Store, made: list[str]) -> None:
    asked(store)
    put(store, "two", orders=[BOUGHT])
    assert asked(store) == (1, ["a"])
    assert asked(store, seq=1) == (1, []), "the snapshot before is as it was"
    assert len(made) == 2


def test_policy_days_and_settings_are_other_questions(store: Store, made: list[str]) -> None:
    put(store, "two", orders=[BOUGHT])
    asked(store)
    asked(store, Scope(SEPTEMBER.shops, SEPTEMBER.period, "payment"))
    asked(store, Scope(SEPTEMBER.shops, Period(date(2024, 9, 1), date(2024, 9, 2)), "order_first"))
    store.set_value(SHOP, "filter_monologue", "false", from_date=THE_FIRST_DAY)
    asked(store)
    assert len(made) == 4


def test_another_default_or_other_code_makes_them_anew(
    store: Store, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(store)
    declared = declared_settings()
    longer = declared["credit_days"].model_copy(update={"default": "5"})
    monkeypatch.setattr(relations, "declared_settings", lambda: declared | {"credit_days": longer})
    asked(store)
    monkeypatch.setattr(relations, "code_name", lambda: "the next version")
    asked(store)
    assert len(made) == 3


def test_what_is_kept_may_be_deleted_or_half_gone(store: Store, made: list[str]) -> None:
    put(store, "two", orders=[BOUGHT])
    first = asked(store)
    for left in store.home.facts.glob("sessions/*/created_order"):
        left.unlink()
    assert asked(store) == first
    for left in store.home.facts.glob("sessions/*/answer-*"):
        left.write_bytes(b"cut")
    assert asked(store) == first
    assert len(made) == 2


def test_a_home_may_be_moved(store: Store, tmp_path: Path) -> None:
    put(store, "two", orders=[BOUGHT])
    first = asked(store)
    store.home.folder.rename(tmp_path / "it's moved")
    with Store(tmp_path / "it's moved") as moved:
        for left in moved.home.facts.glob("sessions/*/answer-*"):
            left.unlink()
        assert asked(moved) == first


def test_orders_without_any_chat_are_kept_too(tmp_path: Path, made: list[str]) -> None:
    with Store(tmp_path) as bare:
        put(bare, "one", orders=[BOUGHT])
        assert asked(bare) == (0, [None])
        for left in bare.home.facts.glob("sessions/*/answer-*"):
            left.unlink()
        assert asked(bare) == (0, [None])
        assert len(made) == 1


def test_an_answer_belongs_to_the_relations_as_they_were(store: Store) -> None:
    question = [Step("n", "SELECT COUNT(*) AS n FROM created_order")]
    with relations_for(store, store.snapshot(), SEPTEMBER) as engine:
        assert engine.answer(question)["n"].to_pylist() == [0]
        engine.add_step(Step("created_order", "SELECT 1 AS order_id"))
        assert engine.answer(question)["n"].to_pylist() == [1]
