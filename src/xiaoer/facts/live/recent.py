"""Things by the minute of their instant, so that the latest ones are found without looking at all."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from xiaoer.facts.live.rules import MINUTE_MICROS

Thing = TypeVar("Thing", bound=Hashable)


class Recent(Generic[Thing]):
    """Each thing once, under its latest instant."""

    def __init__(self) -> None:
        self._at: dict[Thing, int] = {}
        self._by_minute: dict[int, set[Thing]] = {}

    def __len__(self) -> int:
        return len(self._at)

    def put(self, thing: Thing, at: int | None) -> None:
        """Note the instant of a thing; None: it is there no more."""
        before = self._at.pop(thing, None)
        if before is not None:
            minute = self._by_minute[before // MINUTE_MICROS]
            minute.discard(thing)
            if not minute:
                del self._by_minute[before // MINUTE_MICROS]
        if at is not None:
            self._at[thing] = at
            self._by_minute.setdefault(at // MINUTE_MICROS, set()).add(thing)

    def after(self, at: int) -> Iterator[tuple[Thing, int]]:
        """Yield what has a later instant than this one, in no order."""
        first = at // MINUTE_MICROS
        for minute, things in self._by_minute.items():
            if minute >= first:
                for thing in things:
                    if self._at[thing] > at:
                        yield thing, self._at[thing]
