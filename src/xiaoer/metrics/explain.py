"""A figure → the steps that list the rows behind it: each with the part it plays and what it adds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from xiaoer.base.errors import ReportableError
from xiaoer.base.steps import Step
from xiaoer.metrics.literal import NO_NUMBER, NO_TEXT, sql_literal
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Level, Metric
from xiaoer.metrics.relations import Relation
from xiaoer.metrics.request import AGENT_DIMENSIONS, TIME_DIMENSIONS, Dimension, Request, dimensions_of
from xiaoer.metrics.scan import AGENT_PLACE, Rows, grouping, rows_of

FilterValue = str | int | date | None


@dataclass(frozen=True)
class Question:
    """Which figure: one metric over the request's days, in the row that has these dimension values."""

    metric: str
    request: Request
    where: Mapping[Dimension, FilterValue] = field(default_factory=dict)

    @property
    def asked(self) -> Request:
        """Return the request whose row holds the figure."""
        return replace(self.request, metrics=(self.metric,), by=tuple(self.where))


def filters_of(values: Mapping[str, FilterValue]) -> dict[Dimension, FilterValue]:
    """Return dimension values by dimension; a ReportableError names the unknown ones with near names."""
    return dict(zip(dimensions_of(list(values)), values.values(), strict=True))


def compile_explain(question: Question, metrics: Mapping[str, Metric]) -> list[Step]:
    """Return the steps whose last one lists the rows behind a figure; a ReportableError when it has no such row.

    A distinct count has one row per thing counted (and day, where it is counted per day).
    """
    measures = measures_of(metrics[question.metric], metrics)
    listed = [_listed(part, measure, question) for part, measure in measures.items()]
    steps = [Step(f"rows_of_{part}", sql) for part, sql in zip(measures, listed, strict=True)]
    union = " UNION ALL ".join(f"SELECT {', '.join(COLUMNS)} FROM {step.name}" for step in steps)
    return [AGENT_PLACE, *steps, Step("explanation", union)]


COLUMNS = ("part", "shop", "day", "hour", "agent", "buyer", "reference", "start_micros", "end_micros", "adds")


def _listed(part: Part, measure: Measure, question: Question) -> str:
    rows = rows_of(measure, question.asked)
    if rows is None:
        raise ReportableError.of("metrics.explain_filter", values={"name": "hour", "near": "day"})
    columns = _columns(part, measure, rows)
    predicates = " AND ".join([measure.condition, *_predicates(measure, rows, question)])
    grouped = _grouped(measure)
    if measure.aggregate.kind in ("max", "min", "quantile"):
        predicates += f" AND ({measure.aggregate.expression}) IS NOT NULL"
    if grouped:
        predicates += f" AND {measure.aggregate.distinct_column} IS NOT NULL"
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    having = f" HAVING {measure.holds_for_thing} = 1" if measure.aggregate.every else ""
    return f"SELECT {selected} {rows.source} AND {predicates}{grouping(grouped)}{having}"


def _columns(part: Part, measure: Measure, rows: Rows) -> dict[str, str]:
    relation, aggregate = measure.relation, measure.aggregate
    plain = {
        "part": sql_literal(part.value),
        "shop": "shop",
        "day": "day",
        "hour": "hour",
        "agent": rows.agent if rows.agent in relation.columns else NO_TEXT,
        "buyer": "buyer" if "buyer" in relation.columns else NO_TEXT,
        "reference": relation.reference or NO_TEXT,
        "start_micros": relation.at or NO_NUMBER,
        "end_micros": relation.until or NO_NUMBER,
        "adds": f"CAST({aggregate.expression or 1} AS DECIMAL(38, 4))",
    }
    grouped = _grouped(measure)
    if not grouped:
        return plain
    # One row per counted thing: the first of each column over the rows that made it count.
    first = {name: sql if sql in grouped else f"MIN({sql})" for name, sql in plain.items()}
    return first | {"part": plain["part"], "adds": plain["adds"], **_latest(relation)}


def _latest(relation: Relation) -> dict[str, str]:
    return {"end_micros": f"MAX({relation.until})"} if relation.until else {}


def _grouped(measure: Measure) -> tuple[str, ...]:
    aggregate = measure.aggregate
    if not aggregate.distinct:
        return ()
    return ("shop", aggregate.distinct_column, *(("day",) if aggregate.per_day else ()))


def _predicates(measure: Measure, rows: Rows, question: Question) -> Iterator[str]:
    for dimension, value in question.where.items():
        skipped = (measure.level is Level.SHOP and dimension in AGENT_DIMENSIONS) or (
            measure.aggregate.by_day_window is not None and dimension in TIME_DIMENSIONS
        )
        if not skipped:
            column = rows.spelled(dimension)
            yield f"{column} IS NULL" if value is None else f"{column} = {sql_literal(value)}"
