"""Small-sample rule: with few cases another formula counts, since a share of few says little."""

from xiaoer.appraisal.exact import Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each


class SmallSample(Step):
    """How many cases there are, up to how many are few, what counts then and what counts otherwise."""

    cases: Formula
    at_most: Number
    few: Formula
    many: Formula


def prepare(step: SmallSample) -> Run:
    """Return the run of a small-sample rule; what does not count need not be known."""
    cases, few, many, uses = computed(step.cases), computed(step.few), computed(step.many), step.uses()

    def one(member: Member) -> Node:
        number = cases(member.values)
        if number is None:
            return unknown(uses)
        is_few = settled(number) <= step.at_most
        value = few(member.values) if is_few else many(member.values)
        facts = {"cases": number, "at_most": step.at_most}
        return unknown(uses) if value is None else Node(value, "few_cases" if is_few else "many_cases", facts, uses)

    return each(one)


KIND = StepKind(
    SmallSample,
    prepare,
    "{name: points, kind: small_sample, cases: ratings, at_most: 50, few: 50 - bad, many: by_share}",
)
