"""Samples are the same for the same seed, stratified evenly; they are shared out fairly and nobody reads their own."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from xiaoer.inspection.sample import Drawn, Way, drawn, shared_out

TALKS = [Drawn(f"2024-09-{1 + at % 28:02d}", f"店:{'甲乙丙'[at % 3]}", f"客{at}") for at in range(60)]


def nobodys(reader: int, one: Drawn) -> bool:
    return False


def test_each_way_draws_as_many_as_it_says() -> None:
    assert sorted(drawn(TALKS, Way.ALL, 0, seed="a")) == sorted(TALKS)
    assert len(drawn(TALKS, Way.SHARE, 5, seed="a")) == 3
    assert len(drawn(TALKS[:7], Way.SHARE, 1, seed="a")) == 1
    assert len(drawn(TALKS, Way.COUNT, 7, seed="a")) == 7
    assert Counter(one.agent for one in drawn(TALKS, Way.AGENT, 4, seed="a")) == {"店:甲": 4, "店:乙": 4, "店:丙": 4}
    assert drawn(TALKS, Way.RISK, 5, seed="a") == TALKS[:5]


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    assert drawn(TALKS, Way.COUNT, 9, seed="a") == drawn(TALKS[::-1], Way.COUNT, 9, seed="a")
    assert drawn(TALKS, Way.COUNT, 9, seed="a") != drawn(TALKS, Way.COUNT, 9, seed="b")


@given(some.integers(1, 5), some.integers(1, 3), some.integers(0, 60))
def test_everybody_has_as_many_as_the_others_give_or_take_one(readers: int, each: int, number: int) -> None:
    shares = shared_out(TALKS[:number], range(readers), each=each, own=nobodys)
    assert len(shares) == number * min(each, readers)
    load = Counter({reader: 0 for reader in range(readers)})
    load.update(one.reader for one in shares)
    assert max(load.values()) - min(load.values()) <= 1
    assert Counter(one.drawn for one in shares if one.counts) == Counter(TALKS[:number])
    assert len({(one.drawn, one.reader) for one in shares}) == len(shares)


def test_nobody_reads_their_own() -> None:
    shares = shared_out(TALKS, [1, 2], own=lambda reader, one: reader == 1 and one.agent == "店:甲")
    assert len(shares) == len(TALKS)
    assert not [one for one in shares if one.reader == 1 and one.drawn.agent == "店:甲"]
    assert shared_out(TALKS[:3], [1], own=lambda reader, one: True) == []
