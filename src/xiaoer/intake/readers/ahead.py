"""Work on the next thing while the last one is used: both cores have something to do, few things are in memory."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def with_work_ahead(things: Iterator[Thing], work: Callable[[Thing], Made]) -> Iterator[tuple[Thing, Made]]:
    """Yield each thing, in order, with what the work makes of it; another thread is one thing ahead."""
    with ThreadPoolExecutor(1) as worker:
        under_way: deque[tuple[Thing, Future[Made]]] = deque()
        for thing in things:
            under_way.append((thing, worker.submit(work, thing)))
            if len(under_way) > 1:
                before, made = under_way.popleft()
                yield before, made.result()
        for before, made in under_way:
            yield before, made.result()
