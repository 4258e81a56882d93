from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from xiaoer.base.errors import ReportableError
from xiaoer.base.tables import canonical_tables
from xiaoer.simulator import Simulated, simulate

FIRST = date(2024, 9, 2)
DAYS = 12


@cache
def shop() -> Simulated:
    return simulate(seed=7, first_day=FIRST, days=DAYS, messages=24_000, agents=10)


def utc(local: str) -> datetime:
    return datetime.fromisoformat(local) - timedelta(hours=8)


def test_the_same_seed_gives_the_same_shop_and_another_seed_another() -> None:
    one, same, other = (simulate(seed=seed, first_day=FIRST, days=2, messages=500, agents=4) for seed in (1, 1, 2))
    assert one == same
    assert not one.tables["messages"].equals(other.tables["messages"])


@pytest.mark.parametrize(("messages", "agents", "days"), [(100, 1, 1), (100, 2, 30), (1, 1, 1), (900, 12, 3)])
def test_small_shops_work_too(messages: int, agents: int, days: int) -> None:
    small = simulate(seed=3, first_day=FIRST, days=days, messages=messages, agents=agents)
    assert messages <= small.tables["messages"].num_rows <= messages * 1.15 + 20
    assert small.tables["agents"].num_rows == agents


@pytest.mark.parametrize("wrong", [{"messages": 0}, {"agents": 0}, {"days": 0}])
def test_nothing_to_simulate_is_said_plainly(wrong: dict[str, int]) -> None:
    asked = {"messages": 10, "agents": 2, "days": 2} | wrong
    with pytest.raises(ReportableError) as caught:
        simulate(seed=1, first_day=FIRST, messages=asked["messages"], agents=asked["agents"], days=asked["days"])
    assert caught.value.issues[0].code == "simulator.nothing_to_simulate"


def test_every_table_is_canonical() -> None:
    of_other_tools = {"reported_figures"}
    assert set(shop().tables) == set(canonical_tables()) - of_other_tools
    for name, table in shop().tables.items():
        declared = canonical_tables()[name]
        assert table.schema == declared.schema
        assert table.num_rows > 0, name
        for required in declared.required:
            assert table[required].null_count == 0, (name, required)
        for column in declared.columns:
            if column.choices:
                assert set(table[column.name].unique().to_pylist()) <= {*column.choices, None}
        keys = Counter(zip(*(table[key].to_pylist() for key in declared.key), strict=True))
        assert max(keys.values()) == 1, name


def test_no_two_messages_of_a_buyer_are_of_the_same_second() -> None:
    table = shop().tables["messages"]
    moments = Counter(zip(table["buyer"].to_pylist(), table["sent_at"].to_pylist(), strict=True))
    twice = [key for key, count in moments.items() if count > 1]
    # Whoever chats twice at a time (a colleague, an advertiser) may; buyers with orders never.
    assert not {buyer for buyer, _ in twice} & set(shop().tables["orders"]["buyer"].to_pylist())


def test_whoever_caused_an_order_spoke_before_it() -> None:
    words: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for message in shop().tables["messages"].to_pylist():
        if message["sender"] == "agent":
            words[message["buyer"], message["agent"]].append(message["sent_at"])
    caused = [fact for fact in shop().truth.orders if fact["created_by"] is not None]
    assert len(caused) > 400
    silent_chat = [
        fact
        for fact in caused
        if not any(at <= utc(fact["created_at"]) for at in words[fact["buyer"], fact["created_by"]])
    ]
    assert not silent_chat


def test_money_adds_up_and_times_are_in_order() -> None:
    tables = shop().tables
    lines: dict[str, int] = Counter()
    for line in tables["order_lines"].to_pylist():
        lines[line["order_id"]] += line["quantity"]
    for order in tables["orders"].to_pylist():
        assert len(order["order_id"]) == 19
        assert order["item_count"] == lines[order["order_id"]]
        assert 0 <= order["amount_paid"] <= order["amount_payable"]
        assert (order["paid_at"] is None) == (order["amount_paid"] == 0)
        known = [at for at in (order["created_at"], order["paid_at"], order["shipped_at"], order["received_at"]) if at]
        if order["payment"] == "online":
            assert known == sorted(known)
    paid = {order["order_id"]: order["amount_paid"] for order in tables["orders"].to_pylist()}
    assert all(0 < refund["amount"] <= paid[refund["order_id"]] for refund in tables["refunds"].to_pylist())


def test_nothing_is_known_after_the_last_day() -> None:
    end = utc(str(FIRST + timedelta(days=DAYS)) + " 00:00:00")
    for name, table in shop().tables.items():
        for column in canonical_tables()[name].columns:
            if column.kind == "instant":
                assert all(at is None or at < end for at in table[column.name].to_pylist()), (name, column.name)


def test_noise_breaches_and_gifts_are_told() -> None:
    truth = shop().truth
    assert {fact["reason"] for fact in truth.noise} >= {"advertising", "bulk_message", "own_account", "monologue"}
    texts = dict(zip(*(shop().tables["messages"][name].to_pylist() for name in ("message_id", "text")), strict=True))
    assert truth.breaches
    assert all(texts[fact["message_id"]] == fact["text"] and fact["standards"] for fact in truth.breaches)
    assert {fact["kept"] for fact in truth.gifts} == {True, False}
    assert any(fact["truth"] == "extortion" for fact in truth.chats)


def test_the_figures_are_believable() -> None:
    waits, counted, rounds = _waits()
    assert 22 <= sum(waits) / len(waits) <= 60
    assert 0.85 <= counted / rounds <= 0.99
    orders = [order for order in shop().tables["orders"].to_pylist() if order["created_at"] >= utc(f"{FIRST} 00:00:00")]
    silent = {fact["order_id"] for fact in shop().truth.orders if fact["silent"]}
    sales = sum(order["amount_paid"] for order in orders)
    assert 0.38 <= sum(order["amount_paid"] for order in orders if order["order_id"] in silent) / sales <= 0.62
    assert 0.04 <= shop().tables["refunds"].num_rows / shop().tables["orders"].num_rows <= 0.15


def test_promotion_days_are_busier_and_evenings_busier_than_mornings() -> None:
    local = [at + timedelta(hours=8) for at in shop().tables["messages"]["sent_at"].to_pylist()]
    days, hours = Counter(at.date() for at in local), Counter(at.hour for at in local)
    assert days[date(2024, 9, 9)] > 1.6 * days[date(2024, 9, 4)]
    assert hours[21] > 4 * hours[7] > hours[4]


def _waits() -> tuple[list[float], int, int]:
    """Return waits (600 s at most), rounds answered in three minutes, and all rounds, of chats that are no noise."""
    noise = {(fact["buyer"], fact["agent"]) for fact in shop().truth.noise}
    opened: dict[tuple[str, date], datetime] = {}
    waits, quick, rounds = [], 0, 0
    for message in shop().tables["messages"].to_pylist():
        if (message["buyer"], message["agent"]) in noise or message["agent"].endswith("服务助手"):
            continue
        key, at = (message["buyer"], (message["sent_at"] + timedelta(hours=8)).date()), message["sent_at"]
        if message["sender"] == "buyer" and key not in opened:
            opened[key] = at
            rounds += 1
        elif message["sender"] == "agent" and not message["auto"] and key in opened:
            wait = (at - opened.pop(key)).total_seconds()
            waits.append(min(wait, 600.0))
            quick += wait <= 180
    return waits, quick, rounds
