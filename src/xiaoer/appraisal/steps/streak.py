"""A bonus for streaks: so many months in a row with one of these grades."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import NOTHING, Number
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import OneOf, Run, Step, StepKind, each
from xiaoer.base.catalog import Declared


class Months(Declared):
    """From how many months in a row what is given."""

    months: Annotated[int, Field(ge=1, le=36)]
    gives: Number


class Streak(Step):
    """The step whose grades count, which of them, and what streaks give."""

    of: OneOf
    grades: tuple[str, ...] = Field(min_length=1)
    gives: tuple[Months, ...] = Field(min_length=1)

    def faults(self) -> list[tuple[str, str]]:
        """Return whether streaks are not ascending."""
        rises = all(one.months < other.months and one.gives <= other.gives for one, other in pairwise(self.gives))
        return [] if rises else [("gives", "appraisal.streak_order")]

    def lowest(self) -> bool:
        """Return whether a streak takes something away."""
        return min(one.gives for one in self.gives) < 0


def prepare(step: Streak) -> Run:
    """Return the run of a streak: this month and those before it, until one without such a grade."""
    uses, wanted = step.uses(), frozenset(step.grades)

    def one(member: Member) -> Node:
        node = member.nodes[step.of]
        if node.value is None:
            return unknown(uses)
        months = 0
        for grade in (node.grade, *(month.get(step.of) for month in member.history)):
            if grade not in wanted:
                break
            months += 1
        gives = next((one.gives for one in reversed(step.gives) if months >= one.months), NOTHING)
        return Node(gives, "streak", {"months": Decimal(months), "grade": node.grade}, uses)

    return each(one)


KIND = StepKind(
    Streak, prepare, "{name: gold_streak, kind: streak, of: grade, grades: [gold], gives: [{months: 2, gives: 300}]}"
)
