"""Whether agents are there: what was told of the latest instant holds."""

from typing import NamedTuple


class Stay(NamedTuple):
    """A status from an instant on, and perhaps to one; whole microseconds since 1970 UTC."""

    agent: str
    status: str
    start_at: int
    end_at: int | None


class LivePresence:
    """The latest status of each agent."""

    def __init__(self) -> None:
        self._latest: dict[str, Stay] = {}

    def take(self, stay: Stay) -> None:
        """Take a status; a later telling of the same instant holds."""
        known = self._latest.get(stay.agent)
        if known is None or stay.start_at >= known.start_at:
            self._latest[stay.agent] = stay

    def status(self, agent: str, now: int) -> str | None:
        """Return the status of an agent at an instant; None where it is not known."""
        stay = self._latest.get(agent)
        if stay is None or stay.start_at > now:
            return None
        return "offline" if stay.end_at is not None and stay.end_at <= now else stay.status

    def since(self, agent: str, now: int) -> int | None:
        """Return from when on an agent's status holds at an instant; None where it is not known."""
        stay = self._latest.get(agent)
        if stay is None or stay.start_at > now:
            return None
        return stay.end_at if stay.end_at is not None and stay.end_at <= now else stay.start_at

    def online(self, now: int) -> set[str]:
        """Return who is online at an instant."""
        return {agent for agent in self._latest if self.status(agent, now) == "online"}
