"""Dated settings of a shop: what each is, and which value holds on a local day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiaoer.base.catalog import Catalog, Declared, Words
from xiaoer.base.days import Clock
from xiaoer.base.errors import ReportableError
from xiaoer.base.near_names import near_names

TARGET_PREFIX = "target."
THE_FIRST_DAY = date(1970, 1, 1)


class SettingKind(StrEnum):
    """How a setting's text is read."""

    TEXT = "text"
    LIST = "list"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    ZONE = "zone"
    TIME_OF_DAY = "time_of_day"


class Setting(Declared):
    """One setting: its name, kind, default and help."""

    name: str
    kind: SettingKind
    default: str
    help: Words
    choices: tuple[str, ...] = ()


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
        """Return the values that hold on a local day."""
        values = {setting.name: setting.default for setting in declared_settings().values()}
        holding = [value for value in self.dated if value.from_date <= day]
        for value in sorted(holding, key=lambda value: (value.from_date, value.seq)):
            values[value.name] = value.value
        return DaySettings(values)

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


def check_setting(name: str, value: str, *, metrics: Iterable[str] = ()) -> str:
    """Return the value in its normal form; a ReportableError says what is wrong with the name or the value.

    `target.<metric>` sets a metric's target (a number, or empty for none); its metric must be one of `metrics`.
    """
    if name.startswith(TARGET_PREFIX):
        return _check_target(name, value, metrics=metrics)
    setting = declared_settings().get(name)
    if setting is None:
        near = ", ".join(near_names(name, declared_settings())) or "–"
        raise ReportableError.of("settings.unknown", values={"name": name, "near": near})
    try:
        return _normal_value(setting, value.strip())
    except (ValueError, ZoneInfoNotFoundError):
        raise ReportableError.of(
            "settings.bad_value",
            values={"name": name, "found": value[:40], "expected": ", ".join(setting.choices) or setting.kind.value},
        ) from None


def _normal_value(setting: Setting, value: str) -> str:
    match setting.kind:
        case SettingKind.COUNT:
            number = int(value)
            if number < 0:
                raise ValueError
            return str(number)
        case SettingKind.FLAG:
            return {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}[
                _known(value.lower(), ("true", "yes", "1", "false", "no", "0"))
            ]
        case SettingKind.CHOICE:
            return _known(value, setting.choices)
        case SettingKind.ZONE:
            return ZoneInfo(value).key
        case SettingKind.TIME_OF_DAY:
            return time.fromisoformat(value).strftime("%H:%M")
        case SettingKind.TEXT | SettingKind.LIST:
            return value


def _known(value: str, choices: Iterable[str]) -> str:
    if value not in choices:
        raise ValueError
    return value


def _check_target(name: str, value: str, *, metrics: Iterable[str]) -> str:
    known = list(metrics)
    metric = name.removeprefix(TARGET_PREFIX)
    if metric not in known:
        near = ", ".join(TARGET_PREFIX + near for near in near_names(metric, known)) or "–"
        raise ReportableError.of("settings.unknown", values={"name": name, "near": near})
    try:
        number = Decimal(value) if value.strip() else Decimal(0)
        if not number.is_finite():
            raise InvalidOperation
        return value.strip()
    except InvalidOperation:
        raise ReportableError.of(
            "settings.bad_value", values={"name": name, "found": value[:40], "expected": "number"}
        ) from None
