"""Figures as doors: which cells of the table lead to an explanation, and to which."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xiaoer.actions.render.page import For
from xiaoer.site.models import Shop
from xiaoer.site.pages.table import Shown, table_of
from xiaoer.site.performance.lines import Lines, Whose

FURTHER = (
    "group",
    "role",
    "week",
    "month",
    "weekday",
    "hour",
)  # in an address with `in_` before: `month` is taken by the days
ASKED = ("figure", "agent", "day", *(f"in_{name}" for name in FURTHER))  # what the address of a figure says
EXPLAINED = frozenset({"agent", "day", "shop", *FURTHER})
TOTAL = "total"


@dataclass(frozen=True)
class Figure:
    """One cell with the name of its door, or with the address that it leads to; both empty for none."""

    shown: Shown
    door: str
    leads_to: str = ""

    @property
    def inside(self) -> SafeString:
        """Return the cell as HTML in the form of doors, where every figure stands at the right anyway."""
        classes = " ".join(one for one in self.shown.classes.split() if one != "number")
        return self.shown.with_text(self._text('<button name="of" value="{}">{}</button>'), classes)

    @property
    def apart(self) -> SafeString:
        """Return the cell as HTML where the form of doors is elsewhere on the page."""
        text = self._text('<button name="of" value="{}" form="doors">{}</button>')
        return self.shown.with_text(text, self.shown.classes)

    def _text(self, door: str) -> str:
        if self.leads_to:
            return format_html('<a href="{}">{}</a>', self.leads_to, self.shown.text)
        return format_html(door, self.door, self.shown.text) if self.door else self.shown.text


def figures_of(
    lines: Lines, shop: Shop, month: str, part: slice = slice(None)
) -> tuple[list[list[Figure]], list[Figure] | None]:
    """Return some of the table's rows and its totals with their doors, `row.column` of the whole table.

    Agents' names lead to their pages of a month.
    """
    page = lines.page.shown_to(For.READING)
    table = table_of(replace(page, rows=page.rows[part]))
    metrics = [at for at, column in enumerate(page.columns) if not column.fixed and not column.beside]
    agents = next((at for at, column in enumerate(page.columns) if column.name == "agent"), None)

    def row(name: str, cells: tuple[Shown, ...], whose: Whose) -> list[Figure]:
        leads = question_of(whose) is not None
        agent = whose.get("agent")
        pages = {} if agent is None else {agents: f"{reverse('agent', args=[shop.pk, agent])}?month={month}"}
        return [
            Figure(
                cell if name == TOTAL or cell.hint != alike[at] else replace(cell, hint=""),
                f"{name}.{at}" if leads and at in metrics and _known(cell, whose) else "",
                pages.get(at, ""),
            )
            for at, cell in enumerate(cells)
        ]

    alike = [cell.hint for cell in table.total] if table.total else [""] * len(page.columns)
    places = range(len(lines.whose))[part]
    rows = [row(str(at), cells, lines.whose[at]) for at, cells in zip(places, table.rows, strict=True)]
    return rows, None if table.total is None else row(TOTAL, table.total, {})


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
    """Return what a row is of, as an address says it; None for rows that no single question is about.

    The group or role of a row that has an agent says nothing more of whose it is.
    """
    if not set(whose) <= EXPLAINED:
        return None
    names = [name for name in whose if name != "shop" and not ("agent" in whose and name in ("group", "role"))]
    if any(whose[name] is None for name in names):
        return None
    return {f"in_{name}" if name in FURTHER else name: str(whose[name]) for name in names}


def _known(cell: Shown, whose: Whose) -> bool:
    """Return whether there is anything to ask: by the hour most figures are not there, and neither are their rows."""
    return "hour" not in whose or cell.sorted_by != ""
