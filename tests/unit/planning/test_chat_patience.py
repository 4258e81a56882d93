"""Patience of chats from who writes on after an answer: made-up truths found again, nothing where there is none."""

import math
import random

import pytest

from xiaoer.planning.need import MeanSeconds, patience_of_writing_on


def chats(seed: int, *, mean: float, share: float = 0.7, number: int = 1500) -> list[tuple[float, bool]]:
    """Return chats answered after exponential waits: who is still there writes on by chance."""
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        wait = chance.expovariate(1 / 60)
        there = math.isinf(mean) or chance.expovariate(1 / mean) > wait
        found.append((wait, there and chance.random() < share))
    return found


def by_trying(seen: list[tuple[float, bool]]) -> tuple[float, float, float]:
    """Return mean, low and high of the likelihood looked at on a grid of rates and shares."""
    rounded = [(round(wait), wrote) for wait, wrote in seen]
    best: dict[float, float] = {}
    for step in range(1, 61):
        rate = step / 6_000
        for share in range(40, 100):
            total = 0.0
            for wait, wrote in rounded:
                writes = share / 100 * math.exp(-rate * wait)
                total += math.log(writes if wrote else 1 - writes)
            best[rate] = max(best.get(rate, -math.inf), total)
    top = max(best.values())
    within = [rate for rate, value in best.items() if value >= top - 1.9207]
    return 1 / max(best, key=lambda rate: best[rate]), 1 / max(within), 1 / min(within)


def found(seen: list[tuple[float, bool]]) -> MeanSeconds:
    made = patience_of_writing_on(seen)
    assert made is not None
    return made


def test_it_is_the_likeliest_mean_with_its_interval() -> None:
    seen = chats(5, mean=240.0, number=400)
    made, (mean, low, high) = found(seen), by_trying(seen)
    assert 1 / made.mean == pytest.approx(1 / mean, abs=1.5 / 6_000)
    assert 1 / made.low == pytest.approx(1 / low, abs=1.5 / 6_000)
    assert 1 / made.high == pytest.approx(1 / high, abs=1.5 / 6_000)
    assert made.ends == sum(not wrote for _, wrote in seen)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = [one.low <= 240.0 <= one.high for one in (found(chats(seed, mean=240.0)) for seed in range(6))]
    assert sum(held) >= 5


def test_nothing_is_said_where_longer_waits_leave_as_many_writing_on() -> None:
    said = [patience_of_writing_on(chats(seed, mean=math.inf)) for seed in range(6)]
    assert sum(one is not None for one in said) <= 1


def test_too_few_chats_or_all_alike_say_nothing() -> None:
    assert patience_of_writing_on([]) is None
    assert patience_of_writing_on(chats(1, mean=60.0, number=199)) is None
    assert patience_of_writing_on([(30.0, True)] * 500) is None
    assert patience_of_writing_on([(30.0, False)] * 500) is None


def test_who_is_answered_the_next_morning_does_not_count() -> None:
    seen = chats(2, mean=200.0)
    assert patience_of_writing_on([*seen, *[(8 * 3600.0, True)] * 300]) == patience_of_writing_on(seen)
