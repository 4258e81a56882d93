"""Spearman's ρ and its p-value: known sums, all orders tried, the t density added up, published limits."""

from fractions import Fraction
from random import Random

import pytest

from tests.reference.rank_correlation import p_value_of_all_orders, p_value_of_t, spearman
from xiaoer.metrics.rank_correlation import RankCorrelation, centred_ranks, incomplete_beta, rank_correlation


def correlated(left: list[int], right: list[int]) -> RankCorrelation:
    return rank_correlation([(Fraction(one), Fraction(other)) for one, other in zip(left, right, strict=True)])


def made(pairs: int, *, seed: int, pull: int) -> tuple[list[int], list[int]]:
    """Return two lists with ties; the second falls with the first as strongly as `pull` says."""
    random = Random(seed)
    left = [random.randrange(pairs) for _ in range(pairs)]
    return left, [random.randrange(pairs) - pull * one for one in left]


def test_ties_share_the_mean_of_their_ranks() -> None:
    # Ranks 1, 2.5, 2.5, 4 less their mean 2.5, doubled.
    assert centred_ranks([Fraction(one) for one in (3, 7, 7, 9)]) == [-3, 0, 0, 3]


def test_equal_shares_of_other_counts_are_a_tie() -> None:
    assert centred_ranks([Fraction(1, 3), Fraction(2, 6), Fraction(1, 2)])[0] == centred_ranks(
        [Fraction(2, 6), Fraction(1, 3), Fraction(1, 2)]
    )[0]  # fmt: skip


def test_a_sum_by_hand() -> None:
    # d² = 4, 1, 1, 4, 0: ρ = 1 − 6 · 10 ÷ (5 · 24)
    assert correlated([1, 2, 3, 4, 5], [3, 1, 4, 2, 5]).rho == pytest.approx(0.5)


def test_the_opposite_order_of_five() -> None:
    found = correlated([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])
    assert (found.rho, found.p_value) == (-1, 2 / 120)


@pytest.mark.parametrize("pairs", range(2, 9))
@pytest.mark.parametrize("pull", [0, 1])
def test_few_pairs_are_exact(pairs: int, pull: int) -> None:
    left, right = made(pairs, seed=pairs, pull=pull)
    found, rho = correlated(left, right), spearman(left, right)
    assert found.rho == (None if rho is None else pytest.approx(rho, abs=1e-12))
    if rho is not None:
        assert found.p_value == p_value_of_all_orders(left, right)


@pytest.mark.parametrize("pairs", [10, 11, 30, 101])
@pytest.mark.parametrize("pull", [0, 1])
def test_many_pairs_follow_student_s_t(pairs: int, pull: int) -> None:
    left, right = made(pairs, seed=pairs, pull=pull)
    found, rho = correlated(left, right), spearman(left, right)
    assert rho is not None
    assert found.rho == pytest.approx(rho, abs=1e-12)
    assert found.p_value == pytest.approx(p_value_of_t(rho, pairs), rel=1e-6)


def test_exact_and_t_meet_where_one_takes_over() -> None:
    left, right = made(9, seed=4, pull=1)
    found = correlated(left, right)
    assert found.rho is not None
    assert found.p_value == pytest.approx(p_value_of_t(found.rho, 9), abs=0.02)


def test_student_s_published_limits() -> None:
    """t with 10 degrees of freedom is beyond ±2.228 in 5 % and beyond ±3.169 in 1 % of cases."""
    for limit, share in ((2.228, 0.05), (3.169, 0.01)):
        assert incomplete_beta(10 / (10 + limit**2), 5, 0.5) == pytest.approx(share, abs=2e-5)


def test_no_relation_and_a_perfect_one() -> None:
    assert correlated([1, 2] * 10, [1, 1, 2, 2] * 5).p_value == pytest.approx(1)
    assert correlated(list(range(20)), list(range(20))).p_value == 0


def test_a_side_that_never_changes_has_none() -> None:
    assert correlated([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]) == RankCorrelation(5, None, None)
    assert correlated([], []) == RankCorrelation(0, None, None)


def test_the_order_of_pairs_changes_nothing() -> None:
    left, right = made(40, seed=3, pull=1)
    order = Random(1).sample(range(40), 40)
    assert correlated(left, right) == correlated([left[at] for at in order], [right[at] for at in order])
