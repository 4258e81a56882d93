"""Figures as doors: which cells of the table lead to an explanation, and to which."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoer.actions.render.page import For
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.performance.lines import Lines, Whose

EXPLAINED = frozenset({"agent", "day", "group", "role"})  # a row of these, with an agent or a day, is one question
TOTAL = "total"


@dataclass(frozen=True)
class Figure:
    """One cell, and the name of its door; empty for none."""

    shown: Shown
    door: str


def figures_of(lines: Lines) -> tuple[list[list[Figure]], list[Figure] | None]:
    """Return the table's rows and totals with their doors: `row.column`, as the table stands there."""
    page = lines.page.shown_to(For.READING)
    table = table_of(page)
    metrics = [at for at, column in enumerate(page.columns) if not column.fixed and not column.beside]

    def row(name: str, cells: tuple[Shown, ...], *, leads: bool) -> list[Figure]:
        return [Figure(cell, f"{name}.{at}" if leads and at in metrics else "") for at, cell in enumerate(cells)]

    rows = [
        row(str(number), cells, leads=question_of(whose) is not None)
        for number, (cells, whose) in enumerate(zip(table.rows, lines.whose, strict=True))
    ]
    return rows, None if table.total is None else row(TOTAL, table.total, leads=True)


def behind(lines: Lines, door: str) -> dict[str, str] | None:
    """Return the metric, agent and day of a door; None where there is none of this name."""
    name, _, column = door.partition(".")
    columns = lines.page.shown_to(For.READING).columns
    if not column.isdecimal() or int(column) >= len(columns):
        return None
    whose: Whose = {}
    if name != TOTAL:
        if not name.isdecimal() or int(name) >= len(lines.whose):
            return None
        whose = lines.whose[int(name)]
    elif lines.page.total is None:
        return None
    asked = question_of(whose)
    metric = columns[int(column)]
    return None if asked is None or metric.fixed or metric.beside else {"figure": metric.name, **asked}


def question_of(whose: Mapping[str, object]) -> dict[str, str] | None:
    """Return which agent and day a row is of; None for rows that no single question is about."""
    if not set(whose) <= EXPLAINED or any(whose[name] is None for name in ("agent", "day") if name in whose):
        return None
    if {"group", "role"} & set(whose) and "agent" not in whose:
        return None
    return {name: str(whose[name]) for name in ("agent", "day") if name in whose}
