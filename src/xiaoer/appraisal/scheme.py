"""A scheme as it is declared: for whom, from which day, what goes in, the steps, and the lines of pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from xiaoer.appraisal.exact import TO_THE_FEN, Number, Rounding
from xiaoer.appraisal.expression import Compute, read_expression
from xiaoer.appraisal.member import Person
from xiaoer.appraisal.steps import STEPS
from xiaoer.appraisal.steps.step import Name, Run, Step
from xiaoer.base.catalog import Declared, Words

TENURE = "tenure_weeks"
PERSON_NAMES = (TENURE,)  # what is known of everybody


class LineKind(StrEnum):
    """What a line of pay is: agreed wage, bonus, what lessens the bonus, what makes good a real loss; a fine."""

    WAGE = "wage"
    BONUS = "bonus"
    PENALTY = "penalty"
    DEDUCTION = "deduction"
    FINE = "fine"


class ActsOn(StrEnum):
    """What a penalty lessens."""

    BONUS = "bonus"
    WAGE = "wage"


class Better(StrEnum):
    """Which way a value is better; `none` for values that are no merit, such as targets."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Input(Declared):
    """A value that comes from outside: a metric's figure, or a column of a table of values (scores, targets …)."""

    metric: str | None = None
    table: str | None = None
    label: Words | None = None
    better: Better = Better.UP
    at_least: Number | None = None
    at_most: Number | None = None
    missing: Number | None = None


class Parameter(Declared):
    """A number of the scheme with a name."""

    label: Words
    value: Number


class Line(Declared):
    """One line of pay: what it is called, what kind it is, its amount in yuan before the law's limits."""

    name: Name
    kind: LineKind
    label: Words
    of: str
    round: Rounding = TO_THE_FEN
    acts_on: ActsOn = ActsOn.BONUS
    share_most: Annotated[Number, Field(gt=0, le=1)] | None = None
    keeps_minimum_wage: bool = True


class Whom(Declared):
    """For whom a scheme is; what is not said holds for everybody."""

    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    weeks_at_least: Number | None = None
    weeks_under: Number | None = None

    def holds(self, person: Person) -> bool:
        """Return whether the scheme is for a person; who came at an unknown time counts as long here."""
        weeks = person.tenure_weeks
        return (
            (not self.roles or person.role in self.roles)
            and (not self.groups or person.group in self.groups)
            and (self.weeks_at_least is None or weeks is None or weeks >= self.weeks_at_least)
            and (self.weeks_under is None or (weeks is not None and weeks < self.weeks_under))
        )


class Version(Declared):
    """What holds from a day on; a change is one more version with its date, the past stays as it was."""

    from_: date = Field(alias="from")
    for_: Whom = Field(alias="for", default=Whom())
    parameters: dict[Name, Parameter] = {}
    inputs: dict[Name, Input] = Field(min_length=1)
    steps: tuple[dict[str, Any], ...] = Field(min_length=1)
    lines: tuple[Line, ...] = Field(min_length=1)
    score: str | None = None
    grade: str | None = None
    two_people: bool = False  # whoever closes a month is neither who ran it nor who submitted it


class Example(Declared):
    """A worked example: tables in, every intermediate and every line out, all as text."""

    title: Words
    people: str
    incidents: str = ""
    manual: str = ""
    history: str = ""
    minimum_wage_yuan: Number | None = None
    results: str


class SchemeFile(Declared):
    """One file of catalog/schemes."""

    label: Words
    why: Words
    note: Words
    source: Words
    versions: tuple[Version, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=2)


@dataclass(frozen=True)
class SchemeVersion:
    """A checked version: its steps as their kinds read them, ready to run."""

    scheme: str
    spec: Version
    steps: tuple[Step, ...]

    @cached_property
    def runs(self) -> tuple[tuple[Step, Run], ...]:
        """Return each step with what runs it."""
        return tuple((step, STEPS[step.kind].prepare(step)) for step in self.steps)

    @cached_property
    def line_amounts(self) -> tuple[tuple[Line, Compute], ...]:
        """Return each line with what computes its amount."""
        return tuple((line, read_expression(line.of).compute) for line in self.spec.lines)

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Return the metrics that it needs, ascending."""
        return tuple(sorted({one.metric for one in self.spec.inputs.values() if one.metric}))


@dataclass(frozen=True)
class Scheme:
    """A scheme: its texts, its versions by date, and the file it was read from."""

    name: str
    file: str
    said: SchemeFile
    versions: tuple[SchemeVersion, ...]

    def on(self, day: date) -> SchemeVersion | None:
        """Return the version that holds on a day; None before the first."""
        holding = [version for version in self.versions if version.spec.from_ <= day]
        return max(holding, key=lambda version: version.spec.from_, default=None)


Schemes = Mapping[str, Scheme]
