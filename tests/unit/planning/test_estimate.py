"""Patience and handle times from what was seen, with intervals."""

import math
import random

import pytest

from xiaoer.planning.need import by_contacts_in_hand, exponential_mean, kaplan_meier, patience, worth_taking


def test_who_was_answered_only_waited_at_least_so_long() -> None:
    found = patience([(30.0, True), (10.0, False), (50.0, True), (10.0, False)])
    assert (found.mean, found.ends) == (50.0, 2)
    assert found.low < found.mean < found.high
    assert exponential_mean(100.0, 0).mean == math.inf


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw = random.Random(5)
    held = 0
    for _ in range(400):
        total = sum(draw.expovariate(1 / 80) for _ in range(12))
        found = exponential_mean(total, 12)
        held += found.low <= 80 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_the_share_still_waiting_falls_where_somebody_gave_up() -> None:
    steps = kaplan_meier([(5.0, True), (7.0, False), (9.0, True), (9.0, False), (12.0, True)])
    assert [step.seconds for step in steps] == [5.0, 9.0, 12.0]
    assert [step.share for step in steps] == pytest.approx([0.8, 0.8 * 2 / 3, 0.0])
    assert all(step.low <= step.share <= step.high for step in steps)


def test_without_anybody_answered_it_is_the_plain_share() -> None:
    waits = [(float(second), True) for second in range(1, 11)]
    assert [round(step.share, 9) for step in kaplan_meier(waits)] == [round(1 - n / 10, 9) for n in range(1, 11)]


def test_handle_times_are_seconds_in_hand_by_ends_at_that_many() -> None:
    spans = [("a", 100.0 * n, 100.0 * n + 60) for n in range(40)]  # one at a time: 60 s
    spans += [("b", 1000.0 * n, 1000.0 * n + 90) for n in range(40)] + [
        ("b", 1000.0 * n, 1000.0 * n + 90.5) for n in range(40)
    ]
    found = by_contacts_in_hand(spans, most=3)
    assert [one.ends for one in found] == [80, 40]
    assert found[0].mean == pytest.approx((40 * 60 + 40 * 0.5) / 80)
    assert found[1].mean == pytest.approx(180.0)


def test_levels_with_few_ends_go_with_the_one_before_and_none_is_made_up() -> None:
    spans = [("a", 100.0 * n, 100.0 * n + 60) for n in range(40)] + [("a", 10.0, 20.0)]
    found = by_contacts_in_hand(spans, most=5)
    assert len(found) == 2 and found[0] == found[1]
    assert by_contacts_in_hand([], most=5) == []


def test_another_contact_is_worth_taking_while_more_are_finished_per_hour() -> None:
    means = [exponential_mean(seconds * 50, 50) for seconds in (100.0, 150.0, 400.0)]
    assert worth_taking(means) == 2
    assert worth_taking(means[:1]) == 1
