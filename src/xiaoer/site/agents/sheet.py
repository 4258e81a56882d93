"""The figures of one account over some days, with the team around each and what moved since the month before."""

from dataclasses import dataclass
from urllib.parse import urlencode

from xiaoer.actions.render.page import For, Page
from xiaoer.actions.report import report
from xiaoer.actions.report_wanted import ReportAsk
from xiaoer.base.days import Period
from xiaoer.base.language import Language
from xiaoer.site.agents.spread import Spread, others_of, spread_of
from xiaoer.site.kept import kept
from xiaoer.site.models import Shop
from xiaoer.site.pages.table import Shown, table_of

MOVED = "previous_month"


@dataclass(frozen=True)
class Line:
    """One figure: its column's words, the figure, its door, what moved, and the team around it."""

    name: str
    label: str
    unit: str
    help: str
    own: Shown
    address: str
    moved: Shown | None
    spread: Spread | None


@dataclass(frozen=True)
class Sheet:
    """The figures of one account on some days; `whole` when these are all days asked for."""

    account: str
    shown: str
    days: Period
    whole: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Asked:
    """Whose sheet: an account of a shop, its days, all the days asked for; whether the month before is theirs too."""

    shop: Shop
    account: str
    days: Period
    of: Period
    before: bool


def sheet_of(asked: Asked, language: Language, door: str) -> Sheet:
    """Return a sheet; `door` is the address of explanations, which takes `figure` and `agent`."""
    page = kept(report, _ask(asked.shop, asked.days, compare=asked.before), language).shown_to(For.READING)
    whole = asked.days == asked.of
    team = page if whole else kept(report, _ask(asked.shop, asked.of), language).shown_to(For.READING)
    at = row_of(asked.account, page)
    if at is None:
        return Sheet(asked.account, asked.account, asked.days, whole, ())
    cells, shown = page.rows[at], table_of(page).rows[at]
    beside = {column.name: shown[place] for place, column in enumerate(page.columns) if column.beside}
    lines = []
    for place, column in enumerate(page.columns):
        if not column.fixed and not column.beside:
            spread = spread_of(cells[place], others_of(column.name, team, asked.account))
            question = urlencode({"figure": column.name, "agent": asked.account})
            lines.append(Line(
                column.name, column.label, column.unit, column.help, shown[place], f"{door}&{question}",
                beside.get(f"{column.name}.{MOVED}"), spread,
            ))  # fmt: skip
    return Sheet(asked.account, cells[0].text, asked.days, whole, tuple(lines))


def row_of(account: str, page: Page) -> int | None:
    """Return which row of a page is an account's; None for none."""
    rows = page.data["rows"]
    assert isinstance(rows, list)
    return next((place for place, row in enumerate(rows) if row.get("agent") == account), None)


def _ask(shop: Shop, days: Period, *, compare: bool = False) -> ReportAsk:
    return ReportAsk(str(days.first), str(days.last), shop.name, by=("agent",), compare=(MOVED,) if compare else ())
