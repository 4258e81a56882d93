"""Deduction per point short: full points at the target, less for each step that is missing."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, NOTHING, Number, Rounding, settled
from xiaoer.appraisal.exact import How as RoundHow
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each


class Count(StrEnum):
    """How a part of a step short counts: as that part, as a whole one, or not."""

    EXACT = "exact"
    STARTED = "started"
    FULL = "full"


class Better(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Short(Step):
    """Full points, the target, how large a step short is and what each one takes; never below `lowest`."""

    of: Formula
    target: Formula
    per: Annotated[Number, Field(gt=0)]
    takes: Annotated[Number, Field(ge=0)]
    full: Number
    least: Number = NOTHING
    count: Count = Count.EXACT
    better: Better = Better.UP

    def faults(self) -> list[tuple[str, str]]:
        """Return whether the least is more than the full points."""
        return [("least", "appraisal.short_least")] if self.least > self.full else []

    def lowest(self) -> bool:
        """Return whether points can fall below nothing."""
        return self.least < 0


_WHOLE = {
    Count.STARTED: Rounding(to=Decimal(1), how=RoundHow.UP),
    Count.FULL: Rounding(to=Decimal(1), how=RoundHow.DOWN),
}


def prepare(step: Short) -> Run:
    """Return the run of a step that deducts per point short."""
    of, target, uses = computed(step.of), computed(step.target), step.uses()
    whole = _WHOLE.get(step.count)

    def one(member: Member) -> Node:
        value, aim = of(member.values), target(member.values)
        if value is None or aim is None:
            return unknown(uses)
        behind = settled(aim - value if step.better is Better.UP else value - aim)
        steps = EXACT.divide(max(behind, NOTHING), step.per)
        counted = steps if whole is None else whole.apply(steps)
        gives = max(step.full - EXACT.multiply(counted, step.takes), step.least)
        facts = {"value": value, "target": aim, "steps": counted, "takes": step.takes, "full": step.full}
        return Node(gives, "reached" if not counted else "short", facts, uses)

    return each(one)


KIND = StepKind(Short, prepare, "{name: points, kind: short, of: satisfied, target: 95%, per: 1%, takes: 2, full: 50}")
