"""Orders whose buyers a platform hides are matched as the reference matches them, for any made-up shop."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.made_corrections import logs_of
from tests.generative.made_hidden_buyers import hiding_shops
from tests.generative.shops import POLICIES
from tests.generative.test_relations_equal_reference import relation_differences
from tests.reference.filters import contacts_of
from tests.reference.messages import lines_of
from tests.reference.order_buyers import Found, order_buyers
from tests.reference.receptions import receptions_of
from tests.reference.rounds import rounds_of
from tests.reference.shop import Shop
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of

COLUMNS = ("order_id", "how", "buyer", "confidence", "candidates", "reason")


@given(shop=hiding_shops())
def test_every_order_has_the_buyer_that_the_reference_finds(shop: Shop) -> None:
    with relations_of(canonical(shop), shop.settings, policy="order") as engine:
        rows = engine.query([Step("found", f"SELECT {', '.join(COLUMNS)} FROM order_buyer")]).to_pylist()
    found = Counter(tuple(row[name] for name in COLUMNS) for row in rows)
    assert found == Counter(_columns(one) for one in _expected(shop))


@given(data=st.data(), shop=hiding_shops(), policy=st.sampled_from(POLICIES))
def test_credit_assists_and_inquiries_follow_from_the_buyers_found(
    data: st.DataObject, shop: Shop, policy: str
) -> None:
    log = data.draw(logs_of(shop)) if data.draw(st.booleans()) else ()
    assert relation_differences(shop, policy=policy, log=log) == {}


def _expected(shop: Shop) -> list[Found]:
    lines = lines_of(shop)
    contacts = contacts_of(shop, lines, rounds_of(shop, lines))
    sessions = [session for one in receptions_of(shop, contacts) for session in one.sessions]
    return order_buyers(shop, contacts, sessions)


def _columns(one: Found) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in COLUMNS)
