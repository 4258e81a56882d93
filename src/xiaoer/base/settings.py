"""Dated settings of a shop: what each is, and which value holds on a local day."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from xiaoer.base.catalog import Catalog, Declared
from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names
from xiaoer.base.setting import FORMS, Setting, form_of, normal_target, normal_value

TARGET_PREFIX = "target."
THE_FIRST_DAY = date(1970, 1, 1)


class _SettingFile(Declared):
    settings: tuple[Setting, ...]


@cache
def declared_settings() -> dict[str, Setting]:
    """Return every declared setting by name, in the order of the catalog."""
    return {setting.name: setting for setting in Catalog().load_one("settings.yaml", _SettingFile).settings}


@dataclass(frozen=True, order=True)
class DatedValue:
    """One value of a setting, holding from a local day on until the next; written in the order of `seq`."""

    name: str
    from_date: date
    seq: int
    value: str


@dataclass(frozen=True)
class DaySettings:
    """The values that hold on one local day: text by name, with a typed reader for each kind."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return the value as it is written."""
        return self.values[name]

    def count(self, name: str) -> int:
        """Return the value as a whole number."""
        return int(self.values[name])

    def flag(self, name: str) -> bool:
        """Return the value as yes or no."""
        return self.values[name] == "true"

    def items(self, name: str) -> tuple[str, ...]:
        """Return the value as a list of trimmed, non-empty texts."""
        return tuple(part.strip() for part in self.values[name].replace("，", ",").split(",") if part.strip())

    @property
    def clock(self) -> Clock:
        """Return the shop's clock."""
        return Clock(ZoneInfo(self.values["zone"]), time.fromisoformat(self.values["day_starts_at"]))


@dataclass(frozen=True)
class ShopSettings:
    """All dated values of one shop; what is not set has the catalog's default."""

    dated: tuple[DatedValue, ...] = ()

    def on(self, day: date) -> DaySettings:
        """Return the values that hold on a local day: one thing for all days on which the same do."""
        from_dates, holding = self._in_turn
        return holding[bisect_right(from_dates, day) - 1]

    @cached_property
    def _in_turn(self) -> tuple[list[date], list[DaySettings]]:
        """Return the days on which something changes, ascending, and what holds from each of them on."""
        values = {setting.name: setting.default for setting in declared_settings().values()}
        from_dates, holding = [date.min], [DaySettings(values)]
        for value in sorted(self.dated, key=lambda value: (value.from_date, value.seq)):
            values = {**values, value.name: value.value}
            if value.from_date > from_dates[-1]:
                from_dates.append(value.from_date)
                holding.append(holding[-1])
            holding[-1] = DaySettings(values)
        return from_dates, holding

    def supposing(self, values: Mapping[str, str]) -> "ShopSettings":
        """Return the settings as they would be had these values always held."""
        kept = tuple(value for value in self.dated if value.name not in values)
        return ShopSettings((*kept, *(DatedValue(name, THE_FIRST_DAY, 0, value) for name, value in values.items())))

    @property
    def clock(self) -> Clock:
        """Return the shop's clock; its settings hold for all days (they are set before the first import)."""
        return self.on(date.max).clock

    def targets(self, day: date) -> dict[str, str]:
        """Return the targets that hold on a local day: metric name → number as text."""
        values = self.on(day).values
        return {
            name.removeprefix(TARGET_PREFIX): value
            for name, value in values.items()
            if name.startswith(TARGET_PREFIX) and value
        }


def check_setting(name: str, value: str, *, metrics: Iterable[str] = (), shares: Collection[str] = ()) -> str:
    """Return the value in its normal form; a ReportableError says what is wrong with the name or the value.

    `target.<metric>` sets a metric's target (a number, or empty for none); its metric must be one of `metrics`.
    The target of one of the `shares` may be written as a percentage.
    """
    if name.startswith(TARGET_PREFIX):
        return _check_target(name, value, metrics=metrics, shares=shares)
    setting = declared_settings().get(name)
    if setting is None:
        known = [*declared_settings(), *(TARGET_PREFIX + metric for metric in metrics)]
        near = ", ".join(near_names(name, known))
        raise ReportableError.of("settings.unknown", values={"name": name[:40], "near": near})
    normal = normal_value(setting, value)
    if normal is None:
        values = {"name": name, "found": value[:40], **form_of(setting)}
        raise ReportableError.of(FORMS[setting.kind], values=values)
    return normal


def _check_target(name: str, value: str, *, metrics: Iterable[str], shares: Collection[str]) -> str:
    known = list(metrics)
    metric = name.removeprefix(TARGET_PREFIX)
    if metric not in known:
        near = ", ".join(TARGET_PREFIX + near for near in near_names(metric, known))
        raise ReportableError.of("settings.unknown", values={"name": name[:60], "near": near})
    normal = normal_target(value, share=metric in shares)
    if normal is None:
        code = "settings.bad_share" if metric in shares else "settings.bad_number"
        raise ReportableError.of(code, values={"name": name, "found": value[:40]})
    return normal
