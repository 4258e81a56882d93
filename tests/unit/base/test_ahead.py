import os
import threading
from collections.abc import Iterator

import pytest

from xiaoer.base.ahead import with_work_ahead


def test_things_come_in_order_with_what_another_thread_makes_of_them() -> None:
    def work(thing: int) -> tuple[int, bool]:
        return thing * thing, threading.current_thread() is threading.main_thread()

    found = list(with_work_ahead(range(20), work))
    assert found == [(thing, (thing * thing, False)) for thing in range(20)]


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for thing in range(10_000):
            taken.append(thing)
            yield thing

    assert next(with_work_ahead(things(), str)) == (0, "0")
    assert len(taken) == (os.cpu_count() or 1) + 1


def test_what_goes_wrong_in_the_work_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(with_work_ahead([1, 0], lambda thing: 1 // thing))
