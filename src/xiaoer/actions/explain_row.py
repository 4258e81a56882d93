"""The row of a report that a figure stands in: an agent, a day, a group, a role, a week, a month, an hour."""

from collections.abc import Collection, Mapping
from datetime import date

from xiaoer.actions.wording import word
from xiaoer.base.days import parse_day
from xiaoer.base.errors import ReportableError
from xiaoer.base.language import Language
from xiaoer.metrics import Dimension, DimensionValue, dimensions_of

HOURS = 24
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
            said.append(f"{word(f'by_{dimension.value}', language)} {text}")
    return said


def _value(dimension: Dimension, text: str) -> DimensionValue:
    if dimension in (Dimension.WEEK, Dimension.MONTH, Dimension.DAY):
        return parse_day(text, name=dimension.value)
    if dimension is not Dimension.HOUR:
        return text
    if not (text.isascii() and text.isdecimal() and int(text) < HOURS):
        raise ReportableError.of("cli.no_hour", values={"found": text[:20]})
    return int(text)
