"""A figure → the steps that list the rows behind it: each with the part it plays and what it adds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from xiaoer.base.errors import ReportableError
from xiaoer.base.steps import Step
from xiaoer.metrics.behind import Behind, behind
from xiaoer.metrics.literal import NO_NUMBER, NO_TEXT, sql_literal
from xiaoer.metrics.measure import Measure, Part, measures_of
from xiaoer.metrics.metric import Level, Metric
from xiaoer.metrics.peak import is_peak, peak_steps
from xiaoer.metrics.request import AGENT_DIMENSIONS, TIME_DIMENSIONS, Dimension, Request, dimensions_of
from xiaoer.metrics.scan import AGENT_PLACE, Rows, rows_of

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
    steps: dict[str, Step] = {}
    for part, measure in measures.items():
        rows = _rows(measure, question)
        if is_peak(measure):
            predicates = " AND ".join([measure.condition, *_predicates(measure, rows, question)])
            steps |= {step.name: step for step in peak_steps(part, source=rows.source, predicates=predicates)}
            continue
        known = behind(measure, agent=rows.agent, policy=question.request.policy, together=measures.values())
        listed = _listed(part, measure, rows, known, question)
        steps |= {step.name: step for step in [*known.steps, Step(f"rows_of_{part}", listed)]}
    union = " UNION ALL ".join(f"SELECT {', '.join(COLUMNS)} FROM rows_of_{part}" for part in measures)
    return [AGENT_PLACE, *steps.values(), Step("explanation", union)]


COLUMNS = (
    "part", "shop", "day", "hour", "agent", "buyer", "reference", "start_micros", "end_micros",
    "order_created_micros", "order_paid_micros", "other_agent", "reason", "buyer_by", "buyer_confidence", "adds",
)  # fmt: skip


def _rows(measure: Measure, question: Question) -> Rows:
    rows = rows_of(measure, question.asked)
    if rows is None:
        raise ReportableError.of("metrics.explain_filter", values={"name": "hour", "near": "day"})
    return rows


def _listed(part: Part, measure: Measure, rows: Rows, known: Behind, question: Question) -> str:
    columns = _columns(part, measure, rows, known)
    predicates = " AND ".join([measure.condition, *_predicates(measure, rows, question)])
    source = replace(rows, relation=known.relation).source
    keys = _keys(measure)
    if measure.aggregate.kind in ("max", "min", "quantile"):
        predicates += f" AND ({measure.aggregate.expression}) IS NOT NULL"
    if keys:
        predicates += f" AND {measure.aggregate.distinct_column} IS NOT NULL"
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    if not keys:
        return f"SELECT {selected} {source} AND {predicates}"
    # One row per counted thing: the first of those that made it count, whole, so that its columns belong together.
    partition, every = ", ".join(keys), measure.aggregate.every or "TRUE"
    order = ", ".join(f"{columns[name]} ASC NULLS LAST" for name in ("day", "start_micros", "agent", "reference"))
    placed = (
        f"SELECT {selected}, ROW_NUMBER() OVER (PARTITION BY {partition} ORDER BY {order}) AS place, "
        f"SUM(CASE WHEN {every} THEN 0 ELSE 1 END) OVER (PARTITION BY {partition}) AS others {source} AND {predicates}"
    )
    return f"SELECT {', '.join(COLUMNS)} FROM ({placed}) placed WHERE place = 1 AND others = 0"


def _columns(part: Part, measure: Measure, rows: Rows, known: Behind) -> dict[str, str]:
    relation = measure.relation
    return {
        "part": sql_literal(part.value),
        "shop": "shop",
        "day": "day",
        "hour": "hour",
        "agent": rows.agent if rows.agent in relation.columns else NO_TEXT,
        "buyer": "buyer" if "buyer" in relation.columns else NO_TEXT,
        "reference": relation.reference or known.column("reference"),
        "start_micros": relation.at or NO_NUMBER,
        "end_micros": relation.until or NO_NUMBER,
        **{name: known.column(name) for name in COLUMNS[COLUMNS.index("end_micros") + 1 : -1]},
        "adds": f"CAST({measure.aggregate.expression or 1} AS DECIMAL(38, 4))",
    }


def _keys(measure: Measure) -> tuple[str, ...]:
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
