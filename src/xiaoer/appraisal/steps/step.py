"""What every step of a scheme has, and what a kind of step is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import StringConstraints

from xiaoer.appraisal.exact import Number, Rounding
from xiaoer.appraisal.expression import Compute, Value, read_expression
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node
from xiaoer.base.catalog import Declared, Words

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Formula = Annotated[str, "formula"]
Condition = Annotated[str, "condition"]
OneOf = Annotated[str, "name"]  # the name of one value, no expression

Run = Callable[[Sequence[Member]], list[Node]]
Prepare = Callable[[Any], Run]


class Step(Declared):
    """The keys of any step. `round` says how its value is rounded; `missing` stands in where it is unknown."""

    name: Name
    kind: str
    label: Words
    round: Rounding | None = None
    missing: Number | None = None

    def marked(self, mark: str) -> dict[str, str]:
        """Return the texts of the keys that hold a formula, a condition or a name, by key."""
        found = {key: getattr(self, key) for key, field in type(self).model_fields.items() if mark in field.metadata}
        return {key: text for key, text in found.items() if text is not None}

    def uses(self) -> tuple[str, ...]:
        """Return the names of the values that the step needs."""
        texts = [*self.marked("formula").values(), *self.marked("condition").values()]
        names = [name for text in texts for name in read_expression(text).names]
        return tuple(dict.fromkeys([*names, *self.marked("name").values(), *self.more_uses()]))

    def more_uses(self) -> tuple[str, ...]:
        """Return names that stand elsewhere than in a formula."""
        return ()

    def faults(self) -> list[tuple[str, str]]:
        """Return what is wrong within the step: the key and the code of a message."""
        return []

    def lowest(self) -> bool:
        """Return whether the step's own numbers can make it less than nothing."""
        return False


@dataclass(frozen=True)
class StepKind:
    """A kind of step: its keys, how one is made ready to run, and an example as a hint for who wrote it wrongly."""

    spec: type[Step]
    prepare: Prepare
    hint: str


def each(one: Callable[[Member], Node]) -> Run:
    """Return the run of a step that looks at one person at a time."""
    return lambda members: [one(member) for member in members]


def computed(text: str) -> Compute:
    """Return what computes a formula or a condition."""
    return read_expression(text).compute


def column(text: str, members: Sequence[Member]) -> list[Value]:
    """Return a formula's value for every person."""
    compute = computed(text)
    return [compute(member.values) for member in members]
