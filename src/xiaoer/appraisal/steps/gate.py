"""A gate: where a condition holds, a value counts only by a factor."""

from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Condition, Formula, Run, Step, StepKind, computed, each


class Gate(Step):
    """The value, when the gate closes, and by which factor the value then counts."""

    of: Formula
    when: Condition
    factor: Annotated[Number, Field(ge=0)]


def prepare(step: Gate) -> Run:
    """Return the run of a gate."""
    of, when, uses = computed(step.of), computed(step.when), step.uses()

    def one(member: Member) -> Node:
        value, closed = of(member.values), when(member.values)
        if value is None or closed is None:
            return unknown(uses)
        facts = {"value": value, "text": step.when, "factor": step.factor}
        return Node(EXACT.multiply(value, step.factor) if closed else value, "gate" if closed else "open", facts, uses)

    return each(one)


KIND = StepKind(
    Gate, prepare, "{name: commission_paid, kind: gate, of: commission, when: refunded_share > 20%, factor: 50%}"
)
