"""A weighted sum: each value times its weight; the weights make a whole."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, NOTHING, ONE, Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Run, Step, StepKind, each


class WhenUnknown(StrEnum):
    """What happens to a part that is unknown: the sum is unknown too, or the other weights make the whole."""

    UNKNOWN = "unknown"
    LEAVE_OUT = "leave_out"


class Weighted(Step):
    """The weight of each value, together 100 %."""

    parts: Annotated[dict[str, Annotated[Number, Field(gt=0)]], Field(min_length=1)]
    when_unknown: WhenUnknown = WhenUnknown.UNKNOWN

    def more_uses(self) -> tuple[str, ...]:
        """Return the names that are weighed."""
        return tuple(self.parts)

    def faults(self) -> list[tuple[str, str]]:
        """Return whether the weights are no whole."""
        return [] if sum(self.parts.values()) == ONE else [("parts", "appraisal.weights")]


def prepare(step: Weighted) -> Run:
    """Return the run of a weighted sum."""
    uses, parts = step.uses(), list(step.parts.items())
    text = " + ".join(f"{name} × {weight}" for name, weight in parts)
    leaves_out = step.when_unknown is WhenUnknown.LEAVE_OUT

    def one(member: Member) -> Node:
        known = [(name, weight) for name, weight in parts if member.values[name] is not None]
        if len(known) < len(parts) and not (leaves_out and known):
            return unknown(uses)
        total = _sum(member, known)
        if len(known) == len(parts):
            return Node(total, "weighted", {"text": text}, uses)
        left = sum((weight for _, weight in known), NOTHING)
        names = ",".join(name for name, _ in parts if member.values[name] is None)
        return Node(EXACT.divide(total, left), "weighted_without", {"text": text, "left": left, "without": names}, uses)

    return each(one)


def _sum(member: Member, parts: Sequence[tuple[str, Decimal]]) -> Decimal:
    return sum((EXACT.multiply(member.values[name] or NOTHING, weight) for name, weight in parts), NOTHING)


KIND = StepKind(Weighted, prepare, "{name: score, kind: weighted, parts: {conversion_points: 60%, reply_points: 40%}}")
