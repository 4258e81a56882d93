"""Relative to the team: an amount times the person's value over the team's mean."""

from xiaoer.appraisal.exact import EXACT, NOTHING
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, column
from xiaoer.appraisal.steps.within import Within, run_within


class Relative(Step):
    """The amount that the mean gets, the value compared, and with whom."""

    of: Formula
    amount: Formula
    within: Within = Within.ALL


def prepare(step: Relative) -> Run:
    """Return the run of a relative amount; unknown values are in no mean."""
    uses = step.uses()

    def run(members: list[Member]) -> list[Node]:
        values, amounts = column(step.of, members), column(step.amount, members)
        known = [value for value in values if value is not None]
        total = sum(known, NOTHING)
        made = []
        for value, amount in zip(values, amounts, strict=True):
            if value is None or amount is None or not total:
                made.append(unknown(uses))
                continue
            # Over the sum, not over a rounded mean: own × people ÷ sum is exact where it can be.
            share = EXACT.divide(EXACT.multiply(EXACT.multiply(amount, value), len(known)), total)
            mean = EXACT.divide(total, len(known))
            made.append(Node(share, "relative", {"value": value, "mean": mean, "amount": amount}, uses))
        return made

    return lambda members: run_within(step.within, members, run)


KIND = StepKind(Relative, prepare, "{name: share, kind: relative, of: score, amount: 300 * 50%}")
