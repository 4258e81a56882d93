"""Target completion: what was reached as a share of what was planned."""

from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each


class Completion(Step):
    """What was reached, the target, and the highest share that counts."""

    of: Formula
    target: Formula
    most: Annotated[Number, Field(gt=0)] | None = None


def prepare(step: Completion) -> Run:
    """Return the run of a completion; without a target above nothing it is unknown."""
    of, target, uses = computed(step.of), computed(step.target), step.uses()

    def one(member: Member) -> Node:
        value, aim = of(member.values), target(member.values)
        if value is None or aim is None or aim <= 0:
            return unknown(uses)
        share = EXACT.divide(value, aim)
        facts = {"value": value, "target": aim}
        if step.most is not None and share > step.most:
            return Node(step.most, "completion_most", {**facts, "most": step.most}, uses)
        return Node(share, "completion", facts, uses)

    return each(one)


KIND = StepKind(Completion, prepare, "{name: done, kind: completion, of: sales, target: sales_target}")
