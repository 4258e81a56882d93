"""What the conversations of one buyer are told from, without the relations of everybody's days."""

from contextlib import ExitStack

import pyarrow.compute as pc

from xiaoer.facts.corrections import corrected_credits, without_test_orders
from xiaoer.facts.credit import credit_steps
from xiaoer.facts.order_buyer import add_order_buyers, chats_masked
from xiaoer.facts.relations import (
    Scope,
    add_receptions,
    day_settings,
    days_of,
    days_of_interest,
    orders_of_interest,
    relations_for,
    session_key,
    without_buyer,
)
from xiaoer.facts.tables import table_facts
from xiaoer.facts.up_to_date import load_message_facts
from xiaoer.store.engine import Engine, sql_text
from xiaoer.store.snapshot import Snapshot
from xiaoer.store.store import Store

MESSAGE_FACTS = ("contact", "session", "round")
CREDITED = "credited_order"


def relations_of_buyer(store: Store, snapshot: Snapshot, scope: Scope, buyer: str) -> Engine:
    """Return a session in which one shop's contacts, sessions, rounds and credited orders of this buyer are.

    Each row is as `relations_for` has it. Where that is made already, or some buyer is not known so that whose an
    order is depends on who else came, it is the whole session.
    """
    if not store.kept.has(session_key(snapshot, scope)):
        with ExitStack() as closed:
            engine = closed.enter_context(Engine(spill_folder=store.home.spill))
            engine.remember_footers()
            if _told_alone(engine, store, snapshot, scope, buyer):
                closed.pop_all()
                return engine
    return relations_for(store, snapshot, scope)


def _told_alone(engine: Engine, store: Store, snapshot: Snapshot, scope: Scope, buyer: str) -> bool:
    """Complete an empty session and return True; False where other buyers matter too."""
    shops = {shop: snapshot.settings_of(shop) for shop in scope.shops}
    orders = orders_of_interest(store.current(snapshot, "orders", shops=scope.shops), shops, scope)
    if without_buyer(orders):
        return False
    load_message_facts(engine, store, snapshot, shops=scope.shops, days=days_of_interest(orders, shops, scope))
    if chats_masked(engine):
        return False
    for name in MESSAGE_FACTS:
        engine.add_table(name, engine.fetch(f"SELECT * FROM {name} WHERE buyer = {sql_text(buyer)}"))
    own = {"orders": orders.filter(pc.equal(orders["buyer"], buyer))}
    facts = table_facts(without_test_orders(own, snapshot.corrections), shops)
    engine.add_table("orders", facts["orders"])
    add_receptions(engine)
    engine.add_table("corrected_credit", corrected_credits(snapshot.corrections))
    engine.add_table("day_setting", day_settings(shops, days=days_of(engine)))
    add_order_buyers(engine, facts["orders"], every_candidate=scope.every_candidate)
    steps = credit_steps(scope.policy)
    for step in steps[: [one.name for one in steps].index(CREDITED) + 1]:
        engine.add_step(step)
    return True
