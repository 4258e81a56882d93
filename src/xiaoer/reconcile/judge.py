"""What is said of each reported figure: equal, explained, not explained, or why it can not be compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xiaoer.reconcile.amount import Amount
from xiaoer.reconcile.cause import Variant
from xiaoer.reconcile.cell import Barred, Cell
from xiaoer.reconcile.reported import Reported, RowKind
from xiaoer.reconcile.search import Answer

Chosen = tuple[Variant, ...]


class Verdict(StrEnum):
    """What is said of a reported figure; in this order lists show them, the most urgent first."""

    UNEXPLAINED = "unexplained"
    IMMATURE = "immature"
    EXPLAINED = "explained"
    AGENT_NOT_FOUND = "agent_not_found"
    NO_DATA = "no_data"
    NO_DAYS = "no_days"
    PENDING = "pending"
    EMPTY = "empty"
    UNKNOWN_INDICATOR = "unknown_indicator"
    EQUAL = "equal"


COMPARED = (Verdict.UNEXPLAINED, Verdict.IMMATURE, Verdict.EXPLAINED, Verdict.EQUAL)


@dataclass(frozen=True)
class Judged:
    """One reported figure with ours; `causes` explain it and would give `would_be`."""

    reported: Reported
    verdict: Verdict
    cell: Cell | None = None
    ours: Fraction | None = None
    causes: Chosen = ()
    would_be: Fraction | None = None

    @property
    def difference(self) -> Fraction | None:
        """Return theirs less ours; None where one is unknown."""
        if self.cell is None or self.ours is None:
            return None
        return self.cell.theirs - self.ours


def judged(
    cells: Sequence[Cell],
    barred: Sequence[Barred],
    answer: Answer,
    *,
    amounts: Callable[[Chosen], Mapping[int, Amount | None]],
    is_immature: Callable[[Cell], bool],
) -> tuple[Judged, ...]:
    """Return every reported figure judged, those that differ first."""
    as_is = {number: _figure(amount) for number, amount in amounts(()).items()}
    made = [Judged(one.reported, Verdict(one.bar.value)) for one in barred]
    for cell in cells:
        ours = as_is[cell.number]
        causes = answer.by_cell.get(cell.number, ())
        if cell.is_equal(ours):
            made.append(Judged(cell.reported, Verdict.EQUAL, cell, ours))
        elif causes:
            would_be = _figure(amounts(causes)[cell.number])
            made.append(Judged(cell.reported, Verdict.EXPLAINED, cell, ours, causes, would_be))
        else:
            verdict = Verdict.IMMATURE if is_immature(cell) else Verdict.UNEXPLAINED
            made.append(Judged(cell.reported, verdict, cell, ours))
    return tuple(sorted(made, key=_order))


def _order(one: Judged) -> tuple[object, ...]:
    verdicts, rows = list(Verdict), list(RowKind)
    reported = one.reported
    return (
        verdicts.index(one.verdict), rows.index(reported.row), reported.agent or "", reported.indicator,
        *reported.sheet,
    )  # fmt: skip


def _figure(amount: Amount | None) -> Fraction | None:
    return amount.figure if amount is not None else None
