"""The rows of the table that the reader may see and asked for, in the order asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xiaoer.actions.render.page import Cell, For, Page
from xiaoer.actions.report import report
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.performance.state import State
from xiaoer.site.viewer import Viewer

Whose = Mapping[str, object]
Line = tuple[Whose, tuple[Cell, ...]]


@dataclass(frozen=True)
class Lines:
    """A page of the report, and of each of its rows whose it is: the values of its dimensions."""

    page: Page
    whose: tuple[Whose, ...]

    @property
    def metrics(self) -> list[str]:
        """Return the names of the metrics shown, in their order."""
        columns = self.page.shown_to(For.READING).columns
        return [column.name for column in columns if not column.fixed and not column.beside]


def lines_of(shop: Shop, state: State, language: Language, viewer: Viewer) -> Lines:
    """Return the lines; who leads some groups only gets their rows, without the shop's total."""
    groups = viewer.groups("see_team", shop)
    ask = state.ask(shop)
    if groups is not None:
        ask = replace(ask, by=("group", *(one for one in ask.by or ("agent",) if one != "group")))
    page = kept(report, ask, language)
    rows = page.data["rows"]
    assert isinstance(rows, list)
    names = [column.name for column in page.columns if column.fixed]
    lines: list[Line] = [
        ({name: row[name] for name in names}, cells) for row, cells in zip(rows, page.rows, strict=True)
    ]
    if groups is not None:
        lines = [line for line in lines if line[0]["group"] in groups]
        page = replace(page, total=None, data={}, about=(), notes=())
    lines = _ordered(_named(lines, page, state.one("q")), page, state.one("sort"))
    cells = tuple(line[1] for line in lines)
    return Lines(replace(page, rows=cells, charts=page.charts if cells else ()), tuple(line[0] for line in lines))


def _named(lines: list[Line], page: Page, words: str) -> list[Line]:
    """Return the lines of which a heading holds the words."""
    wanted = words.strip().casefold()
    heads = [place for place, column in enumerate(page.columns) if column.fixed]
    return [line for line in lines if any(wanted in line[1][place].text.casefold() for place in heads) or not wanted]


def _ordered(lines: list[Line], page: Page, sort: str) -> list[Line]:
    """Return the lines by a column, from the largest with a minus before its name; what has no figure comes last."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    place = next((at for at, column in enumerate(page.columns) if column.name == name), None)
    if place is None:
        return lines
    known = [line for line in lines if line[1][place].value is not None]
    return sorted(known, key=lambda line: _key(line[1][place]), reverse=down) + [
        line for line in lines if line[1][place].value is None
    ]


def _key(cell: Cell) -> tuple[Decimal, bytes]:
    """Return numbers by their size, everything else by its text: days and instants are written so that this fits."""
    value = cell.value
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)), b""
    return Decimal(0), str(value).encode("gb18030", "replace")  # common characters stand there in the order of sound
