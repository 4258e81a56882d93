"""Data for scripts, made only when a format asks for it: a table on the screen need not wait for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class LazyData(Mapping[str, object]):
    """The mapping that `make` returns, made once when first read."""

    make: Callable[[], Mapping[str, object]]

    @cached_property
    def made(self) -> Mapping[str, object]:
        """Return the data."""
        return self.make()

    def __getitem__(self, name: str) -> object:
        """Return one part of the data."""
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the parts."""
        return iter(self.made)

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self.made)
