"""Work on the next things while the last one is used: every core has something to do, few things are in memory."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def with_work_ahead(things: Iterable[Thing], work: Callable[[Thing], Made]) -> Iterator[tuple[Thing, Made]]:
    """Yield each thing, in order, with what the work makes of it; as many threads as there are cores are ahead.

    The things themselves are taken by the caller's thread alone.
    """
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        under_way: deque[tuple[Thing, Future[Made]]] = deque()
        for thing in things:
            under_way.append((thing, pool.submit(work, thing)))
            if len(under_way) > workers:
                before, made = under_way.popleft()
                yield before, made.result()
        for before, made in under_way:
            yield before, made.result()
