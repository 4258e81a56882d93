"""A manual adjustment: what a lead gives or takes by hand, with a reason, within limits."""

from decimal import Decimal

from xiaoer.appraisal.exact import NOTHING, Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Fact, Node
from xiaoer.appraisal.steps.step import Run, Step, StepKind, each


class ManualStep(Step):
    """Within which limits a sum given by hand may lie."""

    at_least: Number = NOTHING
    at_most: Number

    def faults(self) -> list[tuple[str, str]]:
        """Return whether the lower limit lies above the upper one."""
        return [("at_least", "appraisal.limits_crossed")] if self.at_least > self.at_most else []

    def lowest(self) -> bool:
        """Return whether it may take something away."""
        return self.at_least < 0


def prepare(step: ManualStep) -> Run:
    """Return the run of a manual adjustment: the sum of those of its name that have a reason and an author."""

    def one(member: Member) -> Node:
        ours = [one for one in member.manual if one.name == step.name and one.reason.strip() and one.author.strip()]
        total = sum((one.value for one in ours), NOTHING)
        facts: dict[str, Fact] = {
            "count": Decimal(len(ours)),
            "total": total,
            "text": "; ".join(f"{o.reason} · {o.author}" for o in ours),
        }
        return Node(min(max(total, step.at_least), step.at_most), "manual" if ours else "no_manual", facts)

    return each(one)


KIND = StepKind(ManualStep, prepare, "{name: by_the_lead, kind: manual, at_least: 0, at_most: 200}")
