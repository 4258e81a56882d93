"""Whatever is imported, undone, set and corrected: one buyer's rows alone are those that the whole session has."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.made_acts import ACTS, BUYERS, Act
from tests.generative.test_kept_sums import PERIODS
from tests.unit.store.rows import SHOP
from xiaoer.base.steps import Step
from xiaoer.facts.one_buyer import CREDITED, MESSAGE_FACTS, relations_of_buyer
from xiaoer.facts.relations import Scope, relations_for
from xiaoer.store.engine_session import EngineSession
from xiaoer.store.store import Store


@settings(max_examples=max(6, settings().max_examples // 4))
@given(acts=ACTS, period=st.sampled_from(PERIODS), policy=st.sampled_from(("order_first", "order", "payment")))
def test_one_buyer_is_told_of_as_in_the_whole_session(acts: list[Act], period: Any, policy: str) -> None:  # noqa: ANN401
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for number, act in enumerate(acts):
            act(store, number)
        snapshot, scope = store.snapshot(), Scope((SHOP,), period, policy)
        if snapshot.shops:
            alone = {}
            for buyer in BUYERS:
                with relations_of_buyer(store, snapshot, scope, buyer) as engine:
                    alone[buyer] = rows_of(engine, buyer)
            with relations_for(store, snapshot, scope) as engine:
                assert alone == {buyer: rows_of(engine, buyer) for buyer in BUYERS}


def rows_of(engine: EngineSession, buyer: str) -> dict[str, list[str]]:
    """Return a buyer's rows of each relation that both sessions have, in an order of their own."""
    return {
        name: sorted(
            repr(sorted(row.items()))
            for row in engine.query([Step("own", f"SELECT * FROM {name} WHERE buyer = '{buyer}'")]).to_pylist()
        )
        for name in (*MESSAGE_FACTS, CREDITED)
    }
