"""Every figure on Spark is exactly DuckDB's: of the shop of each catalog example, and of shops made up at random."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.functional.spark.many_shops import ManyShops
from tests.generative.canonical import canonical
from tests.generative.moments import DAYS
from tests.generative.shops import shops
from tests.reference.shop import Shop
from xiaoer.base.catalog import Catalog
from xiaoer.base.days import Period
from xiaoer.base.steps import Step
from xiaoer.facts.relations import add_relations_of
from xiaoer.metrics import Question, Request, compile_explain, compile_report, dimensions_of, filters_of, load_metrics
from xiaoer.metrics.example import example_request, example_tables
from xiaoer.metrics.relations import RELATIONS
from xiaoer.store.engine import Engine
from xiaoer.store.engine_session import EngineSession
from xiaoer.store.spark_engine import SparkEngine

pytestmark = [pytest.mark.spark, pytest.mark.slow, pytest.mark.xdist_group("spark")]
METRICS = load_metrics(Catalog())
MADE_UP = 40
MADE_UP_DAYS = Period(DAYS[0], DAYS[-1])
ALL_DAYS = Period(DAYS[0], date(2024, 9, 30))  # to the last of the examples' days
REPORTS = [
    (ALL_DAYS, "shop,agent"),
    (ALL_DAYS, "group,role,month,week,weekday,hour"),
    (MADE_UP_DAYS, ""),
]


def every_shop() -> ManyShops:
    """Return the shops of all examples, each once, and some made up by chance (the same ones every time)."""
    many, known = ManyShops(), set()
    for metric in METRICS.values():
        for example in metric.examples:
            told = repr((sorted(example.tables.items()), sorted(example.settings.items())))
            if told not in known:
                known.add(told)
                many.add(example_tables(example), example_request(example, METRICS).settings)

    @settings(
        max_examples=MADE_UP, database=None, deadline=None, derandomize=True, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(shop=shops())
    def made_up(shop: Shop) -> None:
        many.add(canonical(shop), shop.settings)

    made_up()
    return many


@dataclass(frozen=True)
class Both:
    """The same relations in both engines."""

    duckdb: Engine
    spark: SparkEngine

    def differences(self, steps: list[Step]) -> list[Any]:
        """Return rows that only one of the engines gives; empty when they agree exactly."""
        found = [rows_of(engine, steps) for engine in (self.duckdb, self.spark)]
        return [row for row in found[0] if row not in found[1]] + [row for row in found[1] if row not in found[0]]


def rows_of(engine: EngineSession, steps: list[Step]) -> list[Any]:
    """Return an engine's rows, each value as Python has it."""
    found: pa.Table = engine.query(steps)
    return sorted((tuple(row.items()) for row in found.to_pylist()), key=repr)


@pytest.fixture(scope="module")
def both(spark: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Give all shops in both engines."""
    many = every_shop()
    with ExitStack() as stack:
        made = Both(
            stack.enter_context(Engine()),
            stack.enter_context(SparkEngine(spark, scratch=tmp_path_factory.mktemp("scratch"))),
        )
        for engine in (made.duckdb, made.spark):
            add_relations_of(engine, many.tables, many.settings, policy="order_first")
        yield made


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_a_relation_has_the_same_rows(both: Both, relation: str) -> None:
    columns = ", ".join(RELATIONS[relation].columns)
    steps = [Step("found", f"SELECT {columns} FROM {relation}")]
    assert both.duckdb.query(steps).num_rows > 0
    assert both.differences(steps) == []


@pytest.mark.parametrize(("period", "by"), REPORTS)
def test_a_report_of_all_metrics_has_the_same_figures(both: Both, period: Period, by: str) -> None:
    asked = Request(period, tuple(METRICS), by=dimensions_of([name for name in by.split(",") if name]))
    assert both.differences(compile_report(asked, METRICS)) == []


@pytest.mark.parametrize("metric", ["conversion_share_final", "p90_response_seconds", "max_concurrent", "sales_yuan"])
def test_the_rows_behind_a_figure_are_the_same(both: Both, metric: str) -> None:
    question = Question(metric, Request(MADE_UP_DAYS, (metric,), by=()), filters_of({}))
    assert both.duckdb.query(compile_explain(question, METRICS)).num_rows > 0
    assert both.differences(compile_explain(question, METRICS)) == []


def test_a_difference_is_seen(both: Both) -> None:
    both.spark.add_step(Step("planted", "SELECT 1 AS one"))
    both.duckdb.add_step(Step("planted", "SELECT 2 AS one"))
    assert len(both.differences([Step("found", "SELECT one FROM planted")])) == 2


def test_what_engines_spell_differently_is_the_same(both: Both) -> None:
    days = "SELECT shop, day, {{week_of(day)}} AS week, {{month_of(day)}} AS month, {{weekday_of(day)}} AS weekday"
    steps = [Step("days", f"{days} FROM contact")]
    assert both.differences(steps) == []


def test_files_of_which_only_some_days_count(spark: str, scratch: Path) -> None:
    rows = pa.table({"day": [date(2024, 9, 1), date(2024, 9, 2), date(2024, 9, 3)], "buyers": [1, 2, 4]})
    scratch.mkdir()
    whole, part = scratch / "whole.parquet", scratch / "part.parquet"
    for file in (whole, part):
        pq.write_table(rows, file)
    found = []
    for engine in (Engine(), SparkEngine(spark, scratch=scratch)):
        with engine:
            engine.add_files("contact", {whole: None, part: [date(2024, 9, 2)]}, rows.slice(0, 0))
            engine.add_files("nothing", {}, rows.slice(0, 0))
            steps = [Step("found", "SELECT SUM(buyers) AS buyers FROM contact UNION ALL SELECT buyers FROM nothing")]
            found.append(engine.query(steps)["buyers"].to_pylist())
    assert found == [[9], [9]]


def test_nothing_is_left_lying(spark: str, scratch: Path) -> None:
    with SparkEngine(spark, scratch=scratch) as engine:
        engine.add_table("one", pa.table({"number": [1]}))
        assert engine.query([Step("all", "SELECT number FROM one")])["number"].to_pylist() == [1]
    assert list(scratch.iterdir()) == []
