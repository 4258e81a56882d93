"""Chats staged for inspection: enough of each kind, in words of their own, and nothing else of the shop changes."""

from collections import Counter
from datetime import date
from random import Random

import pyarrow as pa
import pytest

from xiaoer.base.catalog import Catalog
from xiaoer.inspection.standards import load_standards
from xiaoer.simulator import simulate
from xiaoer.simulator.simulate import Simulated
from xiaoer.simulator.staged_chat import Staged, staged_chats, worded

FIRST = date(2025, 3, 3)
FEWEST_BREACHES, FEWEST_NEAR_MISSES = 3, 2


@pytest.fixture(scope="module")
def made() -> Simulated:
    return simulate(seed=12, first_day=FIRST, days=8, messages=300, agents=4, staged=1)


def lines(staged: Staged) -> tuple[str, ...]:
    return tuple(line.text for line in staged.chat.say)


def test_each_item_has_breaches_and_near_misses() -> None:
    breaches = Counter(one.item for one in staged_chats() if one.item in one.breaks and not one.unseen)
    near = Counter(one.item for one in staged_chats() if one.item not in one.breaks and not one.unseen)
    assert breaches.keys() == near.keys()
    assert min(breaches.values()) >= FEWEST_BREACHES
    assert min(near.values()) >= FEWEST_NEAR_MISSES


def test_a_staged_chat_breaks_only_items_that_exist() -> None:
    items = load_standards(Catalog()).items.keys()
    assert {item for one in staged_chats() for item in (one.item, *one.breaks)} <= items


def test_no_staged_chat_is_an_example_of_its_item() -> None:
    items = load_standards(Catalog()).items
    copied = [
        lines(one)
        for one in staged_chats()
        for example in items[one.item].hits
        if lines(one) == tuple(said.text for said in example.lines)
    ]
    assert copied == []


def test_unseen_chats_are_in_words_of_their_own() -> None:
    seen = {lines(one) for one in staged_chats() if not one.unseen}
    assert [lines(one) for one in staged_chats() if one.unseen and lines(one) in seen] == []


def test_every_choice_of_a_text_is_said_sometimes() -> None:
    random = Random(3)
    assert {worded("(甲|乙)好", random) for _ in range(40)} == {"甲好", "乙好"}
    assert worded("没有(选择)的话", random) == "没有(选择)的话"


def test_staged_chats_are_played_with_their_truth(made: Simulated) -> None:
    facts = made.truth.staged
    assert len(facts) == len(staged_chats())
    assert len({fact["buyer"] for fact in facts}) == len(facts)
    text = "".join(made.tables["messages"]["text"].to_pylist())
    assert "{" not in text and "|" not in text
    found = {(fact["buyer"], fact["item"]) for fact in made.truth.findings}
    assert {(fact["buyer"], item) for fact in facts for item in fact["breaks"]} <= found


def test_the_rest_of_the_shop_says_the_same(made: Simulated) -> None:
    plain = simulate(seed=12, first_day=FIRST, days=8, messages=300, agents=4)
    staged = pa.array([fact["buyer"] for fact in made.truth.staged])
    said = made.tables["messages"]
    rest = said.filter(pa.compute.invert(pa.compute.is_in(said["buyer"], staged)))
    columns = ["buyer", "agent", "sent_at", "sender", "text"]
    assert rest.select(columns).equals(plain.tables["messages"].select(columns))
    assert plain.truth.staged == ()
