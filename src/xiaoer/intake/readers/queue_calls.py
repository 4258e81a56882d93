"""Calls put together from the events of a queue log; only calls that are not over are kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xiaoer.base.issues import Issue, Severity
from xiaoer.intake.raw import BadRow, Source
from xiaoer.intake.readers.queue_event import Event, instant
from xiaoer.intake.text_rows import TextRow

CALL_HEADER = (
    "call_id", "queue", "caller", "agent", "offered_at", "answered_at", "ended_at", "abandoned_at", "outcome",
)  # fmt: skip
MOST_OPEN = 100_000  # events of an end are lost sometimes: their calls are given as they are when so many wait
# Where the event tells how long the caller waited before it, and how long the talk was.
ENDED = {"COMPLETEAGENT": (0, 1), "COMPLETECALLER": (0, 1), "TRANSFER": (2, 3), "BLINDTRANSFER": (2, 3)}
ENDED_UNTOLD = frozenset({"ATTENDEDTRANSFER", "AGENTDUMP"})
LEFT = {"ABANDON": 2, "EXITEMPTY": 2, "EXITWITHTIMEOUT": 2, "EXITWITHKEY": 3}


@dataclass(frozen=True, slots=True)
class Call:
    """A caller's visit to a queue; a caller who is sent on to another queue makes another."""

    call: str
    queue: str
    offered: int
    caller: str | None = None
    agent: str | None = None
    answered: int | None = None

    def row(self, line: int, *, ended: int | None = None, abandoned: int | None = None, outcome: str = "") -> TextRow:
        """Return the call as it is known when it is over, or when the log ends."""
        times = (instant(at) for at in (self.offered, self.answered, ended, abandoned))
        call_id = f"{self.call}-{self.queue}-{self.offered // 10**6}"
        return TextRow(line, (call_id, self.queue, self.caller, self.agent, *times, outcome or None))


@dataclass
class Calls:
    """Walks the events in order."""

    source: Source
    waiting: dict[str, tuple[int, Call]] = field(default_factory=dict)
    begun_before: int = 0

    def take(self, event: Event) -> Iterator[TextRow | BadRow]:
        """Yield the call that this event ends."""
        if event.name == "ENTERQUEUE":
            yield from self._give(event.call)
            caller = event.data[1] if len(event.data) > 1 else ""
            call = Call(event.call, event.queue, event.at, caller or None)
            self.waiting[event.call] = (event.line, call)
            if len(self.waiting) > MOST_OPEN:
                yield from self._give(next(iter(self.waiting)))
        elif event.name == "CONNECT":
            call_before = self._call(event, waited=event.seconds(0))
            if call_before is None:
                yield self._bad(event)
                return
            self.waiting[event.call] = (event.line, replace(call_before, answered=event.at, agent=event.agent))
        elif event.name in ENDED or event.name in ENDED_UNTOLD:
            yield self._ended(event)
        elif event.name in LEFT:
            call_left = self._call(event, waited=event.seconds(LEFT[event.name]))
            self.waiting.pop(event.call, None)
            yield call_left.row(event.line, abandoned=event.at, outcome=event.name) if call_left else self._bad(event)

    def finish(self) -> Iterator[TextRow | Issue]:
        """Yield the calls that the log leaves open, and what had to be worked out."""
        for call in list(self.waiting):
            yield from self._give(call)
        if self.begun_before:
            values = {"count": self.begun_before}
            yield Issue("calls.begun_before", Severity.WARNING, self.source.place(), values)

    def _give(self, call: str) -> Iterator[TextRow]:
        if call in self.waiting:
            line, one = self.waiting.pop(call)
            yield one.row(line)

    def _ended(self, event: Event) -> TextRow | BadRow:
        waited_at, talked_at = ENDED.get(event.name, (-1, -1))
        waited, talked = (event.seconds(at) if at >= 0 else None for at in (waited_at, talked_at))
        before = None if waited is None or talked is None else waited + talked
        call = self._call(event, waited=before)
        self.waiting.pop(event.call, None)
        if call is None:
            return self._bad(event)
        if call.answered is None and talked is not None:
            call = replace(call, answered=event.at - talked)
        return replace(call, agent=call.agent or event.agent).row(event.line, ended=event.at, outcome=event.name)

    def _call(self, event: Event, *, waited: int | None) -> Call | None:
        """Return the call, worked out from what the event tells where it began before the log does."""
        if event.call in self.waiting:
            return self.waiting[event.call][1]
        if waited is None:
            return None
        self.begun_before += 1
        return Call(event.call, event.queue, event.at - waited)

    def _bad(self, event: Event) -> BadRow:
        cells = (event.call, event.queue, "", event.agent or "", "", "", instant(event.at) or "", "", event.name)
        issue = Issue("calls.no_beginning", Severity.REJECTED, self.source.place(line=event.line))
        return BadRow(event.line, cells, (issue,))
