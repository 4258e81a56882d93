"""Forced distribution: so many percent get each grade; who is equal gets the better one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, NOTHING, ONE, Number
from xiaoer.appraisal.largest_remainder import largest_remainder
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.rank import ranks
from xiaoer.appraisal.steps.short import Better
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, column
from xiaoer.appraisal.steps.within import Within, run_within
from xiaoer.base.catalog import Declared


class Grade(Declared):
    """One grade: which share of people gets it and what it gives."""

    grade: str
    share: Annotated[Number, Field(gt=0, le=1)]
    gives: Number


class Distribution(Step):
    """What people are ordered by, and the grades from the best, their shares together 100 %."""

    of: Formula
    better: Better = Better.UP
    within: Within = Within.ALL
    grades: tuple[Grade, ...] = Field(min_length=2)

    def faults(self) -> list[tuple[str, str]]:
        """Return whether the shares are no whole, or a worse grade gives more."""
        if sum(grade.share for grade in self.grades) != ONE:
            return [("grades", "appraisal.weights")]
        gives = [grade.gives for grade in self.grades]
        return [("grades", "appraisal.bands_fall")] if gives != sorted(gives, reverse=True) else []

    def lowest(self) -> bool:
        """Return whether a grade takes something away."""
        return min(grade.gives for grade in self.grades) < 0


def last_places(grades: Sequence[Grade], people: int) -> list[int]:
    """Return the last place of each grade: the shares of the people in whole numbers, better grades first in doubt."""
    exact = [EXACT.multiply(grade.share, people) for grade in grades]
    counts = largest_remainder(Decimal(people), exact, step=ONE, order=list(range(len(grades))))
    return [int(sum(counts[: place + 1], NOTHING)) for place in range(len(counts))]


def prepare(step: Distribution) -> Run:
    """Return the run of a forced distribution; who has no value has no grade and takes no place."""
    uses = step.uses()

    def run(members: list[Member]) -> list[Node]:
        values = column(step.of, members)
        placed = ranks(values, up=step.better is Better.UP)
        people = sum(place is not None for place in placed)
        ends = last_places(step.grades, people)
        return [_node(value, place, ends, people) for value, place in zip(values, placed, strict=True)]

    def _node(value: Decimal | None, place: int | None, ends: list[int], people: int) -> Node:
        if place is None:
            return unknown(uses)
        grade = next(grade for grade, end in zip(step.grades, ends, strict=True) if place <= end)
        facts = {"value": value, "place": Decimal(place), "of": Decimal(people), "share": grade.share}
        return Node(grade.gives, "graded", facts, uses, grade.grade)

    return lambda members: run_within(step.within, members, run)


KIND = StepKind(
    Distribution,
    prepare,
    "{name: grade, kind: distribution, of: score, "
    "grades: [{grade: A, share: 20%, gives: 1.2}, {grade: B, share: 80%, gives: 1}]}",
)
