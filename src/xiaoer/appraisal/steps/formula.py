"""A sum over earlier values, in the scheme language."""

from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each


class Computed(Step):
    """What a value is."""

    of: Formula


def prepare(step: Computed) -> Run:
    """Return the run of a formula."""
    of, uses = computed(step.of), step.uses()

    def one(member: Member) -> Node:
        value = of(member.values)
        return unknown(uses) if value is None else Node(value, "formula", {"text": step.of}, uses)

    return each(one)


KIND = StepKind(Computed, prepare, "{name: spend_ratio, kind: formula, of: spend / shop_spend}")
