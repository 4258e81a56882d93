"""Linear between points: halfway between two edges gives halfway between their points."""

from decimal import Decimal
from itertools import pairwise

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each
from xiaoer.base.catalog import Declared


class Point(Declared):
    """A value and what it gives."""

    at: Number
    gives: Number


class Linear(Step):
    """Points with their values ascending; outside them the nearest one's points hold."""

    of: Formula
    points: tuple[Point, ...] = Field(min_length=2)
    unordered: bool = False

    def faults(self) -> list[tuple[str, str]]:
        """Return whether the values are not ascending, or points both rise and fall."""
        if any(one.at >= other.at for one, other in pairwise(self.points)):
            return [("points", "appraisal.points_order")]
        moves = {(other.gives > one.gives) for one, other in pairwise(self.points) if one.gives != other.gives}
        return [("points", "appraisal.points_turn")] if len(moves) > 1 and not self.unordered else []

    def lowest(self) -> bool:
        """Return whether any point takes something away."""
        return min(point.gives for point in self.points) < 0


def between(points: tuple[Point, ...], value: Decimal) -> tuple[Point, Point, Decimal]:
    """Return the points around a value and what it gives."""
    if value <= points[0].at:
        return points[0], points[0], points[0].gives
    for one, other in pairwise(points):
        if value <= other.at:
            rise = EXACT.multiply(value - one.at, other.gives - one.gives)
            return one, other, one.gives + EXACT.divide(rise, other.at - one.at)
    return points[-1], points[-1], points[-1].gives


def prepare(step: Linear) -> Run:
    """Return the run of a linear step."""
    of, uses = computed(step.of), step.uses()

    def one(member: Member) -> Node:
        value = of(member.values)
        if value is None:
            return unknown(uses)
        low, high, gives = between(step.points, settled(value))
        facts = {"value": value, "low": low.at, "low_gives": low.gives, "high": high.at, "high_gives": high.gives}
        return Node(gives, "end" if low is high else "linear", facts, uses)

    return each(one)


KIND = StepKind(
    Linear, prepare, "{name: points, kind: linear, of: response, points: [{at: 20, gives: 100}, {at: 60, gives: 0}]}"
)
