"""What stands behind one's own figure: nothing in it is of a colleague, neither a row nor a sum nor a name.

It fails closed: one row that is not of the account, or of nobody, and only the figure's meaning is left.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xiaoer.actions.explain import explain
from xiaoer.actions.explain_ask import ExplainAsk
from xiaoer.actions.render.cell_text import NOTHING
from xiaoer.actions.render.page import Cell, Page
from xiaoer.actions.report_choices import report_choices
from xiaoer.actions.shops import accounts_known
from xiaoer.base.language import Language
from xiaoer.base.mask import masked_name
from xiaoer.site.kept import kept, kept_large
from xiaoer.site.models import Shop
from xiaoer.site.performance.doors import ASKED
from xiaoer.site.performance.explain import ask_of
from xiaoer.site.performance.state import State

# Columns that name nobody but the customer: no agent, no other agent, no correction, which tells who had it before.
KEPT = frozenset({
    "part", "day", "start_at", "end_at", "buyer", "reference", "order_created_at", "order_paid_at", "reason",
    "buyer_by", "mature_on", "adds",
})  # fmt: skip
PLAIN_VALUE = re.compile(r"= (?:[\d.:]+|true|false|–|[a-z_]+)$")  # of a rule in force: a number or one of a few words


def own_page(shop: Shop, account: str, state: State, asked: dict[str, str], language: Language) -> Page:
    """Return the explanation of a figure of the account, customers masked; a ReportableError for what is none."""
    question = dict.fromkeys(ASKED, "") | asked | {"agent": account}
    return kept_large(_masked, shop, account, ask_of(shop, replace(state, given={}), question), language)


def _masked(_home: Path, shop: Shop, account: str, ask: ExplainAsk, language: Language) -> Page:
    page = kept_large(explain, ask, language)
    rows = page.data["rows"]
    assert isinstance(rows, list)
    if any(row["agent"] != account for row in rows):
        meaning = (_meaning(ask.metric, language),)
        return replace(page, title="", rows=(), notes=(), lead=meaning, about=(), data={"rows": []})
    places = [at for at, column in enumerate(page.columns) if column.name in KEPT]
    cells = [
        tuple(_own_cell(page.columns[at].name, row[at], plain) for at in places)
        for row, plain in zip(page.rows, rows, strict=True)
    ]
    colleagues = names_of_others(shop, account)
    return replace(
        page,
        columns=tuple(page.columns[at] for at in places),
        rows=tuple(cells),
        lead=page.lead[:1],
        notes=tuple(one for one in page.notes if not _tells(one, page, colleagues)),
        about=tuple(one for one in page.about if PLAIN_VALUE.search(one[0])),
    )


def _own_cell(column: str, cell: Cell, row: Mapping[str, Any]) -> Cell:
    """Return a cell with the customer masked, and without the number of an order that is a colleague's."""
    if column == "buyer":
        return replace(cell, value=masked_name(cell.text), text=masked_name(cell.text))
    if column == "reference" and row["other_agent"] not in (None, row["agent"]):
        return Cell(None, NOTHING)
    return cell


def _meaning(figure: str, language: Language) -> str:
    """Return what a metric means; the formula behind a figure would have the sums of others in it."""
    known = (one for _, each in kept(report_choices, language).groups for one in each)
    return next((f"{one.label}: {one.help}" for one in known if one.name == figure), "")


def names_of_others(shop: Shop, account: str) -> tuple[str, ...]:
    """Return the accounts of everybody else and how they are shown, the longest first."""
    known = kept(accounts_known, shop.name)
    own = {account, known.get(account, account)}
    names = {name for one, shown in known.items() for name in (one, shown) if one != account} - own
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


def _tells(note: str, page: Page, colleagues: tuple[str, ...]) -> bool:
    """Return whether a note names a colleague or tells of a correction, and so of whoever had it before."""
    corrections = page.data["corrections"]
    assert isinstance(corrections, list)
    return any(name in note for name in colleagues) or any(one["reason"] in note for one in corrections)
