"""A month of a shop as schemes see it: who is appraised by what, every value that goes in; and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from xiaoer.appraisal.appraise import Appraised, appraise
from xiaoer.appraisal.exact import decimal_of
from xiaoer.appraisal.law import Law, share_most
from xiaoer.appraisal.member import Grades, Incident, Manual, Member, Person
from xiaoer.appraisal.pay import Adjustment, Limits
from xiaoer.appraisal.scheme import Scheme, SchemeVersion
from xiaoer.base.errors import ReportableError

OF_A_LINE = "line/"  # begins the name of a sum by hand that a decision adds to a line of pay
Of = TypeVar("Of", Incident, Manual)


@dataclass(frozen=True)
class MonthInputs:
    """What goes into a month. Figures are exact; `values` are those of tables (scores, targets, attendance).

    `history` are the grades of each person's earlier months, the latest first.
    """

    month: str
    people: Mapping[str, Person]
    figures: Mapping[str, Mapping[str, Fraction | None]] = field(default_factory=dict)  # by metric, then agent
    values: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)  # by agent, then name
    incidents: tuple[Incident, ...] = ()
    manual: tuple[Manual, ...] = ()
    history: Mapping[str, Sequence[Grades]] = field(default_factory=dict)
    minimum_wage: Decimal | None = None


@dataclass(frozen=True)
class Given:
    """What people give for one month by tables: values by agent and name, incidents, adjustments by hand."""

    values: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    manual: tuple[Manual, ...] = ()


def joined(one: Mapping[str, Given], other: Mapping[str, Given]) -> dict[str, Given]:
    """Return what two sides give, by month; of a value or incident that both give the other's holds."""
    found = dict(one)
    for month, more in other.items():
        kept = with_given(_inputs_of(month, found.get(month, Given())), more)
        found[month] = Given(kept.values, kept.incidents, kept.manual)
    return found


def _inputs_of(month: str, given: Given) -> MonthInputs:
    return MonthInputs(month, {}, values=given.values, incidents=given.incidents, manual=given.manual)


def with_given(inputs: MonthInputs, given: Given) -> MonthInputs:
    """Return a month's inputs put right: values and incidents of the same name and number are replaced.

    A sum by hand that is there already, with the same reason and author, is the same one and counts once.
    """
    values = {agent: dict(each) for agent, each in inputs.values.items()}
    for agent, each in given.values.items():
        values.setdefault(agent, {}).update(each)
    numbers = {(one.number, one.agent) for one in given.incidents}
    kept = [one for one in inputs.incidents if (one.number, one.agent) not in numbers]
    incidents = sorted([*kept, *given.incidents], key=lambda one: (one.number, one.agent))
    manual = (*inputs.manual, *(one for one in given.manual if one not in inputs.manual))
    return replace(inputs, values=values, incidents=tuple(incidents), manual=manual)


def decided_of(inputs: MonthInputs) -> dict[tuple[str, str], Decimal]:
    """Return what decisions on appeals add to lines of pay, in yuan, by agent and line."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in inputs.manual:
        if one.name.startswith(OF_A_LINE):
            key = (one.agent, one.name.removeprefix(OF_A_LINE))
            found[key] = found.get(key, Decimal(0)) + one.value
    return found


def as_main(given: Given, joined: Mapping[str, Sequence[str]]) -> Given:
    """Return what is given with the accounts of one person under the account that stands for them."""
    main = {account: name for name, accounts in joined.items() for account in accounts}
    if not main:
        return given
    values: dict[str, dict[str, Decimal]] = {}
    for agent in sorted(given.values, key=lambda agent: (agent in joined, agent)):  # the main account's own word holds
        values.setdefault(main.get(agent, agent), {}).update(given.values[agent])
    return Given(
        values,
        tuple(replace(one, agent=main.get(one.agent, one.agent)) for one in given.incidents),
        tuple(replace(one, agent=main.get(one.agent, one.agent)) for one in given.manual),
    )


def days_of_month(month: str) -> tuple[date, date]:
    """Return the first and last day of a month such as 2024-09; a ReportableError for anything else."""
    year, _, number = month.partition("-")
    if not (len(month) == 7 and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12 and year.isascii()):
        raise ReportableError.of("appraisal.bad_month", values={"found": month[:20]})
    first = date(int(year), int(number), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - timedelta(days=1)


def month_before(month: str) -> str:
    """Return the month before one."""
    first, _ = days_of_month(month)
    return f"{first - timedelta(days=1):%Y-%m}"


@dataclass(frozen=True)
class Assigned:
    """Which scheme each person is appraised by; who has none, and who has several with their names."""

    by_agent: Mapping[str, str]
    nobody: tuple[str, ...] = ()
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def assign(people: Mapping[str, Person], versions: Mapping[str, SchemeVersion]) -> Assigned:
    """Return who is appraised by which of these versions."""
    found = {
        agent: tuple(name for name, version in versions.items() if version.spec.for_.holds(person))
        for agent, person in sorted(people.items())
    }
    return Assigned(
        {agent: names[0] for agent, names in found.items() if len(names) == 1},
        tuple(agent for agent, names in found.items() if not names),
        {agent: names for agent, names in found.items() if len(names) > 1},
    )


def versions_on(schemes: Sequence[Scheme], day: date) -> dict[str, SchemeVersion]:
    """Return the version of each scheme that holds on a day; those that do not hold yet are left out."""
    return {scheme.name: version for scheme in schemes if (version := scheme.on(day)) is not None}


def members_of(inputs: MonthInputs, version: SchemeVersion, agents: Sequence[str]) -> list[Member]:
    """Return people with the values that a version asks for; what nobody gave is unknown."""
    exact = {
        (metric, agent): None if value is None else decimal_of(value)
        for metric in version.metrics
        for agent, value in inputs.figures.get(metric, {}).items()
    }
    incidents, manual = _by_agent(inputs.incidents), _by_agent(inputs.manual)
    made = []
    for agent in agents:
        given = inputs.values.get(agent, {})
        values: dict[str, Decimal | None] = {}
        for name, one in version.spec.inputs.items():
            values[name] = given.get(one.table) if one.table else exact.get((one.metric or "", agent))
        made.append(Member(agent, values, inputs.people.get(agent, Person()), tuple(incidents.get(agent, ())),
                           tuple(manual.get(agent, ())), tuple(inputs.history.get(agent, ()))))  # fmt: skip
    return made


def _by_agent(rows: Sequence[Of]) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = {}
    for row in rows:
        found.setdefault(row.agent, []).append(row)
    return found


def compute(
    inputs: MonthInputs,
    versions: Mapping[str, SchemeVersion],
    assigned: Mapping[str, str],
    *,
    law: Law | None,
    adjustments: Mapping[str, Sequence[Adjustment]] | None = None,
) -> list[Appraised]:
    """Return what came out for everybody with a scheme, agents ascending; it depends on nothing but what is given."""
    last = days_of_month(inputs.month)[1]
    limits = Limits(law is not None, share_most(law, last), inputs.minimum_wage)
    made: list[Appraised] = []
    for name, version in versions.items():
        agents = sorted(agent for agent, scheme in assigned.items() if scheme == name)
        made += appraise(version, members_of(inputs, version, agents), limits=limits, adjustments=adjustments)
    return sorted(made, key=lambda one: one.agent)
