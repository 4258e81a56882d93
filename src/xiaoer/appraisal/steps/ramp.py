"""Probation and ramp-up: in the first weeks a figure is judged by what is expected of somebody so new."""

from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, ONE, Number, settled
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node, unknown
from xiaoer.appraisal.steps.short import Better
from xiaoer.appraisal.steps.step import Formula, Run, Step, StepKind, computed, each
from xiaoer.base.catalog import Declared


class Stage(Declared):
    """Until which week (not included) which part of a full performance is expected."""

    weeks: Annotated[Number, Field(gt=0)]
    expects: Annotated[Number, Field(gt=0, le=1)]


class Ramp(Step):
    """The figure, which way it is better, and the learning curve; after its last week all is expected."""

    of: Formula
    tenure: Formula = "tenure_weeks"
    better: Better
    stages: tuple[Stage, ...] = Field(min_length=1)

    def faults(self) -> list[tuple[str, str]]:
        """Return whether weeks are not ascending."""
        weeks = [stage.weeks for stage in self.stages]
        return [] if sorted(set(weeks)) == weeks else [("stages", "appraisal.stages_order")]


def prepare(step: Ramp) -> Run:
    """Return the run of a ramp; who came at an unknown time is judged in full."""
    of, tenure, uses = computed(step.of), computed(step.tenure), step.uses()

    def one(member: Member) -> Node:
        value, weeks = of(member.values), tenure(member.values)
        if value is None:
            return unknown(uses)
        expects = next((one.expects for one in step.stages if weeks is not None and settled(weeks) < one.weeks), ONE)
        if expects == ONE:
            return Node(value, "in_full", {"value": value}, uses)
        judged = EXACT.divide(value, expects) if step.better is Better.UP else EXACT.multiply(value, expects)
        return Node(judged, "ramp_up" if step.better is Better.UP else "ramp_down",
                    {"value": value, "weeks": weeks, "expects": expects}, uses)  # fmt: skip

    return each(one)


KIND = StepKind(
    Ramp,
    prepare,
    "{name: judged, kind: ramp, of: conversion, better: up, "
    "stages: [{weeks: 2, expects: 60%}, {weeks: 4, expects: 80%}]}",
)
