"""How often a token may ask: so many requests in a minute, counted in this process."""

import time
from dataclasses import dataclass, field
from threading import Lock

MINUTE = 60


@dataclass
class Limit:
    """At most `most` requests of one token in each minute of the clock."""

    most: int
    minute: int = 0
    counts: dict[int, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def wait(self, token: int, *, now: float | None = None) -> int:
        """Return 0 when the token may ask now, and count it; else how many seconds it should wait."""
        at = time.time() if now is None else now
        with self.lock:
            if int(at // MINUTE) != self.minute:
                self.minute, self.counts = int(at // MINUTE), {}
            if self.counts.get(token, 0) >= self.most:
                return MINUTE - int(at % MINUTE)
            self.counts[token] = self.counts.get(token, 0) + 1
        return 0
