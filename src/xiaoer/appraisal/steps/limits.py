"""Cap and floor: a value within limits."""

from xiaoer.appraisal.exact import Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each


class Limits(Step):
    """The value and its limits; one of them at least."""

    of: Formula
    at_least: Number | None = None
    at_most: Number | None = None

    def faults(self) -> list[tuple[str, str]]:
        """Return whether there is no limit, or the lower one lies above the upper one."""
        if self.at_least is None and self.at_most is None:
            return [("of", "appraisal.no_limit")]
        crossed = self.at_least is not None and self.at_most is not None and self.at_least > self.at_most
        return [("at_least", "appraisal.limits_crossed")] if crossed else []


def prepare(step: Limits) -> Run:
    """Return the run of a cap and floor."""
    of, uses = computed(step.of), step.uses()

    def one(member: Member) -> Node:
        value = of(member.values)
        if value is None:
            return unknown(uses)
        if step.at_least is not None and value < step.at_least:
            return Node(step.at_least, "floor", {"value": value, "limit": step.at_least}, uses)
        if step.at_most is not None and value > step.at_most:
            return Node(step.at_most, "cap", {"value": value, "limit": step.at_most}, uses)
        return Node(value, "within", {"value": value}, uses)

    return each(one)


KIND = StepKind(Limits, prepare, "{name: bonus_within, kind: limits, of: bonus, at_least: 0, at_most: 3000}")
