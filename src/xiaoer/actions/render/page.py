"""A page: one titled table with its notes, ready for any format; formats add nothing and take nothing away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from xiaoer.actions.render.chart import Chart
from xiaoer.base.language import Language

Value = str | int | float | Decimal | date | datetime | None


class Kind(StrEnum):
    """What a column's cells hold, and so how each format writes them."""

    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    SECONDS = "seconds"
    YUAN = "yuan"


LEFT = frozenset({Kind.TEXT, Kind.DAY, Kind.INSTANT})


@dataclass(frozen=True)
class Column:
    """One column: its name to scripts, its label, unit and meaning to the reader.

    `unit` stands in the heading; `bare_unit` only where cells are bare numbers. `fixed` columns stay in sight.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    help: str = ""
    fixed: bool = False
    bare_unit: str = ""

    @property
    def left(self) -> bool:
        """Return whether cells stand at the left; numbers stand at the right."""
        return self.kind in LEFT

    @property
    def heading(self) -> str:
        """Return the label with the unit of bare numbers."""
        unit = self.unit or self.bare_unit
        if not unit:
            return self.label
        return f"{self.label} ({unit})" if unit.isascii() else f"{self.label}（{unit}）"


@dataclass(frozen=True)
class Cell:
    """One value, as a number for machines and as a text for people, and the state of the figure."""

    value: Value
    text: str
    missed: bool = False
    immature: bool = False


@dataclass(frozen=True)
class Page:
    """One page. `data` is what scripts get as JSON; `about` are the pairs of the page's explanatory sheet.

    `label` names the page among others of a book; `charts` draw columns of its rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    language: Language
    data: Mapping[str, object]
    total: tuple[Cell, ...] | None = None
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = field(default=())
    label: str = ""
    charts: tuple[Chart, ...] = ()

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows and the totals row, where there is one."""
        return self.rows if self.total is None else (*self.rows, self.total)


@dataclass(frozen=True)
class Screen:
    """Where a page is shown: how wide (None: as wide as it likes), whether in colour, at most how many rows."""

    width: int | None = None
    color: bool = False
    most_rows: int | None = None


MISSED_MARK, IMMATURE_MARK = "●", "◐"


def mark_of(cell: Cell) -> str:
    """Return the mark that says a cell's state without colour; empty for most."""
    return (MISSED_MARK if cell.missed else "") + (IMMATURE_MARK if cell.immature else "")
