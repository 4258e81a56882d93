"""The settings of a shop's day that the live day needs."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xiaoer.base.days import MICROS_PER_SECOND, Clock
from xiaoer.base.settings import DaySettings
from xiaoer.facts.lines import is_robot

MINUTE_MICROS = 60 * MICROS_PER_SECOND
IN_TIME_MICROS = 180 * MICROS_PER_SECOND
FIRST_HOUR = 8  # of the three-minute share; its last hour ends with the day


@dataclass(frozen=True)
class LiveRules:
    """One local day of a shop with its settings; instants are whole microseconds since 1970 UTC."""

    day: date
    settings: DaySettings
    gap_micros: int = field(init=False)
    cap_micros: int = field(init=False)
    over_cap: str = field(init=False)
    wait_from_last: bool = field(init=False)
    waiting_micros: int = field(init=False)
    robots: frozenset[str] = field(init=False)
    listed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        found = self.settings
        object.__setattr__(self, "gap_micros", found.count("session_gap_seconds") * MICROS_PER_SECOND)
        object.__setattr__(self, "cap_micros", found.count("wait_cap_seconds") * MICROS_PER_SECOND)
        object.__setattr__(self, "over_cap", found.text("wait_over_cap"))
        object.__setattr__(self, "wait_from_last", found.text("wait_from") == "last")
        object.__setattr__(self, "waiting_micros", found.count("live_waiting_minutes") * MINUTE_MICROS)
        object.__setattr__(self, "robots", frozenset(found.items("robot_accounts")))
        listed = found.items("listed_nicks") if found.flag("filter_listed_nicks") else ()
        object.__setattr__(self, "listed", frozenset(listed))

    @property
    def clock(self) -> Clock:
        """Return the shop's clock."""
        return self.settings.clock

    @property
    def span(self) -> tuple[int, int]:
        """Return the instant at which the day starts, and the one at which the next does."""
        return micros_of(self.clock.start_of(self.day)), micros_of(self.clock.start_of(self.day + timedelta(days=1)))

    def counts_in_time(self, opened_at: int) -> bool:
        """Return whether a round opened then is one of the three-minute share."""
        zone = self.clock.zone
        return datetime.fromtimestamp(opened_at // MICROS_PER_SECOND, zone).hour >= FIRST_HOUR

    def counted_wait(self, wait: int) -> int | None:
        """Return a wait as an average counts it: capped, kept, or None when it is left out."""
        if wait <= self.cap_micros or self.over_cap == "keep":
            return wait
        return self.cap_micros if self.over_cap == "cap" else None

    def is_robot(self, account: str) -> bool:
        """Return whether an account is one of the shop's robots."""
        return is_robot(account, self.robots)


def micros_of(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970 UTC."""
    seconds = int(instant.replace(microsecond=0).timestamp())
    return seconds * MICROS_PER_SECOND + instant.microsecond
