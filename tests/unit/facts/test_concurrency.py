"""Most concurrent sessions, against counting at every instant."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.facts.concurrency import most_concurrent

SESSIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 6)), max_size=25)


@given(SESSIONS)
def test_it_equals_counting_at_every_instant(sessions: list[tuple[int, int, int]]) -> None:
    expected: dict[int, int] = {}
    for owner in {owner for owner, _, _ in sessions}:
        own = [(start, start + length) for who, start, length in sessions if who == owner]
        expected[owner] = max(sum(start <= instant <= end for start, end in own) for instant in range(20))
    columns = np.array(sessions, np.int64).reshape(-1, 3)
    owners, most = most_concurrent(columns[:, 0], columns[:, 1], columns[:, 1] + columns[:, 2])
    assert dict(zip(owners.tolist(), most.tolist(), strict=True)) == expected


def test_sessions_that_touch_in_one_instant_overlap() -> None:
    _, most = most_concurrent(np.array([1, 1]), np.array([0, 10]), np.array([10, 20]))
    assert most.tolist() == [2]
