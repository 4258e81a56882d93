"""Most sessions of one agent at one instant: two closed intervals overlap when they share an instant."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def most_concurrent(owner: Ints, start_at: Ints, end_at: Ints) -> tuple[Ints, Ints]:
    """Return the owners in ascending order and for each the largest number of its sessions that share an instant.

    At a session's start the overlapping ones are those that started by then less those that ended before it. Times are
    compared within an owner only; the fewer they span, the more owners there can be (an OverflowError says when not).
    """
    if len(owner) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    first_owner, first_at = int(owner.min()), int(start_at.min())
    span = int(end_at.max()) - first_at + 1
    np.int64((int(owner.max()) - first_owner + 1) * span)  # owner and time as one number have to fit
    starts = np.sort((owner - first_owner) * span + (start_at - first_at))
    ends = np.sort((owner - first_owner) * span + (end_at - first_at))
    owners, first = np.unique(starts // span, return_index=True)
    started = np.arange(1, len(owner) + 1)
    ended_before = np.searchsorted(ends, starts, side="left")  # all of the owners before: they started before, too
    return owners + first_owner, np.maximum.reduceat(started - ended_before, first)
