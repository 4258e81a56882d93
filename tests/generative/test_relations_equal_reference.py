"""Every relation that metrics are written over has exactly the reference's rows, for any made-up shop."""

from collections import Counter
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.expected_relations import RELATIONS, columns_of, expected_rows
from tests.generative.made_corrections import corrections_of, logs_of
from tests.generative.shops import POLICIES, shops
from tests.reference.corrections import Log, Said, put_right
from tests.reference.facts import facts_of
from tests.reference.shop import Row, Shop
from tests.reference.talk import shop_of, talk
from xiaoer.base.corrections import in_force
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of
from xiaoer.store.engine import Engine


@given(shop=shops(), policy=st.sampled_from(POLICIES))
@example(shop=Shop(), policy="order_first")
def test_relations_have_the_reference_s_rows(shop: Shop, policy: str) -> None:
    assert relation_differences(shop, policy=policy) == {}


@given(data=st.data(), shop=shops(), policy=st.sampled_from(POLICIES))
def test_corrected_relations_have_the_rows_of_a_shop_put_right_by_hand(
    data: st.DataObject, shop: Shop, policy: str
) -> None:
    assert relation_differences(shop, policy=policy, log=data.draw(logs_of(shop))) == {}


def test_two_colleagues_who_used_each_other_s_account() -> None:
    """Neither correction carries on what the other has moved."""
    shop = shop_of(messages=talk("10:00:00 lan amy ask\n10:00:05 lan amy reply\n10:01:00 lan bob ask"))
    (day,) = {shop.day(row["sent_at"]) for row in shop.rows("messages")}
    swap = [
        Said("contact_agent", contact=("lan", "amy", day), value="bob"),
        Said("contact_agent", contact=("lan", "bob", day), value="amy"),
    ]
    assert relation_differences(shop, policy="order", log=swap) == {}
    corrections = corrections_of(shop, swap)
    with relations_of(canonical(shop), shop.settings, policy="order", corrections=corrections) as engine:
        rows = rows_of(engine, "contact", ["agent", "agent_messages"])
    assert {row["agent"]: row["agent_messages"] for row in rows} == {"amy": 0, "bob": 1}


def relation_differences(shop: Shop, *, policy: str, log: Log = ()) -> dict[str, tuple[list[Any], list[Any]]]:
    """Return, for each relation that differs, the rows only in the reference and those only in the engine.

    The reference has the corrections made by hand in its rows, the engine is told of them.
    """
    tables, settings = canonical(shop), shop.settings
    corrections = in_force(corrections_of(shop, log), len(log))
    shop = put_right(shop, log) if corrections else shop
    expected = facts_of(shop, policy=policy)
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    with relations_of(tables, settings, policy=policy, corrections=corrections) as engine:
        for relation in RELATIONS:
            rows = rows_of(engine, relation, columns_of(relation))
            found[relation] = different(expected_rows(shop, relation, expected[relation]), rows)
    return {relation: rows for relation, rows in found.items() if rows != ([], [])}


def rows_of(engine: Engine, relation: str, columns: list[str]) -> list[Row]:
    """Return the engine's rows of a relation that count on some day."""
    # A call that nobody answered waited too, but no figure is made of that.
    read = {"wait_micros": "CASE WHEN answered THEN wait_micros END AS wait_micros"} if relation == "call" else {}
    wanted = ", ".join(read.get(column, column) for column in columns)
    rows: list[Row] = engine.query(
        [Step("found", f"SELECT {wanted} FROM {relation} WHERE day IS NOT NULL")]
    ).to_pylist()
    return rows


def different(wanted: list[Row], found: list[Row]) -> tuple[list[Any], list[Any]]:
    """Return the rows that are only in the reference and only in the engine."""
    left, right = Counter(map(_hashable, wanted)), Counter(map(_hashable, found))
    return sorted((left - right).elements(), key=repr), sorted((right - left).elements(), key=repr)


def _hashable(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple(row.items())
