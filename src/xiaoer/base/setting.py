"""One setting of a shop: its kind, its bounds, and the normal form of a value that it takes."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from xiaoer.base.catalog import Declared, Words

_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", re.ASCII)
_NUMBER = re.compile(r"([+-]?\d{1,12}(?:\.\d{1,6})?)\s*([%％]?)", re.ASCII)
_FLAGS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


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
    """One setting: its name, label, kind, default, help, and which values it takes; a count has bounds."""

    name: str
    label: Words
    kind: SettingKind
    default: str
    help: Words
    choices: tuple[str, ...] = ()
    lowest: int = 0
    highest: int = 0


# The message that says which form a value should have.
FORMS: dict[SettingKind, str] = {
    SettingKind.COUNT: "settings.bad_count",
    SettingKind.FLAG: "settings.bad_flag",
    SettingKind.CHOICE: "settings.bad_choice",
    SettingKind.ZONE: "settings.bad_zone",
    SettingKind.TIME_OF_DAY: "settings.bad_time",
}


def form_of(setting: Setting) -> Mapping[str, str | int]:
    """Return what fills in the message about a value's form: the bounds of a count, the choices of a choice."""
    if setting.kind is SettingKind.COUNT:
        return {"lowest": setting.lowest, "highest": setting.highest}
    return {"choices": ", ".join(setting.choices)} if setting.kind is SettingKind.CHOICE else {}


def normal_value(setting: Setting, value: str) -> str | None:
    """Return the value in its normal form, or None when the setting does not take it."""
    return _READ[setting.kind](setting, value.strip())


def normal_target(value: str, *, share: bool) -> str | None:
    """Return a target as a plain number, empty for none; 95% is 0.95 where a share is meant; None for anything else."""
    if not value.strip():
        return ""
    match = _NUMBER.fullmatch(value.strip())
    if match is None or (match[2] and not share):
        return None
    return f"{(Decimal(match[1]) / 100).normalize():f}" if match[2] else match[1].removeprefix("+")


def _count(setting: Setting, value: str) -> str | None:
    if not _WHOLE.fullmatch(value):
        return None
    return str(int(value)) if setting.lowest <= int(value) <= setting.highest else None


def _zone(_: Setting, value: str) -> str | None:
    return value if value in _zones() else None


@cache
def _zones() -> frozenset[str]:
    """Return the names of zones; ZoneInfo would also take files that are zones to nobody else (right/Asia/Shanghai)."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def _time_of_day(_: Setting, value: str) -> str | None:
    match = _CLOCK_TIME.fullmatch(value)
    return match and f"{int(match[1]):02}:{match[2]}"


def _text(_: Setting, value: str) -> str | None:
    return value


_READ: dict[SettingKind, Callable[[Setting, str], str | None]] = {
    SettingKind.COUNT: _count,
    SettingKind.FLAG: lambda _, value: _FLAGS.get(value.lower()),
    SettingKind.CHOICE: lambda setting, value: value if value in setting.choices else None,
    SettingKind.ZONE: _zone,
    SettingKind.TIME_OF_DAY: _time_of_day,
    SettingKind.TEXT: _text,
    SettingKind.LIST: _text,
}
