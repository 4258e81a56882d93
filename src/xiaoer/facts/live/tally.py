"""Figures of the day so far as plain sums, that can be added and taken back."""

from dataclasses import dataclass


@dataclass
class Tally:
    """Numerators and denominators of an agent or of the shop."""

    received: int = 0
    replied: int = 0
    rounds: int = 0
    answered: int = 0
    counted: int = 0
    wait_micros: int = 0
    asked_in_hours: int = 0
    in_time: int = 0

    def add(self, other: "Tally", times: int = 1) -> None:
        """Add another's sums; with -1 take them back."""
        self.received += times * other.received
        self.replied += times * other.replied
        self.rounds += times * other.rounds
        self.answered += times * other.answered
        self.counted += times * other.counted
        self.wait_micros += times * other.wait_micros
        self.asked_in_hours += times * other.asked_in_hours
        self.in_time += times * other.in_time
