"""What another tool reported: one figure of one person, total or mean over some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pyarrow as pa


class RowKind(StrEnum):
    """Whose a row of a report is."""

    AGENT = "agent"
    TOTAL = "total"
    MEAN = "mean"


@dataclass(frozen=True)
class Reported:
    """One figure as the canonical table `reported_figures` has it; `value` is in our unit, None where it is empty.

    `places` says how many decimals of that unit the report shows, below zero for tens and hundreds.
    """

    source: str
    report: str
    row: RowKind
    agent: str | None
    first_date: date
    last_date: date
    indicator: str
    metric: str | None
    value: Decimal | None
    places: int
    pending: bool
    policy: str | None

    @property
    def sheet(self) -> tuple[str, str, str, date, date]:
        """Return what rows of one report over the same days share."""
        return (self.source, self.report, self.policy or "", self.first_date, self.last_date)


def reported_from(rows: pa.Table) -> tuple[Reported, ...]:
    """Return the figures of rows of the canonical table, in a total order."""
    return tuple(sorted((_reported(row) for row in rows.to_pylist()), key=_order))


def _reported(row: dict[str, object]) -> Reported:
    return Reported(
        source=row["source"],  # type: ignore[arg-type]  # the canonical table says what its columns hold
        report=row["report"],  # type: ignore[arg-type]
        row=RowKind(str(row["row"])),
        agent=row["agent"],  # type: ignore[arg-type]
        first_date=row["first_date"],  # type: ignore[arg-type]
        last_date=row["last_date"],  # type: ignore[arg-type]
        indicator=row["indicator"],  # type: ignore[arg-type]
        metric=row["metric"],  # type: ignore[arg-type]
        value=row["value"],  # type: ignore[arg-type]
        places=_places(row["places"], row["value"]),
        pending=bool(row["pending"]),
        policy=row["policy"],  # type: ignore[arg-type]
    )


def _places(shown: object, value: object) -> int:
    """Return the decimals shown; where the report's reader knew none, those that the value has."""
    if isinstance(shown, int):
        return shown
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _order(one: Reported) -> tuple[object, ...]:
    kinds = list(RowKind)
    return (*one.sheet, kinds.index(one.row), one.agent or "", one.indicator)


def policies_of(reported: Iterable[Reported]) -> set[str]:
    """Return the policies that reports say they follow."""
    return {one.policy for one in reported if one.policy is not None}
