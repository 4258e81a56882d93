"""When the search for a roster ends, and who hears of every better one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from xiaoer.actions.plan_roster_words import NONE_KNOWN
from xiaoer.planning.roster import Progress, Watch

SECONDS_BETWEEN = 2.0
Tell = Callable[[float, float, float | None], None]


@dataclass
class Stop:
    """So many seconds, or so many rounds (then input and seed decide the roster), or `end` called from elsewhere.

    `tell` hears seconds past, cost and bound (None: not known) of better rosters, at most every two seconds.
    """

    seconds: float | None = None
    rounds: int | None = None
    seed: int = 0
    tell: Tell | None = None
    stopped: Event = field(default_factory=Event)

    def end(self) -> None:
        """End the search with the best roster so far."""
        self.stopped.set()

    def watch(self) -> Watch:
        """Return the watch of a search that begins now."""
        last = [-SECONDS_BETWEEN]

        def hear(at: Progress) -> None:
            if self.tell is not None and at.seconds - last[0] >= SECONDS_BETWEEN:
                last[0] = at.seconds
                self.tell(at.seconds, at.cost, at.bound if at.bound > NONE_KNOWN else None)

        return Watch(self.seconds, self.rounds, hear, stopped=self.stopped)
