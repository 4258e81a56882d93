"""Waits, silence and forgotten gifts are found just where a slow reading by the definitions finds them."""

from datetime import date

import pytest

from tests.reference.inspection import time_findings
from xiaoer.base.catalog import Catalog
from xiaoer.base.settings import DaySettings, ShopSettings
from xiaoer.inspection.known import shop_knowledge
from xiaoer.inspection.standards import load_standards
from xiaoer.inspection.talk import COLUMNS
from xiaoer.inspection.up_to_date import Inspector
from xiaoer.simulator import simulate
from xiaoer.simulator.simulate import Simulated
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

ITEMS = ("very_slow_answer", "slow_without_apology", "nobody_answered")
FIRST_DAY = date(2025, 3, 3)


@pytest.fixture(scope="module")
def made() -> Simulated:
    return simulate(seed=4711, first_day=FIRST_DAY, days=6, messages=9_000, agents=3)


def settings_of(made: Simulated) -> DaySettings:
    return ShopSettings().supposing(made.settings).on(FIRST_DAY)


def found_in(made: Simulated) -> tuple[set[tuple[str, str, str, str]], set[tuple[str, str, str]]]:
    """Return the findings, and the conversations that count."""
    settings = settings_of(made)
    messages = with_message_columns(made.tables["messages"], settings.clock).sort_by(SORTED_BY).select(COLUMNS)
    knowledge = shop_knowledge(made.tables["orders"], made.tables["products"])
    own = {person.account for person in made.people}
    facts = Inspector(load_standards(Catalog()), made.shop, own, knowledge=knowledge).read(messages, settings)
    read = {(str(row["day"]), row["agent"], row["buyer"]) for row in facts["inspected"].to_pylist()}
    return {
        (str(row["day"]), row["agent"], row["buyer"], row["item"]) for row in facts["finding"].to_pylist()
    }, read  # fmt: skip


def test_waits_and_silence(made: Simulated) -> None:
    settings = settings_of(made)
    messages = with_message_columns(made.tables["messages"], settings.clock).sort_by(SORTED_BY).to_pylist()
    found, read = found_in(made)
    expected = {key for key in time_findings(messages, settings.text("auto_reply_prefix")) if key[:3] in read}
    assert {item for *_, item in expected} == set(ITEMS)
    assert {key for key in found if key[3] in ITEMS} == expected


def test_forgotten_gifts(made: Simulated) -> None:
    found, _ = found_in(made)
    broken = {(fact["buyer"], fact["agent"]) for fact in made.truth.gifts if not fact["kept"]}
    kept = {(fact["buyer"], fact["agent"]) for fact in made.truth.gifts if fact["kept"]} - broken
    ours = {(buyer, agent) for _, agent, buyer, item in found if item == "promise_without_note"}
    assert broken and ours & broken
    assert not ours & kept
    assert len(ours & broken) >= 0.95 * len(broken)
