"""Spans of agents being online, away or offline, from the events of a queue log; only what each is in now is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from xiaoer.intake.readers.queue_event import Event, instant
from xiaoer.intake.text_rows import TextRow

PRESENCE_HEADER = ("agent", "status", "start_at", "end_at")
LOGINS = {"AGENTLOGIN": True, "AGENTCALLBACKLOGIN": True, "AGENTLOGOFF": False, "AGENTCALLBACKLOGOFF": False}
PAUSES = {"PAUSE": True, "PAUSEALL": True, "UNPAUSE": False, "UNPAUSEALL": False}
EVENTS = frozenset({"ADDMEMBER", "REMOVEMEMBER", *LOGINS, *PAUSES})
EVERY_QUEUE = "NONE"  # what stands for the queue where the event is about all of them


@dataclass
class Member:
    """An agent: the queues it is a member of and whether it is paused in them; logged in, where agents log in."""

    paused: dict[str, bool] = field(default_factory=dict)
    logged_in: bool | None = None
    status: str = ""
    since: int = 0
    line: int = 0

    def take(self, event: Event) -> str:
        """Return what the agent is in once the event has happened."""
        if event.name in LOGINS:
            self.logged_in = LOGINS[event.name]
        elif event.name == "ADDMEMBER":
            self.paused[event.queue] = bool(event.data) and event.data[0] == "PAUSED"
        elif event.name == "REMOVEMEMBER":
            self.paused.pop(event.queue, None)
            if set(self.paused) == {EVERY_QUEUE}:
                self.paused.clear()
        elif event.queue == EVERY_QUEUE:
            self.paused = dict.fromkeys(self.paused or (EVERY_QUEUE,), PAUSES[event.name])
        else:
            self.paused[event.queue] = PAUSES[event.name]
        return self._status()

    def _status(self) -> str:
        if self.logged_in is False or (self.logged_in is None and not self.paused):
            return "offline"
        return "away" if self.paused and all(self.paused.values()) else "online"


@dataclass
class Members:
    """Walks the events in order."""

    agents: dict[str, Member] = field(default_factory=dict)

    def take(self, event: Event) -> Iterator[TextRow]:
        """Yield the span that this event ends."""
        if event.agent is None or event.name not in EVENTS:
            return
        member = self.agents.setdefault(event.agent, Member())
        status = member.take(event)
        if status == member.status:
            return
        if member.status and member.since < event.at:
            yield _span(event.agent, member, end=event.at)
        member.status, member.since, member.line = status, event.at, event.line

    def finish(self) -> Iterator[TextRow]:
        """Yield the spans that the log leaves open."""
        for agent in sorted(self.agents):
            yield _span(agent, self.agents[agent], end=None)


def _span(agent: str, member: Member, *, end: int | None) -> TextRow:
    return TextRow(member.line, (agent, member.status, instant(member.since), instant(end)))
