"""The measures that metrics are made of: one aggregate each, shared where metrics name one another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xiaoer.metrics.metric import Aggregate, Level, Metric
from xiaoer.metrics.relations import RELATIONS, Holds, Relation

_TEXT, _NAME = re.compile(r"'[^']*'"), re.compile(r"\w+")  # texts in an expression name no column


class Part(StrEnum):
    """What a measure is to its metric."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MINUS = "minus"


@dataclass(frozen=True)
class Measure:
    """One aggregate under the name of its result column."""

    name: str
    aggregate: Aggregate
    level: Level

    @property
    def relation(self) -> Relation:
        """Return the relation it is computed over."""
        return RELATIONS[self.aggregate.from_]

    @property
    def holds(self) -> Holds:
        """Return what its result holds, by the columns it adds up or ranks."""
        aggregate = self.aggregate
        if aggregate.expression is None:
            return Holds.COUNT
        named = set(_NAME.findall(_TEXT.sub("", aggregate.expression))) & self.relation.columns.keys()
        held = {self.relation.columns[name] for name in named} - {Holds.FLAG, Holds.TEXT}
        if held == {Holds.INSTANT} and aggregate.kind in ("sum", "quantile"):
            return Holds.MICROS  # only differences of instants can be added up
        return min(held - {Holds.COUNT}, default=Holds.COUNT)  # a count times yuan is yuan

    @property
    def counts_rows(self) -> str:
        """Return the name of the column that tells "all unknown" from "no rows" for a sum."""
        return f"{self.name}__rows"

    @property
    def condition(self) -> str:
        """Return the SQL predicate of the rows that count."""
        return f"({self.aggregate.where})" if self.aggregate.where else "TRUE"

    @property
    def holds_for_thing(self) -> str:
        """Return the SQL that is 1 for a counted thing, given its rows: some row counts, and each of those is right."""
        if self.aggregate.every is None:
            return f"MAX(CASE WHEN {self.condition} THEN 1 ELSE 0 END)"
        return f"MIN(CASE WHEN {self.condition} THEN CASE WHEN {self.aggregate.every} THEN 1 ELSE 0 END END)"


def measures_of(metric: Metric, metrics: Mapping[str, Metric]) -> dict[Part, Measure]:
    """Return a metric's measures by their part, names of other metrics followed."""
    if metric.ratio:
        return {
            Part.NUMERATOR: _measure(metric.ratio.numerator, Part.NUMERATOR, metric, metrics),
            Part.DENOMINATOR: _measure(metric.ratio.denominator, Part.DENOMINATOR, metric, metrics),
        }
    if metric.difference:
        return {
            Part.VALUE: _measure(metric.difference.of, Part.VALUE, metric, metrics),
            Part.MINUS: _measure(metric.difference.minus, Part.MINUS, metric, metrics),
        }
    assert metric.value is not None  # the model demands one of the three
    return {Part.VALUE: Measure(metric.name, metric.value, metric.level)}


def _measure(given: Aggregate | str, part: Part, metric: Metric, metrics: Mapping[str, Metric]) -> Measure:
    if isinstance(given, Aggregate):
        return Measure(f"{metric.name}__{part}", given, metric.level)
    return measures_of(metrics[given], metrics)[Part.VALUE]
