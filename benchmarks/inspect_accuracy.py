"""How well planted findings are found, item by item, on seeds that no item was written with.

Two kinds are planted: what people of poor manners say in ordinary chats, and staged chats, breaches and near misses.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoer.base.catalog import Catalog
from xiaoer.base.settings import ShopSettings
from xiaoer.inspection.known import shop_knowledge
from xiaoer.inspection.standards import load_standards
from xiaoer.inspection.talk import COLUMNS
from xiaoer.inspection.up_to_date import Inspector
from xiaoer.simulator import simulate
from xiaoer.simulator.scenario import planted_items
from xiaoer.simulator.simulate import Simulated
from xiaoer.simulator.staged_chat import staged_chats
from xiaoer.store.message_columns import SORTED_BY, with_message_columns

FIRST_DAY = date(2025, 3, 3)
SEEDS = (9001, 9002, 9003)
MESSAGES, DAYS, AGENTS, STAGED = 40_000, 10, 12, 4
MEASURED = Path(__file__).resolve().parent.parent / "docs" / "reference_pages" / "inspection_measured.json"
Key = tuple[str, str, str, str]  # day, account, buyer, item


@dataclass(frozen=True)
class Accuracy:
    """Of one item: conversations in which it was planted, was found, and both; apart those of unseen wording."""

    item: str
    planted: int
    found: int
    both: int
    unseen: tuple[int, int, int] = (0, 0, 0)


def inspect_accuracy(
    seeds: tuple[int, ...] = SEEDS, *, messages: int = MESSAGES, staged: int = STAGED
) -> list[Accuracy]:
    """Return the accuracy of every item that is planted somewhere, items ascending."""
    counted = [Counter[str]() for _ in range(6)]
    for seed in seeds:
        made = simulate(seed=seed, first_day=FIRST_DAY, days=DAYS, messages=messages, agents=AGENTS, staged=staged)
        truth, ours = compared(made)
        unseen = {fact["buyer"] for fact in made.truth.staged if fact["unseen"]}
        for place, keys in enumerate((truth, ours, truth & ours)):
            for _, _, buyer, item in keys:
                counted[place + 3 * (buyer in unseen)][item] += 1
    rows = ((item, [one[item] for one in counted]) for item in sorted(truth_items()))
    return [Accuracy(item, row[0], row[1], row[2], unseen=(row[3], row[4], row[5])) for item, row in rows]


def truth_items() -> set[str]:
    """Return the items of which it is known where they are planted."""
    return _in_scenarios() | {item for staged in staged_chats() for item in staged.breaks}


def _in_scenarios() -> set[str]:
    """Return the items of which every chat tells whether it breaks them; of the others only staged chats do."""
    return {
        item
        for by_customer in (True, False)
        for items in planted_items(by_customer=by_customer).values()
        for item in items
    }


def compared(made: Simulated) -> tuple[set[Key], set[Key]]:
    """Return where items are planted in the conversations that count, and where inspection finds them.

    What is found counts where it is known whether it should be: in staged chats, and of items planted in scenarios.
    """
    settings = ShopSettings().supposing(made.settings).on(FIRST_DAY)
    messages = with_message_columns(made.tables["messages"], settings.clock).sort_by(SORTED_BY).select(COLUMNS)
    knowledge = shop_knowledge(made.tables["orders"], made.tables["products"])
    own = {person.account for person in made.people}
    facts = Inspector(load_standards(Catalog()), made.shop, own, knowledge=knowledge).read(messages, settings)
    read = {(str(row["day"]), row["agent"], row["buyer"]) for row in facts["inspected"].to_pylist()}
    known, staged = _in_scenarios(), {fact["buyer"] for fact in made.truth.staged}
    truth = {key for key in _planted(made) if key[:3] in read}
    rows = facts["finding"].select(["day", "agent", "buyer", "item"]).to_pylist()
    found = {(str(row["day"]), row["agent"], row["buyer"], row["item"]) for row in rows}
    return truth, {key for key in found if key[3] in known or key[2] in staged}


def _planted(made: Simulated) -> Iterator[Key]:
    for fact in made.truth.findings:
        yield fact["sent_at"][:10], fact["agent"], fact["buyer"], fact["item"]


def write_measured(rows: list[Accuracy]) -> None:
    """Write what was measured where the reference page finds it."""
    content = {one.item: [one.planted, one.found, one.both, *one.unseen] for one in rows}
    MEASURED.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def overall(rows: list[Accuracy]) -> tuple[float, float]:
    """Return recall and precision over all items: Σ both ÷ Σ planted, Σ both ÷ Σ found; without unseen wording."""
    planted, found, both = (sum(getattr(one, name) for one in rows) for name in ("planted", "found", "both"))
    return both / planted, both / found


def overall_unseen(rows: list[Accuracy]) -> tuple[float, float]:
    """Return recall and precision of chats in words that no item was mended with."""
    planted, found, both = (sum(one.unseen[place] for one in rows) for place in range(3))
    return both / planted, both / found
