"""A page: one titled table with its notes, ready for any format; formats add nothing and take nothing away."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    POINTS = "points"
    CHANGE = "change"
    SECONDS = "seconds"
    YUAN = "yuan"


LEFT = frozenset({Kind.TEXT, Kind.DAY, Kind.INSTANT})


class For(StrEnum):
    """For whom a column is: readers have things said briefly, sheets have each exact number in its own cell."""

    ALL = "all"
    READING = "reading"
    SHEETS = "sheets"


@dataclass(frozen=True)
class Column:
    """One column: its name to scripts, its label, unit and meaning to the reader.

    `unit` stands in the heading; `bare_unit` only where cells are bare numbers. `fixed` columns stay in sight;
    one `beside` another belongs to the column at its left.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    help: str = ""
    fixed: bool = False
    bare_unit: str = ""
    shown: For = For.ALL
    beside: bool = False

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
    """One value, as a number for machines and as a text for people, and the state of the figure.

    `hint` says more of the state where a format has room for it; `worse` is a comparison that turned out badly.
    """

    value: Value
    text: str
    missed: bool = False
    immature: bool = False
    corrected: bool = False
    few: bool = False
    worse: bool = False
    hint: str = ""


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

    def shown_to(self, whom: For) -> "Page":
        """Return the page with the columns that are for readers or for sheets."""
        kept = [place for place, column in enumerate(self.columns) if column.shown in (For.ALL, whom)]
        if len(kept) == len(self.columns):
            return self

        def narrow(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
            return tuple(cells[place] for place in kept)

        columns = tuple(self.columns[place] for place in kept)
        total = None if self.total is None else narrow(self.total)
        return replace(self, columns=columns, rows=tuple(map(narrow, self.rows)), total=total)


@dataclass(frozen=True)
class Screen:
    """Where a page is shown: how wide (None: as wide as it likes), whether in colour, at most how many rows."""

    width: int | None = None
    color: bool = False
    most_rows: int | None = None


MISSED_MARK, IMMATURE_MARK, CORRECTED_MARK, FEW_MARK = "●", "◐", "✎", "◌"


def states_of(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Return the name and the mark of each state that a cell is in; none for most."""
    if not (cell.missed or cell.immature or cell.corrected or cell.few):
        return ()
    states = (
        ("missed", MISSED_MARK, cell.missed), ("immature", IMMATURE_MARK, cell.immature),
        ("corrected", CORRECTED_MARK, cell.corrected), ("few", FEW_MARK, cell.few),
    )  # fmt: skip
    return tuple((name, mark) for name, mark, holds in states if holds)


def mark_of(cell: Cell) -> str:
    """Return the marks that say a cell's state without colour; empty for most."""
    return "".join(mark for _, mark in states_of(cell))
