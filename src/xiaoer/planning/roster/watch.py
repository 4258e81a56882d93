"""When to stop: a deadline, a count of rounds, or somebody's wish; and who is told of every better roster."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event


@dataclass(frozen=True)
class Progress:
    """Where a search stands: seconds since its start, the cost of the best roster so far, the highest bound so far."""

    seconds: float
    cost: float
    bound: float
    step: str


@dataclass
class Watch:
    """Asked often by a search whether to go on. Only what `rounds` ends is the same roster every time."""

    seconds: float | None = None
    rounds: int | None = None
    tell: Callable[[Progress], None] | None = None
    clock: Callable[[], float] = time.monotonic
    stopped: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.began = self.clock()

    @property
    def past(self) -> float:
        """Return the seconds since the start."""
        return self.clock() - self.began

    @property
    def left(self) -> float:
        """Return the seconds left, many if there is no deadline."""
        return 1e9 if self.seconds is None else self.seconds - self.past

    @property
    def over(self) -> bool:
        """Return whether to stop now."""
        return self.stopped.is_set() or self.left <= 0
