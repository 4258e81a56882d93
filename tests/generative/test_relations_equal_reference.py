"""Every relation that metrics are written over has exactly the reference's rows, for any made-up shop."""

from collections import Counter
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.expected_relations import RELATIONS, columns_of, expected_rows
from tests.generative.shops import POLICIES, shops
from tests.reference.facts import facts_of
from tests.reference.shop import Row, Shop
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of
from xiaoer.store.engine import Engine


@given(shop=shops(), policy=st.sampled_from(POLICIES))
@example(shop=Shop(), policy="order_first")
def test_relations_have_the_reference_s_rows(shop: Shop, policy: str) -> None:
    assert relation_differences(shop, policy=policy) == {}


def relation_differences(shop: Shop, *, policy: str) -> dict[str, tuple[list[Any], list[Any]]]:
    """Return, for each relation that differs, the rows only in the reference and those only in the engine."""
    expected = facts_of(shop, policy=policy)
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    with relations_of(canonical(shop), shop.settings, policy=policy) as engine:
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
