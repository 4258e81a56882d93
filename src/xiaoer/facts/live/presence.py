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
