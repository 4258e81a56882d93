"""Rank: the first so many get so much; who is equal shares the better place."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import NOTHING, Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.short import Better
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, column
from xiaoer.appraisal.steps.within import Within, run_within
from xiaoer.base.catalog import Declared


class Place(Declared):
    """Up to which place what is given."""

    to: Annotated[int, Field(ge=1)]
    gives: Number


class Rank(Step):
    """What is ranked, which way, who with whom, and what places give."""

    of: Formula
    better: Better = Better.UP
    within: Within = Within.ALL
    places: tuple[Place, ...] = Field(min_length=1)
    otherwise: Number = NOTHING

    def faults(self) -> list[tuple[str, str]]:
        """Return whether places are out of order or a worse one gives more."""
        if any(one.to >= other.to for one, other in pairwise(self.places)):
            return [("places", "appraisal.places_order")]
        gives = [*(place.gives for place in self.places), self.otherwise]
        falls = any(one < other for one, other in pairwise(gives))
        return [("places", "appraisal.bands_fall")] if falls else []

    def lowest(self) -> bool:
        """Return whether a place takes something away."""
        return min([self.otherwise, *(place.gives for place in self.places)]) < 0


def ranks(values: list[Decimal | None], *, up: bool) -> list[int | None]:
    """Return each value's place from 1, equals sharing the better one; an unknown value has none."""
    known = sorted((settled(value) for value in values if value is not None), reverse=up)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(known, start=1):
        first.setdefault(value, place)
    return [None if value is None else first[settled(value)] for value in values]


def prepare(step: Rank) -> Run:
    """Return the run of a ranking."""
    uses = step.uses()

    def run(members: list[Member]) -> list[Node]:
        values = column(step.of, members)
        placed = ranks(values, up=step.better is Better.UP)
        of = Decimal(sum(place is not None for place in placed))
        return [_node(value, place, of) for value, place in zip(values, placed, strict=True)]

    def _node(value: Decimal | None, place: int | None, of: Decimal) -> Node:
        if place is None:
            return unknown(uses)
        gives = next((one.gives for one in step.places if place <= one.to), step.otherwise)
        return Node(gives, "rank", {"value": value, "place": Decimal(place), "of": of}, uses)

    return lambda members: run_within(step.within, members, run)


KIND = StepKind(
    Rank, prepare, "{name: top_three, kind: rank, of: score, places: [{to: 1, gives: 500}, {to: 3, gives: 200}]}"
)
