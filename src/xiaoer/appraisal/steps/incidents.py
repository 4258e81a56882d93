"""Incidents: so much for each error that service caused and that is proved, or the cost of it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from xiaoer.appraisal.exact import EXACT, NOTHING, Number
from xiaoer.appraisal.member import Incident, Member
from xiaoer.appraisal.node import Fact, Node
from xiaoer.appraisal.steps.step import Run, Step, StepKind, each

ANY = "any"


class Counts(StrEnum):
    """Whether each incident takes a fixed number, or what it cost."""

    EACH = "each"
    COST = "cost"


class Incidents(Step):
    """What each kind of incident takes (`any` for the others); by number or as a part of the cost; at most so much.

    Only incidents with evidence that a second person confirmed count, unless `needs_evidence` is false.
    """

    kinds: Annotated[dict[str, Annotated[Number, Field(ge=0)]], Field(min_length=1)]
    count: Counts = Counts.EACH
    needs_evidence: bool = True
    at_most: Annotated[Number, Field(ge=0)] | None = None


def prepare(step: Incidents) -> Run:
    """Return the run of a step over incidents, in the order of their numbers."""

    def one(member: Member) -> Node:
        ours = [one for one in member.incidents if one.kind in step.kinds or ANY in step.kinds]
        counted = [one for one in ours if one.proved or not step.needs_evidence]
        total = sum((_takes(step, one) for one in counted), NOTHING)
        facts: dict[str, Fact] = {
            "count": Decimal(len(counted)),
            "unproved": Decimal(len(ours) - len(counted)),
            "numbers": ", ".join(one.number for one in counted),
            "total": total,
        }
        over = step.at_most is not None and total > step.at_most
        how = "incidents_most" if over else "incidents" if ours else "no_incidents"
        return Node(step.at_most if over else total, how, facts)

    return each(one)


def _takes(step: Incidents, one: Incident) -> Decimal:
    rate = step.kinds.get(one.kind, step.kinds.get(ANY, NOTHING))
    of = one.cost if step.count is Counts.COST else Decimal(1)
    return EXACT.multiply(EXACT.multiply(rate, of), one.share)


KIND = StepKind(Incidents, prepare, "{name: errors, kind: incidents, kinds: {wrong_goods: 10, any: 5}, at_most: 30}")
