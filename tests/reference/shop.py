"""What the reference is given: one shop's canonical tables and its settings, and the shop's own calendar."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from xiaoer.base.settings import DaySettings, ShopSettings

Row = dict[str, Any]
DAY = timedelta(days=1)


@dataclass
class Shop:
    """One shop: its canonical tables and its dated settings.

    A missing table has no rows, a missing column is unknown. Instants are in UTC. People may have decided whose an
    order is (`credits`), and for a buyer's contact with an account on a day why it is filtered, None: not (`reasons`).
    """

    name: str = "shop"
    tables: dict[str, list[Row]] = field(default_factory=dict)
    settings: ShopSettings = field(default_factory=ShopSettings)
    credits: dict[str, str | None] = field(default_factory=dict)
    reasons: dict[tuple[str, str, date], str | None] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table; empty when there is no such table."""
        return self.tables.get(table, [])

    def settings_on(self, day: date) -> DaySettings:
        """Return the values that hold on a local day, remembered: the walk asks often."""
        if day not in self._settings_by_day:
            self._settings_by_day[day] = self.settings.on(day)
        return self._settings_by_day[day]

    @cached_property
    def _settings_by_day(self) -> dict[date, DaySettings]:
        return {}

    def local(self, instant: datetime) -> datetime:
        """Return the wall clock of the shop at an instant."""
        return instant.astimezone(self.zone)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the shop's zone. It is fixed, so any day's setting tells it."""
        return ZoneInfo(self.settings_on(date(1970, 1, 1)).text("zone"))

    @cached_property
    def day_start(self) -> time:
        """Return the wall-clock time at which a local day starts."""
        return time.fromisoformat(self.settings_on(date(1970, 1, 1)).text("day_starts_at"))

    def day(self, instant: datetime) -> date:
        """Return the local day of an instant: before the day's start it is still yesterday."""
        wall = self.local(instant)
        return wall.date() if wall.time() >= self.day_start else wall.date() - DAY

    def hour(self, instant: datetime) -> int:
        """Return the hour on the wall clock."""
        return self.local(instant).hour

    def start_of_day(self, day: date) -> datetime:
        """Return the instant at which a local day starts, in UTC: Python subtracts times of one zone by wall clock."""
        return datetime.combine(day, self.day_start, self.zone).astimezone(UTC)

    def is_robot(self, account: str, day: date) -> bool:
        """Return whether an account is a robot on a day: listed by its whole name or the part after the colon."""
        return bool({account, account.split(":")[-1]} & set(self.settings_on(day).items("robot_accounts")))
