"""Krippendorff's alpha against what was published, against a slow definition, and where there is nothing to say."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as some

from xiaoer.inspection.agreement import alpha

# Krippendorff 2011, C: nominal data, four observers, missing values; the published value is 0.743.
PUBLISHED = (
    (1, 1, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4), (1, 1, 2, 1),
    (2, 2, 2, 2), (5, 5, 5), (1, 1), (3,),
)  # fmt: skip
# The same paper, A: two observers, ten units, binary; the published value is 0.095.
BINARY = tuple(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))
# B: two observers, twelve units, nominal; the published value is 0.692.
NOMINAL = tuple(zip("aabbdcccedda", "babbbccceddd", strict=True))


def test_the_published_values() -> None:
    assert round(float(alpha(PUBLISHED) or 0), 3) == 0.743
    assert round(float(alpha(BINARY) or 0), 3) == 0.095
    assert round(float(alpha(NOMINAL) or 0), 3) == 0.692


def test_nothing_to_say() -> None:
    assert alpha([]) is None
    assert alpha([(1,), (2,)]) is None
    assert alpha([(1, 1), (1, 1)]) is None
    assert alpha([(1, 1), (2, 2)]) == 1
    assert alpha([(1, 2), (2, 1)]) == Fraction(-1, 2)


def slow(units: list[list[int]]) -> Fraction | None:
    """Return alpha by its definition: observed over expected disagreement, pair by pair."""
    judged = [one for one in units if len(one) > 1]
    values = [value for one in judged for value in one]
    if len(set(values)) < 2:
        return None
    observed = sum(Fraction(sum(a != b for a, b in permutations(one, 2)), len(one) - 1) for one in judged)
    expected = Fraction(sum(a != b for a, b in permutations(values, 2)), len(values) - 1)
    return 1 - Fraction(observed, len(values)) / (expected / len(values))


@given(some.lists(some.lists(some.integers(0, 3), max_size=4), max_size=8))
def test_it_is_the_definition(units: list[list[int]]) -> None:
    assert alpha(units) == slow(units)
