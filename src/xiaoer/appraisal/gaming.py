"""Where a scheme rewards the wrong thing: cliffs, figures moved by turning customers away, shares of few cases."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from xiaoer.appraisal.exact import GRAIN
from xiaoer.appraisal.law import Law
from xiaoer.appraisal.month import MonthInputs, assign, compute, days_of_month, versions_on
from xiaoer.appraisal.scheme import Scheme, SchemeVersion
from xiaoer.appraisal.steps.bands import Bands
from xiaoer.appraisal.steps.commission import Commission, Mode
from xiaoer.appraisal.steps.linear import Linear
from xiaoer.appraisal.steps.small_sample import SmallSample
from xiaoer.base.catalog import Catalog, Declared, Words

FILE = "gaming.yaml"
MOST_PEOPLE = 40  # a cliff is measured on so many of a team
STEEP = Decimal("0.03")  # of the month's total: an edge that moves more of it is a cliff
NEAR = Fraction(3, 100)


class Gamed(Declared):
    """A metric that can be moved without better work, and how."""

    metric: str
    how: Words


class _GamingFile(Declared):
    gamed: tuple[Gamed, ...]


@dataclass(frozen=True)
class Doubt:
    """One doubt about a scheme: its kind, the scheme, the step or input, and the numbers that go with it."""

    kind: str
    scheme: str
    name: str
    facts: Mapping[str, Decimal | int | str]


def doubts_of(
    month: MonthInputs, schemes: Sequence[Scheme], *, law: Law | None, gamed: Collection[str],
    few: Mapping[tuple[str, str], int],
) -> list[Doubt]:  # fmt: skip
    """Return the doubts about schemes on one month's data; `few` are the figures that rest on few cases."""
    versions = versions_on(schemes, days_of_month(month.month)[1])
    found: list[Doubt] = []
    for version in versions.values():
        found += _unordered(version)
        found += _turned_away(version, gamed)
        found += _few_cases(version, few)
        found += _cliffs(month, version, law)
    return found


def gamed_metrics(catalog: Catalog) -> dict[str, Words]:
    """Return the metrics that can be moved without better work, and how."""
    return {one.metric: one.how for one in catalog.load_one(FILE, _GamingFile).gamed}


def _unordered(version: SchemeVersion) -> Iterator[Doubt]:
    for step in version.steps:
        falls = isinstance(step, Bands | Linear) and step.unordered
        if falls or (isinstance(step, Commission) and step.falling):
            yield Doubt("pays_less", version.scheme, step.name, {})


def _turned_away(version: SchemeVersion, gamed: Collection[str]) -> Iterator[Doubt]:
    for name, one in version.spec.inputs.items():
        if one.metric in gamed:
            yield Doubt("turned_away", version.scheme, name, {"metric": one.metric or ""})


def _few_cases(version: SchemeVersion, few: Mapping[tuple[str, str], int]) -> Iterator[Doubt]:
    guarded = {name for step in version.steps if isinstance(step, SmallSample) for name in step.uses()}
    for name, one in version.spec.inputs.items():
        people = sum(metric == one.metric for metric, _ in few)
        users = {step.name for step in version.steps if name in step.uses()}
        if people and not users & guarded:
            yield Doubt("few_cases", version.scheme, name, {"people": people})


def _cliffs(month: MonthInputs, version: SchemeVersion, law: Law | None) -> Iterator[Doubt]:
    """Yield the edges at which the middle person's month jumps: one step better, so much more."""
    team, middle = _team(month, version, law)
    if middle is None:
        return
    for step in version.steps:
        for of, edge, strict, up in _edges(step):
            if of not in version.spec.inputs:
                continue
            just = edge + (GRAIN if up else -GRAIN) if strict else edge
            short = edge if strict else edge - (GRAIN if up else -GRAIN)
            reached, missed = (_total(team, version, law, middle, of, value) for value in (just, short))
            if reached is not None and missed is not None and reached - missed > STEEP * max(missed, Decimal(1)):
                near = _people_near(month, version, of, edge, up)
                facts: dict[str, Decimal | int | str] = {"edge": edge, "yuan": reached - missed, "people": near}
                yield Doubt("cliff", version.scheme, step.name, facts)


def _edges(step: object) -> Iterator[tuple[str, Decimal, bool, bool]]:
    if isinstance(step, Bands):
        for band in step.bands:
            yield step.of.strip(), band.edge, band.sign in ("over", "under"), band.up
    if isinstance(step, Commission) and step.mode is Mode.WHOLE:
        for tier in step.tiers:
            yield (step.by or step.of).strip(), tier.edge, tier.over is not None, True


def _team(month: MonthInputs, version: SchemeVersion, law: Law | None) -> tuple[MonthInputs, str | None]:
    """Return some people of the month, evenly over what they get, and the one in the middle."""
    assigned = assign(month.people, {version.scheme: version}).by_agent
    results = [one for one in compute(month, {version.scheme: version}, assigned, law=law) if one.total is not None]
    ordered = [one.agent for one in sorted(results, key=lambda one: (one.total or 0, one.agent))]
    if not ordered:
        return month, None
    step = max(1, len(ordered) // MOST_PEOPLE)
    kept = {*ordered[::step], ordered[len(ordered) // 2]}
    return replace(month, people={agent: month.people[agent] for agent in sorted(kept)}), ordered[len(ordered) // 2]


def _total(
    team: MonthInputs, version: SchemeVersion, law: Law | None, agent: str, name: str, value: Decimal
) -> Decimal | None:  # fmt: skip
    one = version.spec.inputs[name]
    if one.metric is not None:
        figures = {**team.figures, one.metric: {**team.figures.get(one.metric, {}), agent: Fraction(value)}}
        changed = replace(team, figures=figures)
    else:
        given = {**team.values.get(agent, {}), one.table or "": value}
        changed = replace(team, values={**team.values, agent: given})
    assigned = dict.fromkeys(team.people, version.scheme)
    results = compute(changed, {version.scheme: version}, assigned, law=law)
    return next(result.total for result in results if result.agent == agent)


def _people_near(month: MonthInputs, version: SchemeVersion, name: str, edge: Decimal, up: bool) -> int:
    """Return how many lie within three percent short of an edge."""
    one = version.spec.inputs[name]
    if one.metric is not None:
        values = [value for value in month.figures.get(one.metric, {}).values() if value is not None]
    else:
        table = one.table or ""
        values = [Fraction(each[table]) for each in month.values.values() if table in each]
    at = Fraction(edge)
    low, high = (at * (1 - NEAR), at) if up else (at, at * (1 + NEAR))
    return sum(low <= value <= high and value != at for value in values)
