"""Bands: the best edge that a value reaches gives its points, and perhaps a grade."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from xiaoer.appraisal.exact import Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Fact, Node, unknown
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each
from xiaoer.base.catalog import Declared

Holds = Callable[[Decimal, Decimal], bool]
HOLDS: dict[str, Holds] = {
    "at_least": operator.ge,
    "over": operator.gt,
    "at_most": operator.le,
    "under": operator.lt,
}
EDGES = tuple(HOLDS)


class Band(Declared):
    """One band: an edge, inclusive (at_least, at_most) or not (over, under), and what it gives."""

    at_least: Number | None = None
    over: Number | None = None
    at_most: Number | None = None
    under: Number | None = None
    gives: Number
    grade: str | None = None

    @property
    def edge(self) -> Decimal:
        """Return the edge."""
        edges = (self.at_least, self.over, self.at_most, self.under)
        return next(edge for edge in edges if edge is not None)

    @property
    def sign(self) -> str:
        """Return the edge's key."""
        return next(key for key in EDGES if getattr(self, key) is not None)

    @property
    def up(self) -> bool:
        """Return whether more is better here."""
        return self.sign in ("at_least", "over")

    def holds(self, value: Decimal) -> bool:
        """Return whether a value reaches the band."""
        return HOLDS[self.sign](value, self.edge)

    @model_validator(mode="after")
    def _one_edge(self) -> Self:
        if sum(getattr(self, key) is not None for key in EDGES) != 1:
            raise ValueError("exactly one of at_least, over, at_most, under")
        return self


class Bands(Step):
    """Bands from the best to the worst, and what is given below them all. `unordered` allows points that fall."""

    of: Formula
    bands: tuple[Band, ...] = Field(min_length=1)
    otherwise: Number = Decimal(0)
    otherwise_grade: str | None = None
    unordered: bool = False

    @property
    def up(self) -> bool:
        """Return whether more is better."""
        return self.bands[0].up

    def faults(self) -> list[tuple[str, str]]:
        """Return whether edges turn round, are out of order, or points fall where the value gets better."""
        sign = 1 if self.up else -1
        keys = [(sign * band.edge, band.sign in ("over", "under")) for band in self.bands]
        if len({band.up for band in self.bands}) > 1:
            return [("bands", "appraisal.bands_mixed")]
        if any(one <= other for one, other in zip(keys, keys[1:], strict=False)):
            return [("bands", "appraisal.bands_order")]
        gives = [*(band.gives for band in self.bands), self.otherwise]
        falls = any(one < other for one, other in zip(gives, gives[1:], strict=False))
        return [("bands", "appraisal.bands_fall")] if falls and not self.unordered else []

    def lowest(self) -> bool:
        """Return whether any band takes something away."""
        return min([self.otherwise, *(band.gives for band in self.bands)]) < 0


def prepare(step: Bands) -> Run:
    """Return the run of a bands step."""
    of, uses = computed(step.of), step.uses()
    # Looked up once: a month of a thousand people asks every edge tens of thousands of times.
    edges: list[tuple[Holds, Decimal, Decimal, str | None, dict[str, Fact]]] = [
        (HOLDS[band.sign], band.edge, band.gives, band.grade, {"edge": band.edge, "sign": band.sign})
        for band in step.bands
    ]
    last = step.bands[-1]
    below: dict[str, Fact] = {"edge": last.edge, "sign": last.sign}

    def one(member: Member) -> Node:
        value = of(member.values)
        if value is None:
            return unknown(uses)
        compared = settled(value)
        for holds, edge, gives, grade, facts in edges:
            if holds(compared, edge):
                return Node(gives, "band", {"value": value, **facts}, uses, grade)
        return Node(step.otherwise, "no_band", {"value": value, **below}, uses, step.otherwise_grade)

    return each(one)


KIND = StepKind(
    Bands, prepare, "{name: points, kind: bands, of: conversion, bands: [{at_least: 55%, gives: 100}], otherwise: 50}"
)
