"""Lines of pay within the law: penalties take from the bonus at most, losses a part of the wage, totals are sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xiaoer.appraisal.exact import FEN, NOTHING, Rounding
from xiaoer.appraisal.exact import How as RoundHow
from xiaoer.appraisal.scheme import Line, LineKind

_DOWN = Rounding(to=FEN, how=RoundHow.DOWN)
ZERO = Decimal("0.00")
KIND_NAMES = {kind: kind.value for kind in LineKind}


class PayLine(NamedTuple):
    """One line: its signed amount in yuan, what it would be without limits, and which limit held it back.

    `of` names an earlier month and its line, for adjustments.
    """

    name: str
    kind: str
    amount: Decimal
    asked: Decimal
    limited_by: str = ""
    of: str = ""


@dataclass(frozen=True)
class Limits:
    """What the law asks of a month; without a guard nothing is limited."""

    guarded: bool = True
    share_most: Decimal | None = None
    minimum_wage: Decimal | None = None


@dataclass(frozen=True)
class Adjustment:
    """What an earlier month's line is owed or owes by now: the month, its line, the amount, and why."""

    month: str
    line: str
    amount: Decimal
    because: str = ""

    @property
    def of(self) -> str:
        """Return the line that is put right, such as 2024-09/bonus_pay."""
        return f"{self.month}/{self.line}"


def settle(
    amounts: Sequence[tuple[Line, Decimal]], *, limits: Limits, adjustments: Sequence[Adjustment] = ()
) -> list[PayLine]:
    """Return the lines in their order with limits applied, adjustments of earlier months last; totals are their sum."""
    made: dict[int, PayLine] = {}
    guarded, wages, bonus = limits.guarded, NOTHING, NOTHING
    takes: list[int] = []
    losses: list[int] = []
    for place, (line, asked) in enumerate(amounts):
        kind = line.kind
        if kind is LineKind.BONUS or kind is LineKind.WAGE:
            below = guarded and asked < 0
            amount = ZERO if below else asked
            made[place] = PayLine(line.name, KIND_NAMES[kind], amount, asked, "no_fine" if below else "")
            if kind is LineKind.WAGE:
                wages += amount
            else:
                bonus += amount
        else:
            (losses if kind is LineKind.DEDUCTION else takes).append(place)
    for place in takes:
        line, asked = amounts[place]
        taken = min(asked, bonus) if guarded else asked
        made[place] = _taken(line, asked, max(taken, NOTHING), "bonus")
        bonus += made[place].amount
    adjusted: list[PayLine] = []
    if adjustments:
        adjusted, bonus = _adjusted(adjustments, bonus, limits)
    gross = wages + bonus
    left = _may_be_deducted(gross, limits) if losses else (NOTHING, "")
    for place in losses:
        line, asked = amounts[place]
        most, why = left
        if line.share_most is not None and _DOWN.apply(gross * line.share_most) < most:
            most, why = _DOWN.apply(gross * line.share_most), "share"
        taken = max(min(asked, most), NOTHING) if guarded else asked
        made[place] = _taken(line, asked, taken, why)
        left = (left[0] + made[place].amount, left[1])
    return [*(made[place] for place in range(len(amounts))), *adjusted]


def _taken(line: Line, asked: Decimal, taken: Decimal, why: str) -> PayLine:
    return PayLine(line.name, KIND_NAMES[line.kind], -taken if taken else ZERO, -asked if asked else ZERO,
                   why if taken < asked else "")  # fmt: skip


def _may_be_deducted(gross: Decimal, limits: Limits) -> tuple[Decimal, str]:
    """Return how much a loss may take of the month, and which limit says so."""
    if not limits.guarded:
        return Decimal("Infinity"), ""
    if limits.minimum_wage is None:
        return ZERO, "no_minimum_wage"
    by_wage = max(gross - limits.minimum_wage, ZERO)
    by_share = _DOWN.apply(gross * limits.share_most) if limits.share_most is not None else by_wage
    return (by_share, "share") if by_share <= by_wage else (by_wage, "minimum_wage")


def _adjusted(adjustments: Sequence[Adjustment], bonus: Decimal, limits: Limits) -> tuple[list[PayLine], Decimal]:
    """Return the adjustment lines, what is owed to the person first; what the bonus can not bear waits for later."""
    made = []
    for one in sorted(adjustments, key=lambda one: (one.amount < 0, one.of)):
        amount = max(one.amount, -bonus) if limits.guarded and one.amount < 0 else one.amount
        amount = amount if amount else ZERO
        made.append(
            PayLine("adjustment", "adjustment", amount, one.amount, "bonus" if amount != one.amount else "", one.of)
        )
        bonus += amount
    return sorted(made, key=lambda line: line.of), bonus


def total_of(lines: Sequence[PayLine]) -> Decimal:
    """Return the sum of the lines in yuan."""
    return sum((line.amount for line in lines), ZERO)
