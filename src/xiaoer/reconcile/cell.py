"""Cells: reported figures beside which ours can stand, and those beside which none can, with the reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from xiaoer.metrics import Metric, Unit
from xiaoer.reconcile.people import People
from xiaoer.reconcile.reported import Reported, RowKind


class Bar(StrEnum):
    """Why a reported figure can not be compared."""

    UNKNOWN_INDICATOR = "unknown_indicator"
    PENDING = "pending"
    EMPTY = "empty"
    AGENT_NOT_FOUND = "agent_not_found"
    NO_DATA = "no_data"
    NO_DAYS = "no_days"


@dataclass(frozen=True)
class Cell:
    """One reported figure of a metric that we have too; `agent` is our account, `listed` are those of the report.

    `rows` is how many people the report has: what its means are divided by.
    """

    number: int
    reported: Reported
    metric: str
    agent: str | None
    theirs: Fraction
    tolerance: Fraction
    listed: tuple[str, ...]
    rows: int

    @property
    def row(self) -> RowKind:
        """Return whose row it stands in."""
        return self.reported.row

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.reported.first_date

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.reported.last_date

    def is_equal(self, ours: Fraction | None) -> bool:
        """Return whether a figure of ours is theirs as far as they show it; nothing to divide by may be shown as 0."""
        if ours is None:
            return self.theirs == 0
        return abs(ours - self.theirs) <= self.tolerance


@dataclass(frozen=True)
class Barred:
    """A reported figure that can not be compared."""

    reported: Reported
    bar: Bar


def cells_of(
    reported: Sequence[Reported], people: People, *, metrics: Mapping[str, Metric], tables: Collection[str],
    days: Collection[date],
) -> tuple[tuple[Cell, ...], tuple[Barred, ...]]:  # fmt: skip
    """Return what can be compared and what can not; `days` are those of which there is any data here."""
    cells: list[Cell] = []
    barred: list[Barred] = []
    listed = _listed(reported, people)
    for one in reported:
        bar = _bar(one, people, metrics=metrics, tables=tables, days=days)
        if bar is not None:
            barred.append(Barred(one, bar))
            continue
        assert one.metric is not None  # _bar says so otherwise
        assert one.value is not None
        accounts, rows = listed.get(one.sheet, ((), 0))
        half = Fraction(1, 2) / Fraction(10) ** one.places
        agent = people.account(one.agent) if one.agent is not None else None
        cells.append(Cell(len(cells), one, one.metric, agent, Fraction(one.value), half, accounts, rows))
    return tuple(cells), tuple(barred)


def _listed(reported: Sequence[Reported], people: People) -> dict[object, tuple[tuple[str, ...], int]]:
    """Return by sheet the accounts of its rows that are known here, and how many rows of people it has."""
    names: dict[object, set[str]] = {}
    for one in reported:
        if one.agent is not None:
            names.setdefault(one.sheet, set()).add(one.agent)
    return {
        sheet: (tuple(sorted({account for name in named if (account := people.account(name))})), len(named))
        for sheet, named in names.items()
    }


def _bar(
    one: Reported, people: People, *, metrics: Mapping[str, Metric], tables: Collection[str], days: Collection[date]
) -> Bar | None:
    metric = metrics.get(one.metric or "")
    if metric is None or metric.unit is Unit.INSTANT:
        return Bar.UNKNOWN_INDICATOR
    if one.pending:
        return Bar.PENDING
    if one.value is None:
        return Bar.EMPTY
    if one.row is RowKind.AGENT and people.account(one.agent or "") is None:
        return Bar.AGENT_NOT_FOUND
    if not set(metric.needs) <= set(tables):
        return Bar.NO_DATA
    return None if any(one.first_date <= day <= one.last_date for day in days) else Bar.NO_DAYS
