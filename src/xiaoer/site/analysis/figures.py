"""Figures of the whole shop, or of the one group that the reader leads, beside those of the days before."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoer.actions.render.page import Cell, Page, states_of
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.actions.wording import word
from xiaoer.base.language import Language
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.data_rows import data_rows
from xiaoer.site.performance.state import State
from xiaoer.site.viewer import Viewer

BEFORE = "previous_period"
NOTHING = Cell(None, "–")


@dataclass(frozen=True)
class Beside:
    """A figure with its state, that of the days before, and the difference; texts as people read them."""

    name: str
    label: str
    help: str
    value: float | None
    text: str
    marks: tuple[tuple[str, str], ...]
    hint: str
    before: str
    difference: float | None
    changed: str
    worse: bool
    why_not: str


def figures_beside(
    shop: Shop, state: State, metrics: tuple[str, ...], *, language: Language, viewer: Viewer
) -> Mapping[str, Beside] | None:
    """Return the figures by metric; None for a reader who leads several groups, whose figures do not add up."""
    groups = viewer.groups("see_team", shop)
    days = state.days.period
    ask = ReportAsk(
        str(days.first), str(days.last), shop.name, by=() if groups is None else ("group",), metrics=metrics,
        policy=state.one("policy") or None, compare=(BEFORE,),
    )  # fmt: skip
    page = kept(report, ask, language)
    place = _place(page, groups)
    if place is None:
        return None
    cells = dict(zip((column.name for column in page.columns), page.rows[place], strict=True))
    labels = {column.name: (column.label, column.help) for column in page.columns}
    return {name: _beside(name, *labels.get(name, (name, "")), cells, language) for name in metrics}


def _place(page: Page, groups: frozenset[str] | None) -> int | None:
    if groups is None:
        return 0 if page.rows else None
    mine = [place for place, row in enumerate(data_rows(page, "rows")) if row.get("group") in groups]
    return mine[0] if len(mine) == 1 and len(groups) == 1 else None


def _beside(name: str, label: str, help_: str, cells: Mapping[str, Cell], language: Language) -> Beside:
    own = cells.get(name, NOTHING)
    other, change, verdict = (
        cells.get(f"{name}.{BEFORE}.{part}", NOTHING) for part in ("other", "difference", "verdict")
    )
    known = change.value is not None
    return Beside(
        name, label, help_, number_of(own), own.text,
        tuple((mark, word(f"state_{state}", language)) for state, mark in states_of(own)), own.hint,
        before=other.text if other.value is not None else "",
        difference=number_of(change) if known else None,
        changed=change.text if known else "",
        worse=verdict.worse,
        why_not="" if known else verdict.text,
    )  # fmt: skip


def number_of(cell: Cell) -> float | None:
    """Return a cell's number; None for what is none."""
    return None if cell.value is None or isinstance(cell.value, str) else float(cell.value)  # type: ignore[arg-type]  # figures here are no instants
