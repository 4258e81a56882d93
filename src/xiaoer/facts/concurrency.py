"""Most sessions of one agent at one instant: two closed intervals overlap when they share an instant."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def most_concurrent(owner: Ints, start_at: Ints, end_at: Ints) -> tuple[Ints, Ints]:
    """Return the owners in ascending order and for each the largest number of its sessions that share an instant.

    At a session's start the overlapping ones are those that started by then less those that ended before it.
    """
    if len(owner) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    by_start = np.lexsort((start_at, owner))
    by_end = np.lexsort((end_at, owner))
    owners, first = np.unique(owner[by_start], return_index=True)
    started = np.arange(1, len(owner) + 1)
    ended_before = _ended_before(owner[by_start], start_at[by_start], end_at[by_end], first)
    return owners, np.maximum.reduceat(started - ended_before, first)


def _ended_before(owner: Ints, start_at: Ints, end_at_sorted: Ints, first: Ints) -> Ints:
    """Return, for each session by (owner, start), how many sessions before it in that order of owners ended earlier."""
    last = np.append(first[1:], len(owner))
    counts = np.empty(len(owner), np.int64)
    for begin, stop in zip(first, last, strict=True):
        counts[begin:stop] = begin + np.searchsorted(end_at_sorted[begin:stop], start_at[begin:stop], side="left")
    return counts
