"""A version run over the people it is for: every step kept, lines and totals made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xiaoer.appraisal.exact import exactly
from xiaoer.appraisal.member import Member
from xiaoer.appraisal.node import Node
from xiaoer.appraisal.pay import Adjustment, Limits, PayLine, settle, total_of
from xiaoer.appraisal.scheme import SchemeVersion

NO_LIMITS = Limits(guarded=False)


@dataclass(frozen=True)
class Appraised:
    """What came out for one person; without pay lines where an amount can not be known.

    `unknown` are the inputs that are missing for it.
    """

    agent: str
    scheme: str
    values: Mapping[str, Decimal | None]
    nodes: Mapping[str, Node]
    lines: tuple[PayLine, ...] = ()
    unknown: tuple[str, ...] = ()
    score: Decimal | None = None
    grade: str | None = None
    grades: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Decimal | None:
        """Return the sum of the lines in yuan; None where it can not be known."""
        return None if self.unknown else total_of(self.lines)


def appraise(
    version: SchemeVersion,
    members: Sequence[Member],
    *,
    limits: Limits = NO_LIMITS,
    adjustments: Mapping[str, Sequence[Adjustment]] | None = None,
) -> list[Appraised]:
    """Return what a version makes of the people given, in their order; the same whatever that order is.

    The members given are filled in: their values and nodes hold every step afterwards.
    """
    with exactly():
        run_steps(version, members)
        return [_appraised(version, member, limits, (adjustments or {}).get(member.agent, ())) for member in members]


def run_steps(version: SchemeVersion, members: Sequence[Member]) -> None:
    """Fill in every member's values and nodes, step by step for all of them."""
    parameters = {name: one.value for name, one in version.spec.parameters.items()}
    stands_in = {name: one.missing for name, one in version.spec.inputs.items()}
    for member in members:
        member.values.update(parameters)
        for name, missing in stands_in.items():
            if member.values.setdefault(name, None) is None and missing is not None:
                member.values[name] = missing
        member.values.setdefault("tenure_weeks", member.person.tenure_weeks)
    for step, run in version.runs:
        name, missing, rounding = step.name, step.missing, step.round
        for member, node in zip(members, run(members), strict=True):
            if node.value is None:
                node = Node(missing, "missing", {}, node.uses) if missing is not None else node
            elif rounding is not None:
                node = node._replace(value=rounding.apply(node.value))
            member.values[name] = node.value
            member.nodes[name] = node


def _appraised(version: SchemeVersion, member: Member, limits: Limits, adjustments: Sequence[Adjustment]) -> Appraised:
    amounts = [(line, amount(member.values)) for line, amount in version.line_amounts]
    spec = version.spec
    known = [(line, line.round.apply(amount)) for line, amount in amounts if amount is not None]
    whole = len(known) == len(amounts)
    grade = member.nodes[spec.grade].grade if spec.grade else None
    return Appraised(
        member.agent,
        version.scheme,
        member.values,
        member.nodes,
        tuple(settle(known, limits=limits, adjustments=adjustments)) if whole else (),
        () if whole else unknown_inputs(version, member),
        member.values[spec.score] if spec.score else None,
        grade,
        {name: node.grade for name, node in member.nodes.items() if node.grade is not None},
    )


def unknown_inputs(version: SchemeVersion, member: Member) -> tuple[str, ...]:
    """Return the inputs that are unknown; the steps that are, where every input is known."""
    inputs = tuple(name for name in version.spec.inputs if member.values[name] is None)
    return inputs or tuple(step.name for step in version.steps if member.values[step.name] is None)
