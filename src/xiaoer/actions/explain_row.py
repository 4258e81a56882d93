"""The row of a report that a figure stands in: of an agent, a group, a role; a month, week, day, weekday or hour."""

from collections.abc import Collection, Mapping
from datetime import date

from xiaoer.actions.role_said import role_said
from xiaoer.actions.wording import word
from xiaoer.base.days import parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.metrics import Dimension, DimensionValue, dimensions_of

HOURS = range(24)
WEEKDAYS = range(1, 8)
PEOPLE = frozenset({Dimension.GROUP, Dimension.ROLE})


def row_of(agent: str | None, day: date | None, of: tuple[tuple[str, str], ...]) -> dict[Dimension, DimensionValue]:
    """Return the values of a row by dimension; a ReportableError names what is none."""
    where: dict[Dimension, DimensionValue] = {} if agent is None else {Dimension.AGENT: agent}
    where |= {} if day is None else {Dimension.DAY: day}
    names = dimensions_of([name for name, _ in of])
    return where | {name: _value(name, text) for name, (_, text) in zip(names, of, strict=True)}


def of_people(where: Collection[Dimension]) -> bool:
    """Return whether a row is of a group or a role of people."""
    return bool(PEOPLE & set(where))


def row_said(where: Mapping[Dimension, DimensionValue], language: Language) -> list[str]:
    """Return what a row is of beside an agent and a day."""
    said = []
    for dimension, value in where.items():
        if dimension not in (Dimension.AGENT, Dimension.DAY):
            text = f"{value:02}:00" if dimension is Dimension.HOUR else str(value)
            text = text[:7] if dimension is Dimension.MONTH else text
            text = word(f"weekday_{value}", language) if dimension is Dimension.WEEKDAY else text
            text = role_said(text, language) if dimension is Dimension.ROLE else text
            said.append(f"{word(f'by_{dimension.value}', language)} {text}")
    return said


def _value(dimension: Dimension, text: str) -> DimensionValue:
    if dimension in (Dimension.WEEK, Dimension.MONTH, Dimension.DAY):
        return parse_day(text, name=dimension.value)
    if dimension not in (Dimension.HOUR, Dimension.WEEKDAY):
        return text
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < len("100") else -1
    if dimension is Dimension.HOUR and number not in HOURS:
        raise ReportableError.of("cli.no_hour", values={"found": text[:20]})
    if dimension is Dimension.WEEKDAY and number not in WEEKDAYS:
        raise ReportableError.of("cli.no_weekday", values={"found": text[:20]})
    return number
