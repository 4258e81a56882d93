"""Calls by interval are the reference's, whatever the shop's zone, the start of its day and the interval."""

from collections import defaultdict
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.generative.canonical import canonical
from tests.generative.shops import periods, shops
from tests.reference.calls import Call, calls_of
from tests.reference.shop import Shop
from xiaoer.base.days import Period
from xiaoer.facts.relations import relations_of
from xiaoer.metrics import CallCounts, CallInterval, added_up, call_intervals, intervals_step


@given(
    shop=shops(), period=periods(), minutes=st.sampled_from((15, 30, 60)), queue=st.sampled_from((None, "pre", "none"))
)
def test_intervals_have_the_reference_s_counts(shop: Shop, period: Period, minutes: int, queue: str | None) -> None:
    starts = shop.day_start.hour * 60 + shop.day_start.minute
    with relations_of(canonical(shop), shop.settings, policy="order_first") as engine:
        rows = engine.query([intervals_step(period, minutes=minutes, queue=queue)]).to_pylist()
    asked = [one for one in calls_of(shop) if period.first <= one.day <= period.last and queue in (None, one.queue)]
    found = call_intervals(rows, day_starts_at=starts)
    assert found == expected(asked, minutes=minutes, starts=starts)
    assert added_up(found).offered == len(asked)


def expected(calls: list[Call], *, minutes: int, starts: int) -> list[CallInterval]:
    places = defaultdict(list)
    for one in calls:
        places[one.day, one.minute // minutes * minutes].append(one)
    ordered = sorted(places, key=lambda place: (place[0], (place[1] - starts) % 1440))
    return [CallInterval(day, minute, counts(places[day, minute])) for day, minute in ordered]


def counts(calls: list[Call]) -> CallCounts:
    return CallCounts(
        offered=len(calls),
        answered=sum(one.answered for one in calls),
        in_time=sum(one.within_service_level for one in calls),
        abandoned=sum(one.abandoned for one in calls),
        abandoned_early=sum(one.abandoned_early for one in calls),
        wait_micros=micros([one.wait for one in calls if one.wait is not None]),
        handled=sum(one.handle is not None for one in calls),
        handle_micros=micros([one.handle for one in calls if one.handle is not None]),
    )


def micros(lengths: list[timedelta]) -> int:
    return sum(lengths, timedelta()) // timedelta(microseconds=1)
