"""Who was handed a buyer and who handed one on, at the edges."""

import pytest

from tests.generative.canonical import canonical
from tests.reference.shop import Row
from tests.reference.talk import shop_of, talk
from xiaoer.base.steps import Step
from xiaoer.facts.relations import relations_of

NONE_IN_ONE_OUT = {"amy": (False, True)}


def transfer(when: str, account: str, target: str | None) -> list[Row]:
    """Return a transfer line of the account's chat with lan."""
    return [row | {"transfer_to": target} for row in talk(f"{when} lan {account} transfer")]


def handed(messages: list[Row]) -> dict[str, tuple[bool, bool]]:
    """Return for each account whether it was handed lan, and whether it handed lan on."""
    rows = [row | {"source_row": place} for place, row in enumerate(messages, start=1)]
    shop = shop_of(messages=rows)
    with relations_of(canonical(shop), shop.settings, policy="order") as engine:
        found = engine.query([Step("found", "SELECT agent, transferred_in, handed_over FROM contact")]).to_pylist()
    return {row["agent"]: (row["transferred_in"], row["handed_over"]) for row in found}


@pytest.mark.parametrize(
    ("target", "answered_at", "bea"),
    [
        ("bea", "10:01:00", (True, False)),
        ("shop:bea", "10:01:00", (True, False)),
        ("bea", "10:00:59", (False, False)),
        ("carl", "10:01:00", (False, False)),
        (None, "10:01:00", (False, False)),
    ],
)
def test_a_transfer_reaches_the_account_it_names(target: str | None, answered_at: str, bea: tuple[bool, bool]) -> None:
    asked = talk("10:00:00 lan amy ask")
    answered = talk(f"{answered_at} lan bea reply")
    assert handed([*asked, *transfer("10:01:00", "amy", target), *answered]) == {**NONE_IN_ONE_OUT, "bea": bea}


def test_a_line_that_names_its_own_account_hands_nothing_on() -> None:
    found = handed([*transfer("10:00:00", "shop:amy", "amy"), *talk("10:00:10 lan shop:amy ask")])
    assert found == {"shop:amy": (True, False)}


def test_a_transfer_of_yesterday_is_over() -> None:
    found = handed(
        [*talk("09T23:00:00 lan amy ask"), *transfer("09T23:01:00", "amy", "bea"), *talk("09:00:00 lan bea ask")]
    )
    assert found == {"amy": (False, True), "bea": (False, False)}
