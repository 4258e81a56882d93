"""The few moments at which things happen in made-up shops: edges of days, hours and limits, and just beside them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from xiaoer.base.settings import THE_FIRST_DAY, ShopSettings

# New York changes to summer time on the third of these days.
DAYS = tuple(date(2024, 3, day) for day in (8, 9, 10, 11))
MICROSECOND = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
CLOCKS = tuple(time.fromisoformat(text) for text in ("10:00:00", "10:00:00", "00:00:00", "07:59:59", "23:59:59"))
NUDGES = (*[timedelta()] * 4, SECOND, -SECOND, MICROSECOND, -MICROSECOND)


@dataclass(frozen=True)
class Moments:
    """Draws instants (UTC) on the wall clock of one shop."""

    zone: ZoneInfo
    day_starts_at: time

    @classmethod
    def of(cls, settings: ShopSettings) -> "Moments":
        """Return the moments of a shop with these settings."""
        clock = settings.on(THE_FIRST_DAY).clock
        return cls(clock.zone, clock.day_starts_at)

    def on_clock(self) -> st.SearchStrategy[datetime]:
        """Draw an instant at one of the few times of one of the few days."""
        clocks = st.sampled_from((*CLOCKS, self.day_starts_at))
        return st.builds(self._instant, st.sampled_from((DAYS[1], DAYS[1], DAYS[1], *DAYS)), clocks)

    def near(self, instants: list[datetime], steps: tuple[timedelta, ...]) -> st.SearchStrategy[datetime]:
        """Draw an instant a step and perhaps a nudge away from one of these; on the clock when there are none."""
        base = st.sampled_from(instants) if instants else self.on_clock()
        return st.builds(
            lambda instant, step, nudge: instant + step + nudge, base, st.sampled_from(steps), st.sampled_from(NUDGES)
        )

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def seconds(*counts: float) -> tuple[timedelta, ...]:
    """Return these lengths."""
    return tuple(timedelta(seconds=count) for count in counts)


def days(*counts: int) -> tuple[timedelta, ...]:
    """Return these lengths of whole days of 24 hours."""
    return tuple(timedelta(days=count) for count in counts)
