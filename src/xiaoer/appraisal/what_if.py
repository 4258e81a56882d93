"""A changed scheme over past months: who gains, who loses, what it costs, how it spreads, what moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from xiaoer.appraisal.exact import EXACT, exactly
from xiaoer.appraisal.law import Law
from xiaoer.appraisal.member import Grades
from xiaoer.appraisal.month import MonthInputs, assign, compute, days_of_month, versions_on
from xiaoer.appraisal.scheme import Better, Scheme, SchemeVersion
from xiaoer.metrics import Metric, Unit

A_POINT, A_PERCENT = Fraction(1, 100), Fraction(1, 100)
Totals = dict[tuple[str, str], Decimal | None]  # by month and agent


@dataclass(frozen=True)
class Spread:
    """How totals of people and months lie: the lowest, a quarter, half, three quarters, the highest; in yuan."""

    lowest: Decimal
    quarter: Decimal
    middle: Decimal
    three_quarters: Decimal
    highest: Decimal


@dataclass(frozen=True)
class Moved:
    """What an input does: better by a percentage point or a percent for everybody, what is paid more in the month.

    `people` are those whose pay moves at all; `most` is the largest move of one person.
    """

    input: str
    paid: Decimal
    people: int
    most: Decimal


@dataclass(frozen=True)
class WhatIf:
    """Totals by month and agent under both, and what is said of their differences; unknown ones take no part."""

    months: tuple[str, ...]
    before: Totals
    after: Totals
    gains: int
    loses: int
    same: int
    unknown: int
    paid_before: Decimal
    paid_after: Decimal
    spread_before: Spread | None
    spread_after: Spread | None
    moved: tuple[Moved, ...] = ()

    def by_agent(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return by agent what all months pay under both."""
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for key, before in self.before.items():
            after = self.after.get(key)
            if before is not None and after is not None:
                one = found.get(key[1], (Decimal(0), Decimal(0)))
                found[key[1]] = (one[0] + before, one[1] + after)
        return dict(sorted(found.items()))


def totals_of(months: Sequence[MonthInputs], schemes: Sequence[Scheme], law: Law | None) -> Totals:
    """Return what everybody gets in each month, one month after another, so that streaks follow the scheme itself."""
    history: dict[str, list[Grades]] = {}
    totals: Totals = {}
    for inputs in sorted(months, key=lambda one: one.month):
        versions = versions_on(schemes, days_of_month(inputs.month)[1])
        assigned = assign(inputs.people, versions).by_agent
        results = compute(replace(inputs, history=history), versions, assigned, law=law)
        totals |= {(inputs.month, one.agent): one.total for one in results}
        history = {one.agent: [one.grades, *history.get(one.agent, [])] for one in results}
    return totals


def what_if(
    months: Sequence[MonthInputs], before: Sequence[Scheme], after: Sequence[Scheme], *, law: Law | None,
    metrics: Mapping[str, Metric] | None = None,
) -> WhatIf:  # fmt: skip
    """Return what the schemes after would have paid beside those before; with metrics also what moves it."""
    then, now = totals_of(months, before, law), totals_of(months, after, law)
    both = [(one, other) for key, one in then.items() if one is not None and (other := now.get(key)) is not None]
    last = max(months, key=lambda one: one.month)
    return WhatIf(
        tuple(sorted(one.month for one in months)),
        then,
        now,
        sum(after_ > before_ for before_, after_ in both),
        sum(after_ < before_ for before_, after_ in both),
        sum(after_ == before_ for before_, after_ in both),
        len({*then, *now}) - len(both),
        sum((one for one, _ in both), Decimal(0)),
        sum((other for _, other in both), Decimal(0)),
        spread_of([one for one, _ in both]),
        spread_of([other for _, other in both]),
        tuple(moved_by(last, after, law, metrics)) if metrics is not None else (),
    )


def spread_of(totals: Sequence[Decimal]) -> Spread | None:
    """Return how totals lie, linear between neighbours; None without any."""
    if not totals:
        return None
    ordered = sorted(totals)
    return Spread(*(_quantile(ordered, quarters) for quarters in range(5)))


def _quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    place, rest = divmod(quarters * (len(ordered) - 1), 4)
    if not rest:
        return ordered[place]
    with exactly():
        return ordered[place] + (ordered[place + 1] - ordered[place]) * rest / 4


def moved_by(
    month: MonthInputs, schemes: Sequence[Scheme], law: Law | None, metrics: Mapping[str, Metric]
) -> list[Moved]:
    """Return what each input of the schemes does in one month, the strongest first."""
    versions = versions_on(schemes, days_of_month(month.month)[1])
    assigned = assign(month.people, versions).by_agent
    usual = {one.agent: one.total for one in compute(month, versions, assigned, law=law)}
    found = []
    for name, better in sorted(inputs_with_merit(versions, metrics).items()):
        moved = compute(_improved(month, name, better, metrics), versions, assigned, law=law)
        changes = [one.total - was for one in moved if one.total is not None and (was := usual[one.agent]) is not None]
        paid = sum(changes, Decimal(0))
        most = max(changes, key=abs, default=Decimal(0))
        found.append(Moved(name, paid, sum(change != 0 for change in changes), most))
    return sorted(found, key=lambda one: (-abs(one.paid), one.input))


def inputs_with_merit(versions: Mapping[str, SchemeVersion], metrics: Mapping[str, Metric]) -> dict[str, Better]:
    """Return the metrics and tables that are better one way, by name."""
    found: dict[str, Better] = {}
    for version in versions.values():
        for one in version.spec.inputs.values():
            name = one.metric or one.table or ""
            if one.better is not Better.NONE and (one.table or one.metric in metrics):
                found[name] = one.better
    return found


def _improved(month: MonthInputs, name: str, better: Better, metrics: Mapping[str, Metric]) -> MonthInputs:
    """Return a month in which everybody is better by a percentage point of a share, by a percent of anything else."""
    sign = 1 if better is Better.UP else -1
    if name in month.figures:
        share = metrics[name].unit is Unit.SHARE
        figures = {
            agent: None if value is None else value + sign * A_POINT if share else value * (1 + sign * A_PERCENT)
            for agent, value in month.figures[name].items()
        }
        capped = {agent: min(one, Fraction(1)) if share and one is not None else one for agent, one in figures.items()}
        return replace(month, figures={**month.figures, name: capped})
    by = 1 + Decimal(sign) / 100
    values = {
        agent: {**each, name: EXACT.multiply(each[name], by)} if name in each else each
        for agent, each in month.values.items()
    }
    return replace(month, values=values)
