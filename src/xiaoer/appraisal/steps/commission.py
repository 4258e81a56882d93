"""Commission: so much of an amount or per order, by tiers; the tier's rate for the whole, or each part by its own."""

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, NOTHING, Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each
from xiaoer.base.catalog import Declared


class Mode(StrEnum):
    """Whether the tier reached sets the rate of the whole amount, or each tier that of the part within it."""

    WHOLE = "whole"
    MARGINAL = "marginal"


class Tier(Declared):
    """From where (inclusive), or above what, a rate holds."""

    at_least: Number | None = None
    over: Number | None = None
    rate: Number = Field(ge=0)

    @property
    def edge(self) -> Decimal:
        """Return where the tier begins."""
        return self.over if self.over is not None else self.at_least or NOTHING

    def holds(self, value: Decimal) -> bool:
        """Return whether a value reaches the tier."""
        return value > self.edge if self.over is not None else value >= self.edge


class Commission(Step):
    """The amount or number paid for, what the tier is chosen by (the amount itself, unless said), tiers ascending."""

    of: Formula
    by: Formula | None = None
    mode: Mode
    tiers: tuple[Tier, ...] = Field(min_length=1)
    falling: bool = False

    def marked(self, mark: str) -> dict[str, str]:
        """Return the formulas; `by` is one only where it is given."""
        return {key: text for key, text in super().marked(mark).items() if text} | (
            {"by": self.by} if mark == "formula" and self.by else {}
        )

    def faults(self) -> list[tuple[str, str]]:
        """Return whether tiers are out of order, rates fall, or parts are paid by something else than the amount."""
        if any(one.edge >= other.edge for one, other in pairwise(self.tiers)):
            return [("tiers", "appraisal.tiers_order")]
        if self.mode is Mode.MARGINAL and self.by is not None:
            return [("by", "appraisal.marginal_by")]
        falls = any(one.rate > other.rate for one, other in pairwise(self.tiers))
        return [("tiers", "appraisal.tiers_fall")] if falls and not self.falling else []


def prepare(step: Commission) -> Run:
    """Return the run of a commission; of an amount below nothing there is none."""
    of, by, uses = computed(step.of), computed(step.by or step.of), step.uses()

    def one(member: Member) -> Node:
        amount, reached = of(member.values), by(member.values)
        if amount is None or reached is None:
            return unknown(uses)
        paid_for = max(amount, NOTHING)
        if step.mode is Mode.MARGINAL:
            return _marginal(step, amount=amount, paid_for=paid_for, uses=uses)
        tier = next((tier for tier in reversed(step.tiers) if tier.holds(settled(reached))), None)
        rate = NOTHING if tier is None else tier.rate
        facts = {"amount": amount, "reached": reached, "rate": rate}
        return Node(EXACT.multiply(paid_for, rate), "commission" if tier else "no_tier", facts, uses)

    return each(one)


def _marginal(step: Commission, *, amount: Decimal, paid_for: Decimal, uses: tuple[str, ...]) -> Node:
    total, said = NOTHING, []
    ends = [tier.edge for tier in step.tiers[1:]]
    for place, tier in enumerate(step.tiers):
        end = min(paid_for, ends[place]) if place < len(ends) else paid_for
        part = max(end - tier.edge, NOTHING)
        if part:
            total += EXACT.multiply(part, tier.rate)
            said.append(f"{part.normalize():f} × {tier.rate.normalize():f}")
    return Node(total, "commission_parts", {"amount": amount, "text": " + ".join(said) or "0"}, uses)


KIND = StepKind(
    Commission,
    prepare,
    "{name: commission, kind: commission, of: net_sales, mode: marginal, tiers: [{over: 0, rate: 1%}]}",
)
