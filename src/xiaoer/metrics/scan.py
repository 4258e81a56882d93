"""One pass over one relation: every measure of the same rows and dimensions side by side, by CASE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.metrics.measure import Measure
from xiaoer.metrics.metric import Level
from xiaoer.metrics.relations import RELATIONS, Holds
from xiaoer.metrics.request import AGENT_DIMENSIONS, TIME_DIMENSIONS, Dimension, Request
from xiaoer.metrics.strata import day_kind, traffic

AGENT_PLACE = Step(
    "agent_place",
    "SELECT shop AS of_shop, agent AS of_agent, MAX(group_name) AS group_name, MAX(role) AS role "
    "FROM agents GROUP BY shop, agent",
)

# Relations with one row per shop, day, buyer and account: by account, counting buyers of days is counting rows.
ONE_PER_BUYER_ACCOUNT_DAY = frozenset({"reception", "consultation", "inquiry"})

_SPELLED = {
    Dimension.SHOP: "shop",
    Dimension.GROUP: "group_name",
    Dimension.ROLE: "role",
    Dimension.MONTH: "{{month_of(day)}}",
    Dimension.WEEK: "{{week_of(day)}}",
    Dimension.DAY: "day",
    Dimension.WEEKDAY: "{{weekday_of(day)}}",
    Dimension.HOUR: "hour",
}


@dataclass(frozen=True)
class Rows:
    """Rows of one relation and how they are put together: what measures must share to be one pass."""

    relation: str
    agent: str
    by: tuple[Dimension, ...]
    period: Period
    nobody_too: bool = False  # by agent, rows that are nobody's are rows of their own

    def spelled(self, dimension: Dimension) -> str:
        """Return the SQL of a dimension's value."""
        match dimension:
            case Dimension.AGENT:
                return self.agent
            case Dimension.DAY_KIND:
                return day_kind(self.period)
            case Dimension.TRAFFIC:
                return traffic(RELATIONS[self.relation])
        return _SPELLED[dimension]

    @property
    def source(self) -> str:
        """Return the SQL from FROM to WHERE."""
        places = {Dimension.GROUP, Dimension.ROLE} & set(self.by)
        join = f" LEFT JOIN agent_place ON shop = of_shop AND {self.agent} = of_agent" if places else ""
        somebody = f" AND {self.agent} IS NOT NULL" if AGENT_DIMENSIONS & set(self.by) and not self.nobody_too else ""
        return f"FROM {self.relation}{join} WHERE {within(self.period)}{somebody}"

    @property
    def dimensions(self) -> list[str]:
        """Return the SQL of the dimensions, each under its result name."""
        return [f"{self.spelled(dimension)} AS {named(dimension)}" for dimension in self.by]

    @property
    def grouped(self) -> str:
        """Return the GROUP BY of the dimensions; empty without any."""
        return grouping(self.spelled(dimension) for dimension in self.by)


def named(dimension: Dimension) -> str:
    """Return the result column of a dimension."""
    return f"by_{dimension.value}"


def within(period: Period) -> str:
    """Return the predicate of the period's local days."""
    return f"day BETWEEN DATE '{period.first}' AND DATE '{period.last}'"


def grouping(keys: Iterable[str]) -> str:
    """Return GROUP BY with these keys, or nothing."""
    joined = ", ".join(keys)
    return f" GROUP BY {joined}" if joined else ""


def rows_of(measure: Measure, request: Request) -> Rows | None:
    """Return the rows of a measure in this report; None when its relation knows no hours and the report asks by hour.

    A shop's measure leaves the agents' dimensions out; one that looks back from the last day leaves times out.
    """
    relation = RELATIONS[measure.aggregate.from_]
    left_out: set[Dimension] = set()
    if measure.level is Level.SHOP:
        left_out |= AGENT_DIMENSIONS
    if measure.aggregate.by_day_window:
        left_out |= TIME_DIMENSIONS
    by = tuple(dimension for dimension in request.by if dimension not in left_out)
    if Dimension.HOUR in by and not relation.by_hour:
        return None
    return Rows(relation.name, measure.aggregate.agent, by, request.window(measure))


def plain_scan(name: str, rows: Rows, measures: Iterable[Measure]) -> list[Step]:
    """Return the one step that computes sums, counts and extremes by the dimensions; a distinct thing is one row."""
    columns = [*rows.dimensions, *(sql for measure in measures for sql in _first(measure, alone=True))]
    return [Step(name, f"SELECT {', '.join(columns)} {rows.source}{rows.grouped}")]


def distinct_scan(name: str, rows: Rows, measures: list[Measure]) -> list[Step]:
    """Return two steps: by dimensions and counted thing, then by dimensions alone. Plain measures ride along."""
    counted = next(measure.aggregate for measure in measures if measure.aggregate.distinct)
    # A buyer of two shops is one in each: masked nicks of different shops are not one person.
    keys = {"key_shop": "shop", "key_thing": counted.distinct_column} | ({"key_day": "day"} if counted.per_day else {})
    columns = [
        *rows.dimensions,
        *(f"{column} AS {key}" for key, column in keys.items()),
        *(sql for measure in measures for sql in _first(measure)),
    ]
    grouped = grouping([*(rows.spelled(dimension) for dimension in rows.by), *keys.values()])
    inner = Step(f"{name}_each", f"SELECT {', '.join(columns)} {rows.source}{grouped}")
    outer = [*(named(dimension) for dimension in rows.by), *(sql for measure in measures for sql in _second(measure))]
    return [
        inner,
        Step(name, f"SELECT {', '.join(outer)} FROM {inner.name}{grouping(map(named, rows.by))}"),
    ]


def distinct_alone_scan(name: str, rows: Rows, measure: Measure) -> list[Step]:
    """Return two steps that count one distinct thing and nothing else; groups with none have no row."""
    aggregate = measure.aggregate
    keys = {"key_shop": "shop", "key_thing": aggregate.distinct_column}
    keys |= {"key_day": "day"} if aggregate.per_day else {}
    columns = [*rows.dimensions, *(f"{column} AS {key}" for key, column in keys.items())]
    grouped = grouping([*map(rows.spelled, rows.by), *keys.values()])
    counted = f"{rows.source} AND {aggregate.distinct_column} IS NOT NULL AND {measure.condition}{grouped}"
    outer = [*map(named, rows.by), f"COUNT(*) AS {measure.name}"]
    return [
        Step(f"{name}_each", f"SELECT {', '.join(columns)} {counted}"),
        Step(name, f"SELECT {', '.join(outer)} FROM {name}_each{grouping(map(named, rows.by))}"),
    ]


def counts_each_row_once(rows: Rows, measures: Iterable[Measure]) -> bool:
    """Return whether no thing has two rows in one group: a relation's row per buyer, account and day, by account."""
    alone = rows.relation in ONE_PER_BUYER_ACCOUNT_DAY and rows.agent == "agent" and Dimension.AGENT in rows.by
    counted = [measure.aggregate for measure in measures if measure.aggregate.distinct]
    return alone and all(each.distinct_column == "buyer" and each.per_day for each in counted)


def _first(measure: Measure, *, alone: bool = False) -> list[str]:
    """Return a measure's columns over the relation itself; `alone`: each row is another thing to count."""
    aggregate, condition = measure.aggregate, measure.condition
    match aggregate.kind:
        case "count":
            return [f"COUNT(CASE WHEN {condition} THEN 1 END) AS {measure.name}"]
        case "distinct" if alone:
            right = f" AND ({aggregate.every})" if aggregate.every else ""
            counts = f"{aggregate.distinct_column} IS NOT NULL AND {condition}{right}"
            return [f"COUNT(CASE WHEN {counts} THEN 1 END) AS {measure.name}"]
        case "distinct":
            return [f"{measure.holds_for_thing} AS {measure.name}"]
        case "sum":
            return [
                f"SUM(CASE WHEN {condition} THEN {aggregate.sum} END) AS {measure.name}",
                f"COUNT(CASE WHEN {condition} THEN 1 END) AS {measure.counts_rows}",
            ]
        case kind:
            return [f"{kind.upper()}(CASE WHEN {condition} THEN {aggregate.expression} END) AS {measure.name}"]


def _second(measure: Measure) -> list[str]:
    """Return a measure's columns over the counted things."""
    name = measure.name
    match measure.aggregate.kind:
        case "distinct":
            return [f"SUM(CASE WHEN key_thing IS NOT NULL AND {name} = 1 THEN 1 ELSE 0 END) AS {name}"]
        case "sum":
            return [f"SUM({name}) AS {name}", f"SUM({measure.counts_rows}) AS {measure.counts_rows}"]
        case "count":
            return [f"SUM({name}) AS {name}"]
        case kind:
            return [f"{kind.upper()}({name}) AS {name}"]


def result_columns(measure: Measure) -> Mapping[str, Holds]:
    """Return the columns that a measure leaves in the result, and what they hold."""
    if measure.aggregate.kind == "sum":
        return {measure.name: measure.holds, measure.counts_rows: Holds.COUNT}
    return {measure.name: measure.holds}
