"""Hand-computed cases that pin the reference itself: presence, calls, groups and after-sale."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.reference.shop import Row, Shop
from tests.reference.shop_report import shop_report
from tests.reference.talk import at, june, order, shop_of, talk
from xiaoer.base.days import Period


def report(shop: Shop, *names: str, by: tuple[str, ...] = ()) -> list[list[Any]]:
    """Return the values of each row of a report over June."""
    rows = shop_report(shop, period=Period(june(1), june(30)), by=by, metrics=names)
    return [list(row.values()) for row in rows]


def stay(agent: str, status: str, start: str, end: str | None) -> Row:
    """Return one row of presence."""
    return {"agent": agent, "status": status, "start_at": at(start), "end_at": at(end) if end else None}


def call(offered: str, answered: str | None = None, ended: str | None = None, **more: Any) -> Row:  # noqa: ANN401
    """Return one call of amy's."""
    times = {"offered_at": offered, "answered_at": answered, "ended_at": ended}
    return {"agent": "amy"} | {name: at(time) if time else None for name, time in times.items()} | more


def test_presence_over_midnight_belongs_to_both_days() -> None:
    shop = shop_of(
        presence=[
            stay("amy", "online", "10T23:00:00", "11T02:00:00"),
            stay("amy", "away", "11T02:00:00", "11T02:30:00"),
        ]
    )
    names = ("online_seconds", "away_seconds", "first_online_at", "last_online_at")
    midnight = at("11T00:00:00")
    assert report(shop, *names, by=("agent", "day")) == [
        ["amy", june(10), 3600, 0, at("10T23:00:00"), midnight],
        ["amy", june(11), 7200, 1800, midnight, at("11T02:00:00")],
    ]
    assert report(shop, *names, by=("agent",)) == [["amy", 10800, 1800, at("10T23:00:00"), at("11T02:00:00")]]


def test_open_presence_lasts_until_the_next_row_or_the_end_of_the_day() -> None:
    rows = [
        stay("amy", "online", "10T09:00:00", None),
        stay("amy", "away", "10T10:00:00", None),
        stay("amy", "online", "10T23:00:00", None),
    ]
    assert report(shop_of(presence=rows), "online_seconds", "away_seconds") == [[7200, 13 * 3600]]
    rows.append(stay("amy", "offline", "12T09:00:00", None))
    assert report(shop_of(presence=rows), "online_seconds", by=("day",)) == [
        [june(10), 7200],
        [june(11), 86400],
        [june(12), 32400],
    ]


def test_online_hours_per_account() -> None:
    rows = [stay("amy", "online", "10T09:00:00", "10T12:00:00"), stay("amy", "online", "10T11:00:00", "10T13:00:00")]
    rows += [stay("bea", "online", "11T09:00:00", "11T11:00:00")]
    assert report(shop_of(presence=rows), "online_hours_per_account") == [[3]]


def test_calls() -> None:
    rows = [
        call("09:00:00", "09:00:20", "09:01:20", wrap_up_seconds=30.0),
        call("09:00:00", "09:00:20.000001", "09:00:40.000001"),
        call("09:05:00", None, None, abandoned_at=at("09:05:05")),
        call("09:06:00", "09:06:10", None),
        call("09:07:00"),
    ]
    shop = shop_of(calls=rows, presence=[stay("amy", "online", "09:00:00", "09:10:00")])
    names = ("offered_calls", "answered_calls", "abandoned_calls", "abandonment_share", "service_level_share")
    assert report(shop, *names) == [[5, 3, 1, Fraction(1, 5), Fraction(2, 5)]]
    assert report(shop, "average_speed_of_answer_seconds") == [[Fraction(50_000_001, 3_000_000)]]
    assert report(shop, "talk_seconds_mean", "handle_seconds_mean") == [[40, 55]]
    assert report(shop, "occupancy_share", by=("agent",)) == [["amy", Fraction(110, 600)]]


def test_groups_and_shop() -> None:
    agents: list[Row] = [
        {"agent": "amy", "group": "pre"},
        {"agent": "bea", "group": "pre"},
        {"agent": "cat", "group": None},
    ]
    text = "10:00:00 lan amy ask\n10:00:00 lan bea ask\n10:00:00 lan cat ask\n10:00:00 mei amy ask"
    shop = shop_of(messages=talk(text), agents=agents)
    assert report(shop, "received_buyers", by=("group",)) == [["pre", 2], [None, 1]]
    assert report(shop, "received_buyers", by=("shop", "hour")) == [["shop", 10, 2]]
    assert report(shop, "received_buyers", by=("agent",)) == [["amy", 2], ["bea", 1], ["cat", 1]]


def test_refunds_of_the_last_28_days() -> None:
    refunds: list[Row] = [
        {"order_id": "1", "requested_at": at(day + "T10:00:00"), "finished_at": None, "disputed": False}
        for day in ("02", "03", "30")
    ]
    refunds[1] |= {
        "finished_at": refunds[1]["requested_at"] + timedelta(hours=3),
        "finished_by": "merchant",
        "disputed": True,
    }
    shop = shop_of(orders=[order("1", None, "10T10:00:00", "10T10:00:00")], refunds=refunds)
    names = ("refund_count", "refund_share", "dispute_share", "self_finished_share", "refund_finish_hours")
    assert report(shop, *names) == [[2, 2, 1, 1, 3]]


def test_satisfaction() -> None:
    ratings: list[Row] = [
        {"buyer": "lan", "agent": "amy", "invited_at": at("10:00:00"), "rated_at": at("10:01:00"), "score": 4.0},
        {"buyer": "mei", "agent": "amy", "invited_at": at("10:00:00"), "rated_at": None, "score": None},
        {"buyer": "kai", "agent": "amy", "invited_at": None, "rated_at": at("10:01:00"), "score": 3.0},
    ]
    text = "\n".join(f"10:00:00 {buyer} amy ask" for buyer in ("lan", "mei", "kai", "pia"))
    shop = shop_of(messages=talk(text), ratings=ratings)
    assert report(shop, "invited_share", "rated_share", "satisfied_share") == [[Fraction(1, 2)] * 3]
