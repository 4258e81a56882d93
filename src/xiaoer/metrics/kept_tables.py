"""What is kept of a shop's month: sums by agent and day, sums by day, and rows of what does not add up over days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.metrics.compiler import joined, passes, scan_of
from xiaoer.metrics.day_sums import (
    AGENT_SUMS,
    SHOP_SUMS,
    adds_up,
    quantiles_from_days,
    seen_of,
    together,
    values_name,
)
from xiaoer.metrics.measure import Measure
from xiaoer.metrics.metric import Level
from xiaoer.metrics.quantile_scan import counted_values
from xiaoer.metrics.relations import RELATIONS
from xiaoer.metrics.request import Dimension
from xiaoer.metrics.scan import Rows, counts_each_row_once, grouping, named, result_columns, within

BY_AGENT, BY_DAY = (Dimension.AGENT, Dimension.DAY), (Dimension.DAY,)
_TEXT, _NAME = re.compile(r"'[^']*'"), re.compile(r"\w+")
_COUNTS_THINGS = ("distinct", "quantile")


@dataclass(frozen=True)
class KeptTable:
    """A table of a month: its steps, over relations and the tables before it.

    `held` steps are computed by themselves (to plan all passes as one query takes longer than to run them);
    `on_the_way` columns are for the tables after it and not kept.
    """

    steps: tuple[Step, ...]
    held: frozenset[str] = frozenset()
    on_the_way: frozenset[str] = frozenset()


def kept_tables(measures: Iterable[Measure], month: Period) -> dict[str, KeptTable]:
    """Return the tables that are kept of one shop's month, each after those that it is made from."""
    every = list(measures)
    found: dict[str, KeptTable] = {}
    for measure in every:
        if measure.aggregate.quantile:
            found |= _values(measure, month)
    of_agents = [measure for measure in every if measure.relation.has_agent]
    found[AGENT_SUMS] = _agent_sums(of_agents, month)
    found[SHOP_SUMS] = _shop_sums(every, month)
    return found | {name: KeptTable((_narrow(name, mine, month),)) for name, mine in _by_relation(every).items()}


def _values(measure: Measure, month: Period) -> dict[str, KeptTable]:
    """Return the values of a quantile by agent and day (nobody's too), and by day."""
    by_agent, of_shop = (values_name(measure, of_agents=of_agents) for of_agents in (True, False))
    rows = Rows(measure.aggregate.from_, measure.aggregate.agent, BY_AGENT, month, nobody_too=True)
    counted = counted_values(by_agent, rows, measure)
    kept = Rows(by_agent, "agent", BY_DAY, month)
    if not measure.relation.has_agent:
        counted = counted_values(of_shop, Rows(measure.aggregate.from_, "agent", BY_DAY, month), measure)
        return {of_shop: KeptTable((counted,))}
    added = f"SELECT day AS {named(Dimension.DAY)}, v, SUM(n) AS n {kept.source}{grouping(['day', 'v'])}"
    return {by_agent: KeptTable((counted,)), of_shop: KeptTable((Step(of_shop, added),))}


def _agent_sums(measures: list[Measure], month: Period) -> KeptTable:
    """Return the measures by agent and day, nobody's rows too: what a shop has in all is added up from them."""
    planned: dict[Rows, list[Measure]] = {}
    for measure in measures:
        rows = Rows(measure.aggregate.from_, measure.aggregate.agent, BY_AGENT, month, nobody_too=True)
        known = planned.setdefault(rows, [seen_of(measure)])
        if measure.level is Level.AGENT or _is_plain(measure):
            known.append(measure)
    of_shop = [column for measure in measures if measure.level is Level.SHOP for column in result_columns(measure)]
    return _in_passes(BY_AGENT, planned, on_the_way=frozenset(of_shop))


def _shop_sums(measures: list[Measure], month: Period) -> KeptTable:
    """Return the measures by day: plain ones of agents' relations are added up, the others are of rows."""
    planned: dict[Rows, list[Measure]] = {}
    added: dict[str, Measure] = {}
    for measure in measures:
        rows = Rows(measure.aggregate.from_, measure.aggregate.agent, BY_DAY, month)
        if not measure.relation.has_agent:
            planned.setdefault(rows, [seen_of(measure)]).append(measure)
            continue
        added[seen_of(measure).name] = seen_of(measure)
        if _is_plain(measure):
            added[measure.name] = measure
        else:
            planned.setdefault(rows, []).append(measure)
    return _in_passes(BY_DAY, planned, added=list(added.values()), month=month)


def _is_plain(measure: Measure) -> bool:
    """Return whether a shop's figure of a day is put together from those of agents, nobody's among them."""
    return measure.aggregate.kind not in _COUNTS_THINGS and adds_up(measure)


def _in_passes(
    by: tuple[Dimension, ...], planned: dict[Rows, list[Measure]], *, added: list[Measure] | None = None,
    month: Period | None = None, on_the_way: frozenset[str] = frozenset(),
) -> KeptTable:  # fmt: skip
    scans: dict[str, Rows] = {}
    columns: dict[str, list[str]] = {}
    steps: list[Step] = []
    if added and month:
        steps.append(_added_up("scan_0", added, month))
        scans["scan_0"] = Rows(AGENT_SUMS, "agent", by, month)
        columns["scan_0"] = [column for measure in added for column in result_columns(measure)]
    for rows, mine in planned.items():
        for group in _apart(rows, mine):
            name = f"scan_{len(scans) + 1}"
            is_quantile = group[0].aggregate.quantile is not None
            steps += quantiles_from_days(name, rows, group) if is_quantile else scan_of(name, rows, group)
            scans[name], columns[name] = rows, [column for measure in group for column in result_columns(measure)]
    keys = ", ".join(map(named, by))
    every = " UNION ALL ".join(f"SELECT {keys} FROM {name}" for name in scans)
    steps += [Step("spine", f"SELECT DISTINCT {keys} FROM ({every}) AS seen"), joined(by, scans, columns)]
    return KeptTable(tuple(steps), frozenset({*scans, "spine"}), on_the_way)


def _added_up(name: str, measures: list[Measure], month: Period) -> Step:
    columns = [
        f"{together(measure, column)}({column}) AS {column}"
        for measure in measures
        for column in result_columns(measure)
    ]
    day = f"day AS {named(Dimension.DAY)}"
    return Step(name, f"SELECT {', '.join([day, *columns])} FROM {AGENT_SUMS} WHERE {within(month)} GROUP BY day")


def _apart(rows: Rows, measures: list[Measure]) -> list[list[Measure]]:
    """Return the passes; of so many measures, plain ones are cheaper by themselves than along with counted things."""
    if counts_each_row_once(rows, measures):
        return passes(measures)
    plain = [measure for measure in measures if measure.aggregate.kind not in _COUNTS_THINGS]
    counted = passes([measure for measure in measures if measure.aggregate.kind in _COUNTS_THINGS])
    return [plain, *counted] if plain else counted


def _by_relation(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        if not adds_up(measure) and not measure.aggregate.quantile:
            found.setdefault(measure.aggregate.from_, []).append(measure)
    return dict(sorted(found.items()))


def _narrow(name: str, measures: Iterable[Measure], month: Period) -> Step:
    """Return the step to the rows of a relation with no more than the columns that these measures read."""
    read = {"shop", "day"}
    for one in (measure.aggregate for measure in measures):
        for sql in (one.agent, one.where, one.every, one.expression, one.distinct_column):
            read |= set(_NAME.findall(_TEXT.sub("", sql or "")))
    columns = [column for column in RELATIONS[name].columns if column in read]
    return Step(f"narrow_{name}", f"SELECT {', '.join(columns)} FROM {name} WHERE {within(month)}")
