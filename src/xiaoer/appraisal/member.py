"""One person of a month: the values that are known of them, and what the steps make of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xiaoer.appraisal.node import Node

Grades = Mapping[str, str]  # grade by step, of one month


@dataclass(frozen=True)
class Incident:
    """An error that service caused: which kind, what it cost, which part is this person's, and what proves it."""

    number: str
    agent: str
    kind: str
    day: str = ""
    cost: Decimal = Decimal(0)
    share: Decimal = Decimal(1)
    evidence: str = ""
    confirmed_by: str = ""
    note: str = ""

    @property
    def proved(self) -> bool:
        """Return whether there is evidence and a second person has confirmed it."""
        return bool(self.evidence.strip() and self.confirmed_by.strip())


@dataclass(frozen=True)
class Manual:
    """An amount or points that a person gives by hand, with who says so and why."""

    name: str
    agent: str
    value: Decimal
    reason: str
    author: str


@dataclass(frozen=True)
class Person:
    """Who somebody is for schemes: their role and group, and how long they have been here on the month's last day."""

    role: str = ""
    group: str = ""
    tenure_weeks: Decimal | None = None


@dataclass(slots=True)
class Member:
    """A person being appraised; steps add to `values` and `nodes` and change nothing else."""

    agent: str
    values: dict[str, Decimal | None] = field(default_factory=dict)
    person: Person = Person()
    incidents: tuple[Incident, ...] = ()
    manual: tuple[Manual, ...] = ()
    history: tuple[Grades, ...] = ()  # of earlier months, the latest first
    nodes: dict[str, Node] = field(default_factory=dict)
